import { expect, test } from "vitest";
import { seeded } from "./random-page.ts";
import { Spans } from "./spans.ts";

const range = (clock: number, end: number) => ({ author: 7, clock, end });

test("[KNOWN-5] spans hold exactly the clocks that were put in and not taken out, joined where they touch (seed 1)", () => {
  const pick = seeded(1);
  const spans = new Spans();
  const clocks = new Set<number>();
  for (let left = 400; left > 0; left -= 1) {
    const from = pick(60);
    const changed = range(from, from + 1 + pick(8));
    const isIn = pick(3) > 0;
    if (isIn) spans.add(changed);
    else spans.remove(changed);
    for (let clock = changed.clock; clock < changed.end; clock += 1)
      if (isIn) clocks.add(clock);
      else clocks.delete(clock);
    const held = spans.ranges(7);
    const all = Array.from({ length: 70 }, (_, clock) => clock);
    expect(held.flatMap((each) => all.slice(each.clock, each.end))).toEqual(
      all.filter((clock) => clocks.has(clock)),
    );
    expect(held.every((each, at) => at === 0 || held[at - 1]!.end < each.clock)).toBe(true);
    const asked = range(pick(60), 61 + pick(5));
    expect(spans.lackOf(asked).flatMap((each) => all.slice(each.clock, each.end))).toEqual(
      all.slice(asked.clock, asked.end).filter((clock) => !clocks.has(clock)),
    );
  }
});
