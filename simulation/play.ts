import { Broken } from "./broken.ts";
import { makePlan, type Plan, type Setting } from "./plan.ts";
import { calmDown } from "./quiet.ts";
import { World } from "./world.ts";

/** How a run ended: what did not hold, or null; and all that happened, as a number. */
export type Outcome = { flaw: string | null; hash: string; tail: readonly string[] };

/** Plays a plan from its beginning until all is quiet. */
export async function play(plan: Plan): Promise<Outcome> {
  const world = new World(plan);
  let flaw: string | null = null;
  try {
    await world.begin();
    await world.live();
    await calmDown(world);
  } catch (error) {
    flaw = textOf(error);
  }
  for (const person of world.people) person.shut();
  return { flaw, hash: world.trace.hash, tail: world.trace.tail };
}

export const playSeed = (setting: Setting, seed: number): Promise<Outcome> => play(makePlan(setting, seed));

function textOf(error: unknown): string {
  if (error instanceof Broken) return error.message;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` because ${error.cause.message}` : "";
  return `${error.message}${cause}\n${error.stack ?? ""}`;
}
