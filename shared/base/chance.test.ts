import { expect, test } from "vitest";
import { chanceOf } from "./chance.ts";

const some = (seed: number): number[] => {
  const chance = chanceOf(seed);
  return Array.from({ length: 1000 }, chance);
};

test("a seed gives the same numbers each time, and another seed others", () => {
  expect(some(7)).toEqual(some(7));
  expect(some(7)).not.toEqual(some(8));
});

test("numbers are spread from 0 up to 1", () => {
  const numbers = some(7);
  expect(numbers.every((each) => each >= 0 && each < 1)).toBe(true);
  const tenths = new Set(numbers.map((each) => Math.floor(each * 10)));
  expect(tenths.size).toBe(10);
});
