import { isDeepStrictEqual } from "node:util";
import type { Befallen, FaultCase } from "../../server/hostile/fault-cases.stage.ts";
import type { Case, Endured } from "../../server/hostile/scene.stage.ts";
import { quantile } from "./table.ts";

/* Which promises an attack, or a fault, broke. What depends on how busy the machine is, is judged here alone. */

/** Of the honest pair, under any attack. */
const most = { p99Ms: 250, worstMs: 1_000, grownBytes: 100 * 2 ** 20 };

/** Each broken promise in words; `tookMs` is what the attack timed, if it did. */
export function flawsOf(
  { expected, mostGrownBytes = most.grownBytes, withinMs }: Case,
  { outcome, tripsMs, grownBytes, thrownOut, isOneText, unsound, isRunning }: Endured,
  tookMs: number | null,
): string[] {
  return [
    ...unexpected(outcome, expected),
    ...(thrownOut.length > 0 ? [`of the pair, somebody was thrown out: ${thrownOut.join()}`] : []),
    ...(isOneText ? [] : ["there is more than one text"]),
    ...unsound.map((what) => `the page holds ${what}`),
    ...(isRunning ? [] : ["the server is no longer running"]),
    ...(tripsMs.length > 10 ? [] : ["the pair hardly wrote"]),
    ...above("p99 ms", quantile(tripsMs, 0.99), most.p99Ms),
    ...above("worst ms", quantile(tripsMs, 1), most.worstMs),
    ...above("grown MB", grownBytes / 2 ** 20, mostGrownBytes / 2 ** 20),
    ...(withinMs === undefined ? [] : above("took ms", tookMs ?? Infinity, withinMs)),
  ];
}

export function flawsOfFault(
  { expected, withinMs = {} }: FaultCase,
  { outcome, tookMs = {} }: Befallen,
): string[] {
  const late = Object.entries(withinMs).flatMap(([what, mostMs]) =>
    above(`${what} ms`, tookMs[what] ?? Infinity, mostMs),
  );
  return [...unexpected(outcome, expected), ...late];
}

const unexpected = (outcome: unknown, expected: unknown): string[] =>
  isDeepStrictEqual(outcome, expected)
    ? []
    : [`came to ${JSON.stringify(outcome)} in place of ${JSON.stringify(expected)}`];

const above = (what: string, found: number, mostOfIt: number): string[] =>
  found <= mostOfIt ? [] : [`${what} ${found.toFixed(0)}, and ${mostOfIt} at most is promised`];
