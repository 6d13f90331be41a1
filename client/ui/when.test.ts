import { expect, test } from "vitest";
import { when } from "./when.ts";

const now = new Date(2026, 10, 22, 15, 30).getTime();

test("today is said as a time", () => {
  expect(when(new Date(2026, 10, 22, 9, 5).getTime(), now, "en-GB")).toBe("09:05");
});

test("another day of this year is said without the year", () => {
  expect(when(new Date(2026, 10, 9, 9, 5).getTime(), now, "en-GB")).toBe("9 November");
});

test("a day of another year is said with it", () => {
  expect(when(new Date(2025, 10, 22, 9, 5).getTime(), now, "en-GB")).toBe("22 November 2025");
});
