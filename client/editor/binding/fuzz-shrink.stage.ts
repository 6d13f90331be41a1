import type { Plan, Step } from "./fuzz-plan.stage.ts";

/**
 * A plan that still fails, with as few steps as leaving some out can get to: first large parts of it, then ever
 * smaller ones. Each step keeps its time and its chances, so what stays does what it did.
 */
export function shrink(plan: Plan, fails: (plan: Plan) => boolean): Plan {
  let { steps } = plan;
  for (let size = Math.ceil(steps.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    let again = true;
    while (again) {
      const fewer = without(steps, size, (rest) => fails({ ...plan, steps: rest }));
      again = size === 1 && fewer.length < steps.length;
      steps = fewer;
    }
  }
  return { ...plan, steps };
}

/** The steps less each part of this size that is not needed. */
function without(
  steps: readonly Step[],
  size: number,
  fails: (steps: readonly Step[]) => boolean,
): readonly Step[] {
  let rest = steps;
  for (let at = 0; at < rest.length;) {
    const fewer = [...rest.slice(0, at), ...rest.slice(at + size)];
    if (fewer.length > 0 && fails(fewer)) rest = fewer;
    else at += size;
  }
  return rest;
}
