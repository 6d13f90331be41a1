import { expect, test } from "vitest";
import { slugOf, slugsOf } from "./text.ts";

test("a heading's anchor is what Python-Markdown makes of it", () => {
  expect(slugOf("What's been tried (so far)?")).toBe("whats-been-tried-so-far");
  expect(slugOf("C++ & ABI - a  story")).toBe("c-abi-a-story");
  expect(slugOf("Déjà vu_2")).toBe("deja-vu_2");
});

test("equal headings get anchors of their own, and one without letters gets one at all", () => {
  expect(slugsOf(["History", "History", "???", "History"])).toEqual([
    "history",
    "history_1",
    "_1",
    "history_2",
  ]);
  expect(slugsOf(["Step_1", "Step_1", "a", "a", "a_1"])).toEqual(["step_1", "step_2", "a", "a_1", "a_2"]);
});
