import { useCallback, useEffect, useState } from "react";

/** The heights of elements that carry `data-seat`, kept true as they change. `observe` is a ref for each. */
export function useHeights() {
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const [observer] = useState(
    () => new ResizeObserver((entries) => setHeights((before) => withHeights(before, entries))),
  );
  useEffect(() => () => observer.disconnect(), [observer]);
  const observe = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return;
      observer.observe(element);
      return () => observer.unobserve(element);
    },
    [observer],
  );
  return { heights, observe };
}

function withHeights(before: ReadonlyMap<string, number>, entries: readonly ResizeObserverEntry[]) {
  const seats = entries.map(({ target }) => target).filter((target) => target instanceof HTMLElement);
  return new Map([
    ...before,
    ...seats.map((seat) => [seat.dataset["seat"] ?? "", seat.offsetHeight] as const),
  ]);
}
