import { expect, test } from "vitest";
import type { Role } from "../../shared/access/roles.ts";
import type { Chance, PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Records } from "../records/records.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import { addPage } from "./add-page.ts";
import { updateOf } from "./bodies.ts";
import { completeAsk } from "./complete-ask.ts";
import { createSurvey } from "./create.ts";
import { exportPage } from "./export-page.ts";
import { bodyFromMarkdown } from "./first-body.ts";
import { jobs } from "./jobs.ts";
import type { RunJob } from "./run-job.ts";
import type { Tools } from "./tools.ts";

const ana = { id: "ana" as PersonId, name: "Ana", at: 0 };
const chance: Chance = (bytes) => crypto.getRandomValues(bytes);
const markdown = (words: string) => updateOf(bodyFromMarkdown(words, chance));
const long = markdown("Nobody types here.\n\n".repeat(1_000) + "It never builds.\n");

/** A survey of Ana's with one page, whatever its text; `done` are the jobs that were run for her. */
async function survey() {
  const storage = openMemoryStorage();
  const records = new Records(
    storage.records,
    () => 1,
    () => {},
  );
  const texts = new Map<PageId, Uint8Array>();
  const reads: PageId[] = [];
  const bodies: Tools["bodies"] = {
    read: async (page) => {
      reads.push(page);
      return texts.get(page) ?? new Uint8Array();
    },
    write: async (page, update) => void texts.set(page, update),
  };
  const done: string[] = [];
  const run: RunJob = async (name, load) => {
    done.push(name);
    return Reflect.apply(jobs[name], null, [await load()]);
  };
  const tools = { records, bodies, assets: storage.assets, run, chance };
  const id = await createSurvey(tools, ana, { title: "Native code" });
  const state = await records.state(id);
  const [page] = [...texts.keys()] as [PageId];
  return { tools, id, state, page, texts, reads, done };
}

const quoting = (page: PageId, exact: string) => ({
  type: "thread.opened",
  page,
  quote: { exact },
  text: "Since when?",
});

test("a page's Markdown is read by a job; a title alone needs none", async () => {
  const { tools, id, texts, done } = await survey();
  await addPage(tools, id, ana, { title: "A title" });
  expect(done).toEqual([]);
  await addPage(tools, id, ana, { title: "A page", markdown: "*a*\n" });
  expect(done).toEqual(["readPage"]);
  expect([...texts.values()].at(-1)?.length).toBeGreaterThan(0);
});

test("a page is written by a job where it is long, or much may have been said about it", async () => {
  const { tools, id, page, state, texts, done } = await survey();
  const options = { comments: "endnotes", flavour: "mkdocs" } as const;
  await exportPage(tools, id, page, options);
  expect(done).toEqual([]);
  texts.set(page, long);
  expect(long.length).toBeGreaterThan(limits.smallStateBytes);
  expect((await exportPage(tools, id, page, options)).markdown).toMatch(/It never builds\.\n$/);
  expect(done).toEqual(["writePage"]);
  texts.set(page, markdown("It never builds.\n"));
  const ask = await completeAsk(tools, state, "owner", quoting(page, "never builds"));
  await tools.records.ask(id, ana.id, ask);
  expect((await exportPage(tools, id, page, options)).markdown).toContain("Since when?");
  expect(done).toEqual(["writePage", "writePage"]);
});

test("words are looked for by a job where the page is long", async () => {
  const { tools, page, state, texts, done } = await survey();
  texts.set(page, long);
  const found = await completeAsk(tools, state, "commenter", quoting(page, "It never builds"));
  expect(found).toMatchObject({ place: { start: expect.any(String), end: expect.any(String) } });
  expect(done).toEqual(["placeIn"]);
});

test("nobody has a page read for a thread that they may not open", async () => {
  const { tools, page, state, reads } = await survey();
  const ask = (role: Role) => completeAsk(tools, state, role, quoting(page, "never"));
  await expect(ask("reader")).rejects.toMatchObject({ refusal: { code: "not-allowed" } });
  expect(reads).toEqual([]);
});
