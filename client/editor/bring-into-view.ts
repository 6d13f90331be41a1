import { limits } from "../../shared/base/limits.ts";

/**
 * Brings an element to the top or the middle of the screen, and keeps it there until what stands around it has its
 * true height: what was off the screen was only guessed. Glides where the way is short.
 */
export function bringIntoView(element: Element, block: "start" | "center"): void {
  const put = (): void => element.scrollIntoView({ block, behavior: "instant" });
  const isNear = Math.abs(element.getBoundingClientRect().top) < 2 * innerHeight;
  if (isNear && !prefersStill()) {
    addEventListener("scrollend", () => eachOfSomeFrames(put), { once: true });
    element.scrollIntoView({ block, behavior: "smooth" });
    return;
  }
  put();
  eachOfSomeFrames(put);
}

function eachOfSomeFrames(run: () => void, left: number = limits.settleFrames): void {
  if (left === 0) return;
  requestAnimationFrame(() => {
    run();
    eachOfSomeFrames(run, left - 1);
  });
}

const prefersStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
