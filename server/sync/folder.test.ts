import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { fold } from "./fold.ts";
import { Folder } from "./folder.ts";
import { look } from "./look.ts";
import { contentOf, randomUpdates } from "./update/random-page.ts";

const contentAfter = (updates: readonly Uint8Array[]): unknown => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return contentOf(doc);
};

test.each([1, 2, 3, 4, 5])("[FOLD-3] a checkpoint and what followed is the whole (seed %i)", (seed) => {
  const updates = randomUpdates(seed, 80);
  for (const at of [0, 1, 40, updates.length]) {
    const checkpoint = fold(updates.slice(0, at)).state;
    expect(contentAfter([checkpoint, ...updates.slice(at)])).toEqual(contentAfter(updates));
  }
});

test("[FOLD-4] a journal with a hole is not folded", () => {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  for (const word of ["a", "b", "c"]) doc.getText("body").insert(0, word);
  expect(() => fold([updates[0]!, updates[2]!])).toThrow(/hole/);
});

test("[FOLD-5] folding happens in a thread of its own, one fold's failure is only its own", async () => {
  const folder = new Folder();
  const updates = randomUpdates(1, 30);
  const [good, bad] = await Promise.allSettled([folder.fold(updates), folder.fold([Uint8Array.of(9, 9)])]);
  expect(bad.status).toBe("rejected");
  expect(good).toEqual({ status: "fulfilled", value: fold(updates) });
  await folder.close();
});

test("[FOLD-5] a large page is folded by a thread that ends with it; the next one is folded all the same", async () => {
  const folder = new Folder();
  let threads = 0;
  const count = () => (threads += 1);
  process.on("worker", count);
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "words ".repeat(limits.frameBytes / 4));
  const large = Y.encodeStateAsUpdate(doc);
  for (let left = 2; left > 0; left -= 1) expect(await folder.fold([large])).toEqual(fold([large]));
  process.off("worker", count);
  expect(threads).toBe(2);
  const small = randomUpdates(1, 30);
  const both = await Promise.all([folder.fold([large]), folder.fold(small)]);
  expect(both[1]).toEqual(fold(small));
  await folder.close();
});

test("[FOLD-5] looking happens there, too", async () => {
  const folder = new Folder();
  const page = { state: fold(randomUpdates(2, 30)).state, updates: randomUpdates(3, 30) };
  expect(await folder.look(page)).toEqual(look(page));
  await expect(folder.look({ state: null, updates: [Uint8Array.of(9, 9)] })).rejects.toThrow("Error");
  await folder.close();
});
