import { expect, test } from "vitest";
import type { Case, Endured } from "../../server/hostile/scene.stage.ts";
import { flawsOf, flawsOfFault } from "./judge.ts";

const attack: Case = { name: "a", promise: "b", attack: async () => 1, expected: 1 };
const endured: Endured = {
  outcome: 1,
  thrownOut: [],
  isOneText: true,
  unsound: [],
  isRunning: true,
  tripsMs: Array.from({ length: 20 }, () => 1),
  grownBytes: 0,
  cpuSeconds: 0,
};

test("who came to no harm has nothing to complain of", () => {
  expect(flawsOf(attack, endured, null)).toEqual([]);
});

test.each<[string, Partial<Endured>]>([
  ["another outcome", { outcome: 2 }],
  ["somebody thrown out", { thrownOut: ["1006 "] }],
  ["two texts", { isOneText: false }],
  ["an unsound page", { unsound: ["root x"] }],
  ["a dead server", { isRunning: false }],
  ["hardly a letter", { tripsMs: [1, 2, 3] }],
  ["slow letters", { tripsMs: Array.from({ length: 100 }, () => 251) }],
  ["one very slow letter", { tripsMs: [...Array.from({ length: 1_000 }, () => 1), 1_001] }],
  ["much memory", { grownBytes: 101 * 2 ** 20 }],
])("each harm is one: %s", (_, harm) => {
  expect(flawsOf(attack, { ...endured, ...harm }, null).length).toBeGreaterThan(0);
});

test("what has to be soon is late when it is not timed, or took longer", () => {
  const prompt = { ...attack, withinMs: 1_000 };
  expect([900, 1_100, null].map((tookMs) => flawsOf(prompt, endured, tookMs).length)).toEqual([0, 1, 1]);
  const fault = {
    name: "a",
    promise: "b",
    happen: async () => ({ outcome: 1 }),
    expected: 1,
    withinMs: { x: 5 },
  };
  expect(flawsOfFault(fault, { outcome: 1, tookMs: { x: 5 } })).toEqual([]);
  expect(flawsOfFault(fault, { outcome: 1 })).toHaveLength(1);
  expect(flawsOfFault(fault, { outcome: 2, tookMs: { x: 6 } })).toHaveLength(2);
});
