import { expect, test } from "vitest";
import * as Y from "yjs";
import { mergeUpdates } from "./merge.ts";
import { contentOf, randomUpdates, seeded } from "./random-page.ts";
import { lay, splice } from "./splice.ts";

const seeds = Array.from({ length: 60 }, (_, at) => at + 1);

function docOf(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
}

test.each(seeds)(
  "[MERGE-2] what is put together by copying is what Yjs makes of it, however it was cut (seed %i)",
  (seed) => {
    const pick = seeded(seed);
    const updates = randomUpdates(seed, 80);
    let whole = lay(updates[0]!);
    for (let from = 1; from < updates.length;) {
      const some = updates.slice(from, from + 1 + pick(7));
      from += some.length;
      const spliced = splice([whole, ...some.map(lay)]);
      expect(spliced).toEqual(spliced && lay(spliced.update));
      whole = spliced ?? lay(mergeUpdates([whole.update, ...some]));
    }
    const [ours, theirs] = [docOf(whole.update), docOf(Y.mergeUpdates(updates))];
    expect(Y.encodeStateAsUpdate(ours)).toEqual(Y.encodeStateAsUpdate(theirs));
    expect(contentOf(ours)).toEqual(contentOf(docOf(...updates)));
    expect(ours.store.pendingStructs).toBeNull();
  },
);

test("[MERGE-2] updates that say one thing twice, or lack what is between them, are left to Yjs", () => {
  const updates = randomUpdates(3, 60);
  const [early, late] = [updates.slice(0, 20), updates.slice(10)].map((some) => lay(Y.mergeUpdates(some)));
  expect(splice([early!, late!])).toBeNull();
  const both = mergeUpdates([early!.update, late!.update]);
  expect(Y.encodeStateAsUpdate(docOf(both))).toEqual(Y.encodeStateAsUpdate(docOf(...updates)));
  const doc = new Y.Doc();
  const typed: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => typed.push(update));
  for (const word of ["one ", "two ", "three"]) doc.getText("body").insert(0, word);
  expect(splice([lay(typed[0]!), lay(typed[2]!)])).toBeNull();
});

test("[MERGE-2] most of what people type next to each other needs nothing but copying", () => {
  const updates = randomUpdates(7, 200);
  let copied = 0;
  for (let from = 0; from + 10 <= updates.length; from += 10)
    if (splice(updates.slice(from, from + 10).map(lay))) copied += 1;
  expect(copied).toBeGreaterThan(15);
});
