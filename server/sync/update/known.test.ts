import { expect, test } from "vitest";
import * as Y from "yjs";
import { isWhole, Known } from "./known.ts";
import { lackOf, mergeUpdates } from "./merge.ts";
import { randomUpdates, seeded } from "./random-page.ts";
import { walk } from "./walk.ts";

const seeds = Array.from({ length: 30 }, (_, at) => at + 1);

const hasPending = (doc: Y.Doc): boolean => Boolean(doc.store.pendingStructs || doc.store.pendingDs);

test.each(seeds)(
  "[KNOWN-1] says of every update, in any order, what Yjs would do with it (seed %i)",
  (seed) => {
    const pick = seeded(seed);
    const updates = randomUpdates(seed, 40);
    const known = new Known();
    let kept = new Uint8Array([0, 0]);
    for (let left = 200; left > 0; left -= 1) {
      const from = pick(updates.length);
      const update = mergeUpdates(updates.slice(from, from + 1 + pick(3)));
      const doc = new Y.Doc();
      Y.applyUpdate(doc, kept);
      const before = Y.encodeStateAsUpdate(doc);
      Y.applyUpdate(doc, update);
      const walked = walk(update);
      expect(isWhole(walked, known)).toBe(!hasPending(doc));
      if (hasPending(doc)) continue;
      const news = known.newsIn(walked);
      const isNew = news.structs.length > 0 || news.deletes > 0;
      if (!isNew) expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
      known.learn(walked);
      kept = new Uint8Array(mergeUpdates([kept, update]));
      expect(known.newsIn(walked)).toEqual({ structs: [], deletes: 0, authors: 0 });
    }
    expect(known.clocks).toEqual(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(kept)));
  },
);

test("[KNOWN-2] structs that build on each other in a circle, or on themselves, are not whole", () => {
  // Two authors with one character each, of which each was inserted behind the other's.
  const circle = Uint8Array.of(2, 1, 2, 0, 132, 1, 0, 1, 98, 1, 1, 0, 132, 2, 0, 1, 97, 0);
  const itself = Uint8Array.of(1, 1, 1, 0, 132, 1, 0, 1, 97, 0);
  for (const update of [circle, itself]) expect(isWhole(walk(update), new Known())).toBe(false);
});

test("[KNOWN-3] runs that need each other by turns are whole", () => {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  one.clientID = 1;
  two.clientID = 2;
  for (let at = 0; at < 20; at += 1) {
    one.getText("body").insert(at, "a");
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
    two.getText("body").insert(at + 1, "b");
    Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
    one.getText("body").delete(at, 1);
    Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  }
  expect(isWhole(walk(Y.encodeStateAsUpdate(one)), new Known())).toBe(true);
});

test("[MERGE-1] hundreds of updates merged are their text, and what somebody lacks completes it", () => {
  const updates = randomUpdates(5, 500);
  const [early, whole] = [mergeUpdates(updates.slice(0, 200)), mergeUpdates(updates)];
  const plain = new Y.Doc();
  for (const update of updates) Y.applyUpdate(plain, update);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, early);
  Y.applyUpdate(doc, lackOf(whole, Y.encodeStateVector(doc)));
  expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(plain));
});

test("[KNOWN-4] a copy knows the same, and neither learns from the other", () => {
  const doc = new Y.Doc();
  const text = doc.getText("body");
  text.insert(0, "one two");
  text.delete(0, 3);
  const known = new Known();
  known.learn(walk(Y.encodeStateAsUpdate(doc)));
  const copy = known.copy();
  const before = Y.encodeStateVector(doc);
  text.insert(0, "three");
  text.delete(6, 1);
  const later = walk(Y.encodeStateAsUpdate(doc, before));
  expect(copy.newsIn(later)).toEqual(known.newsIn(later));
  copy.learn(later);
  expect(copy.newsIn(later)).toEqual({ structs: [], deletes: 0, authors: 0 });
  expect(known.newsIn(later)).toMatchObject({ structs: [{}], deletes: 1 });
});
