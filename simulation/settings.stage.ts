import { beforeAll, describe, expect, test } from "vitest";
import { makePlan, type Plan, type Setting } from "./plan.ts";
import { play } from "./play.ts";
import { numberOf, rules } from "./rules.ts";
import { shrink } from "./shrink.ts";

const flaws: string[] = [];

/** Registers tests: the seeds of a setting are played, and each rule holds in all of them. */
export function simulate(setting: Setting, first: number, count: number): void {
  const seeds = Array.from({ length: count }, (_, n) => first + n);
  describe(`${setting}, seeds ${first} to ${first + count - 1}`, () => {
    beforeAll(async () => {
      for (const seed of seeds) await playOne(setting, seed);
    }, 300_000);

    test.each(rules)("%s", (rule) => {
      expect(flaws.filter((flaw) => flaw.includes(`${numberOf(rule)}:`))).toEqual([]);
    });

    test("no run ends in an error", () => {
      expect(flaws).toEqual([]);
    });
  });
}

/** Plays one seed; where that goes wrong, the flaw is remembered with the fewest steps that show it. */
export async function playOne(setting: Setting, seed: number): Promise<string | null> {
  const plan = makePlan(setting, seed);
  const { flaw } = await play(plan);
  if (flaw === null) return null;
  const told = `${setting}, seed ${seed}: ${flaw}`;
  flaws.push(`${told}\nThe fewest steps that show it:\n${await fewest(plan, flaw)}`);
  return told;
}

async function fewest(plan: Plan, flaw: string): Promise<string> {
  const kind = flaw.split(/[:\n]/)[0];
  const small = await shrink(plan, async (each) => (await play(each)).flaw?.split(/[:\n]/)[0] === kind);
  return small.steps.map((step) => JSON.stringify(step)).join("\n");
}
