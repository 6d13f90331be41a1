import type { Plan, Step } from "./plan.ts";

/**
 * A plan that still fails, with as few steps as leaving some out can get to: first large parts of it, then ever smaller
 * ones. Each step keeps its time and its chances, so what stays does what it did.
 */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let { steps } = plan;
  const stillFails = (rest: readonly Step[]) => fails({ ...plan, steps: rest });
  for (let size = Math.ceil(steps.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2))
    steps = await without(steps, size, stillFails);
  return { ...plan, steps };
}

/** The steps less each part of this size that is not needed. */
async function without(
  steps: readonly Step[],
  size: number,
  fails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let rest = steps;
  for (let at = 0; at < rest.length;) {
    const fewer = [...rest.slice(0, at), ...rest.slice(at + size)];
    if (await fails(fewer)) rest = fewer;
    else at += size;
  }
  return rest;
}
