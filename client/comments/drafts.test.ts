import { expect, test } from "vitest";
import type { PageId, PersonId, ThreadId } from "../../shared/base/ids.ts";
import { Drafts, type DraftStore } from "./drafts.ts";

const ana = "ana" as PersonId;
const page = "p" as PageId;
const thread = "t" as ThreadId;

function memory(): DraftStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

test("a draft is there after a reload, and only where it belongs", () => {
  const store = memory();
  new Drafts(store, ana, page).keep(thread, "half a thou");
  expect(new Drafts(store, ana, page).read(thread)).toBe("half a thou");
  expect(new Drafts(store, ana, page).read("new")).toBe("");
  expect(new Drafts(store, "bo" as PersonId, page).read(thread)).toBe("");
  expect(new Drafts(store, ana, "q" as PageId).read(thread)).toBe("");
});

test("an emptied draft leaves nothing behind", () => {
  const store = memory();
  const drafts = new Drafts(store, ana, page);
  drafts.keep("new", "x");
  drafts.keep("new", " ");
  expect(store.kept.size).toBe(0);
});

test("where the device keeps nothing, the tab does", () => {
  const refuse = () => {
    throw new Error("Storage is forbidden here.");
  };
  const drafts = new Drafts({ getItem: refuse, setItem: refuse, removeItem: refuse }, ana, page);
  expect(drafts.read("new")).toBe("");
  drafts.keep("new", "half a thou");
  expect(drafts.read("new")).toBe("half a thou");
});
