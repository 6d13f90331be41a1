import { expect, test } from "vitest";
import { makePlan, type Setting } from "./plan.ts";
import { play } from "./play.ts";
import { found } from "./seeds.ts";
import { playOne } from "./settings.stage.ts";
import { shrink } from "./shrink.ts";

test.each<[Setting, number]>([
  ["storm", 1],
  ["storm", 2],
  ["byzantine", 3],
  ["honest", 4],
])("[SIM-16] one seed is one run, to the last byte (%s %i)", async (setting, seed) => {
  const [one, again] = [await play(makePlan(setting, seed)), await play(makePlan(setting, seed))];
  expect(one.hash).toBe(again.hash);
});

test.each(found)("what was found once is not found again: %s (%s %i)", async (_, setting, seed) => {
  expect(await playOne(setting, seed)).toBeNull();
});

test("a plan that fails is shrunk to the steps that it takes", async () => {
  const plan = makePlan("storm", 1);
  const wanted = [plan.steps[17], plan.steps[90]];
  const small = await shrink(plan, async ({ steps }) => wanted.every((each) => steps.includes(each!)));
  expect(small.steps).toEqual(wanted);
});
