import { useSyncExternalStore } from "react";
import { limits } from "../../shared/base/limits.ts";

/** The time in whole seconds, drawn anew each second while somebody counts, and otherwise as of the last drawing. */
export function useNow(isCounting: boolean): number {
  return useSyncExternalStore(isCounting ? everySecond : never, second);
}

function second(): number {
  return Math.floor(Date.now() / limits.clockMs) * limits.clockMs;
}

function everySecond(onChange: () => void): () => void {
  const timer = setInterval(onChange, limits.clockMs);
  return () => clearInterval(timer);
}

function never(): () => void {
  return () => {};
}
