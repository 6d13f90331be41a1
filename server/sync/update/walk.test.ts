import { expect, test } from "vitest";
import * as Y from "yjs";
import { mergeUpdates } from "./merge.ts";
import { randomUpdates, seeded } from "./random-page.ts";
import { walk } from "./walk.ts";

const seeds = Array.from({ length: 30 }, (_, at) => at + 1);

type Spot = [author: number, clock: number, end: number];

const walked = (update: Uint8Array): Spot[] =>
  walk(update)
    .runs.flat()
    .map(({ author, clock, end }) => [author, clock, end]);

const decoded = (update: Uint8Array): Spot[] =>
  Y.decodeUpdate(update).structs.map(({ id, length }) => [id.client, id.clock, id.clock + length]);

test.each(seeds)("[WALK-1] finds what Yjs finds in all that Yjs writes (seed %i)", (seed) => {
  const updates = randomUpdates(seed, 60);
  const merged = mergeUpdates(updates);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, merged);
  for (const update of [...updates, merged, Y.encodeStateAsUpdate(doc)]) {
    expect(walked(update)).toEqual(decoded(update));
    const deletes = [...Y.decodeUpdate(update).ds.clients].flatMap(([author, ranges]) =>
      ranges.map(({ clock, len }) => ({ author, clock, end: clock + len })),
    );
    expect(walk(update).deletes).toEqual(deletes);
  }
});

test.each(seeds)("[WALK-2] reads damaged bytes as Yjs reads them, or not at all (seed %i)", (seed) => {
  const pick = seeded(seed);
  const update = mergeUpdates(randomUpdates(seed, 20));
  for (let left = 300; left > 0; left -= 1) {
    const damaged = damage(update, pick);
    const spots = attempt(() => walked(damaged));
    if (spots) expect(spots).toEqual(decoded(damaged));
  }
});

test("[WALK-3] bytes behind the end, a second update, and nothing at all are no update", () => {
  const [update] = randomUpdates(1, 1);
  expect(attempt(() => walk(Uint8Array.of(...update!, 0)))).toBeNull();
  expect(attempt(() => walk(Uint8Array.of(...update!, ...update!)))).toBeNull();
  expect(attempt(() => walk(new Uint8Array()))).toBeNull();
  expect(walk(Uint8Array.of(0, 0))).toEqual({ runs: [], deletes: [] });
});

test("[WALK-4] never reads what lies behind the update in memory", () => {
  const memory = new Uint8Array(100).fill(97);
  // One author, one struct: a text in the root "b" that claims 50 characters, of which none is there.
  memory.set([1, 1, 1, 0, 4, 1, 1, 98, 50]);
  expect(attempt(() => walk(memory.subarray(0, 9)))).toBeNull();
});

function damage(update: Uint8Array, pick: (below: number) => number): Uint8Array {
  const damaged = update.slice();
  for (let left = 1 + pick(3); left > 0; left -= 1) damaged[pick(damaged.length)] = pick(256);
  return pick(5) === 0 ? damaged.slice(0, pick(damaged.length)) : damaged;
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
