import { expect, test } from "vitest";
import * as Y from "yjs";
import { isWhole, Known } from "./known.ts";
import { Order } from "./order.ts";
import { randomUpdates, seeded } from "./random-page.ts";
import { walk, type Struct, type StructId } from "./walk.ts";

const settledOf = (update: Uint8Array, known: Known): Struct[] => {
  const settled: Struct[] = [];
  isWhole(walk(update), known, (struct) => settled.push(struct));
  return settled;
};

/** Everything that stands directly behind another in the body, both as one character. */
const neighboursIn = (doc: Y.Doc): [StructId, StructId][] => {
  const pairs: [StructId, StructId][] = [];
  for (let item = doc.getText("body")._start; item?.right; item = item.right) {
    const { client, clock } = item.lastId;
    pairs.push([
      { author: client, clock },
      { author: item.right.id.client, clock: item.right.id.clock },
    ]);
  }
  return pairs;
};

const between = (after: StructId, before: StructId | null, author = 99, clock = 0): Struct => ({
  ...walk(Uint8Array.of(1, 1, author, clock, 4, 1, 1, 97, 1, 120, 0)).runs[0]![0]!,
  parent: null,
  after,
  before,
});

test.each([1, 2, 3, 4, 5, 6])(
  "[GATE-8] the order is what Yjs makes of the same structs (seed %i)",
  (seed) => {
    const order = new Order(Infinity);
    const known = new Known();
    const doc = new Y.Doc();
    const pick = seeded(seed);
    for (const update of randomUpdates(seed, 200)) {
      const settled = settledOf(update, known);
      if (pick(2) === 0) order.stepsOf(settled, Infinity);
      const steps = order.stepsOf(settled, Infinity);
      const before = order.steps;
      for (const struct of settled) order.put(struct);
      expect(order.steps - before).toBe(steps);
      known.learn(walk(update));
      Y.applyUpdate(doc, update);
    }
    const pairs = neighboursIn(doc);
    expect(pairs.length).toBeGreaterThan(50);
    for (const [after, before] of pairs) expect(order.stepsOf([between(after, before)], 9)).toBe(0);
    const [first, last] = [pairs[0]!, pairs.at(-1)!];
    expect(order.stepsOf([between(first[0], last[1])], 9)).toBeGreaterThan(0);
  },
);

test("[GATE-8] typing, in any direction, takes no steps", () => {
  const doc = new Y.Doc();
  const order = new Order(Infinity);
  const known = new Known();
  doc.on("update", (update: Uint8Array) => {
    for (const struct of settledOf(update, known)) order.put(struct);
    known.learn(walk(update));
  });
  const body = doc.getText("body");
  for (let at = 0; at < 300; at += 1) body.insert(at, "a");
  for (let left = 300; left > 0; left -= 1) body.insert(0, "b");
  for (let left = 300; left > 0; left -= 1) body.insert(300, "c");
  expect(order.steps).toBe(0);
});
