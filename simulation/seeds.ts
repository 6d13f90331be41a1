import type { Setting } from "./plan.ts";

/** Seeds that found something, by what they found: they are always played. */
export const found: readonly (readonly [what: string, setting: Setting, seed: number])[] = [
  ["a browser that was cut off did not see the others when it came back", "honest", 1],
];
