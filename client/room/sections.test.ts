import { expect, test } from "vitest";
import { sectionAt, sectionsOf } from "./sections.ts";

test("sections are the second-level headings, numbered from 1 in the order of the text", () => {
  const outline = [
    { id: "t", level: 1, text: "Packaging native code" },
    { id: "a", level: 2, text: "Goal " },
    { id: "b", level: 3, text: "Scope" },
    { id: "c", level: 2, text: "" },
    { id: "d", level: 2, text: "Terms" },
  ];
  expect(sectionsOf(outline)).toEqual([
    { id: "a", number: 1, title: "Goal" },
    { id: "c", number: 2, title: "" },
    { id: "d", number: 3, title: "Terms" },
  ]);
});

test("the section being read is the last whose heading has passed the reading line", () => {
  expect(sectionAt([-300, 90, 700], 120)).toBe(1);
  expect(sectionAt([130, 700], 120)).toBeNull();
  expect(sectionAt([], 120)).toBeNull();
});
