import { useEffect, useState } from "react";
import { limits } from "../../shared/base/limits.ts";

/** The time, once a second while somebody counts seconds, and otherwise as of the last drawing. */
export function useNow(isCounting: boolean): number {
  const [, setBeat] = useState(0);
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setBeat((beat) => beat + 1), limits.clockMs);
    return () => clearInterval(timer);
  }, [isCounting]);
  return Date.now();
}
