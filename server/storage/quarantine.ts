import { limits } from "../../shared/base/limits.ts";
import type { Quarantined } from "./storage.ts";

/* How much of what was refused is kept: the same for every store. */

/** What is kept of refused bytes: their beginning, where they are many. */
export function cutForQuarantine(update: Uint8Array): Uint8Array {
  return new Uint8Array(update.subarray(0, limits.quarantinedBytes));
}

/** What keeping so many bytes counts for; a flood of tiny ones must not push everything else out. */
export const quarantineWeight = (bytes: number): number => Math.max(bytes, limits.quarantinedLeastBytes);

/** Whether somebody of whom this much was kept in the last hour may have this much more kept. */
export const hasPlaceInQuarantine = (weightThisHour: number, bytes: number): boolean =>
  weightThisHour + quarantineWeight(bytes) <= limits.quarantinedHourlyBytes;

/** Since when what was kept counts, and since when it stays. */
export const quarantineHour = ({ at }: Pick<Quarantined, "at">): number => at - 60 * 60 * 1000;
export const quarantineStart = ({ at }: Pick<Quarantined, "at">): number => at - limits.quarantinedMs;
