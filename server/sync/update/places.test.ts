import { expect, test } from "vitest";
import { Places } from "./places.ts";
import { seeded } from "./random-page.ts";

test.each([1, 2, 3])(
  "[PLACE-6] every clock has the place that it was put in, above or below (seed %i)",
  (seed) => {
    const pick = seeded(seed);
    const plain = new Map<number, string[]>([
      [7, []],
      [8, []],
    ]);
    const below = new Places<string>();
    const above = new Places<string>(below);
    for (let step = 0; step < 300; step += 1) {
      const author = 7 + pick(2);
      const clocks = plain.get(author)!;
      const end = clocks.length + 1 + pick(4);
      const place = `place ${pick(3)}`;
      (step < 150 ? below : above).put(author, end, place);
      while (clocks.length < end) clocks.push(place);
    }
    for (const [author, clocks] of plain) {
      expect(above.end(author)).toBe(clocks.length);
      expect(clocks.map((_, clock) => above.at({ author, clock }))).toEqual(clocks);
      expect(above.at({ author, clock: clocks.length })).toBeNull();
    }
  },
);
