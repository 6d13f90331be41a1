import type { Setting } from "./plan.ts";

/** Seeds that found something, by what they found: they are always played. */
export const found: readonly (readonly [what: string, setting: Setting, seed: number])[] = [
  ["a browser that was cut off did not see the others when it came back", "honest", 1],
  ["who read slowly was never told of somebody who came meanwhile", "storm", 3],
  ["somebody took an author from who had shown themselves as it and not written yet", "byzantine", 25],
];
