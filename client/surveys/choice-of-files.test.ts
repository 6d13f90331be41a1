import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { wrongChoice } from "./choice-of-files.ts";

const file = (name: string, size = 100) => ({ name, size });

test("one zip is right, and so are several Markdown files", () => {
  expect(wrongChoice([file("site.ZIP")])).toBeNull();
  expect(wrongChoice([file("index.md"), file("terms.markdown")])).toBeNull();
});

test("another kind of file is named", () => {
  expect(wrongChoice([file("index.md"), file("notes.docx")])).toEqual({
    why: "wrongKind",
    name: "notes.docx",
  });
});

test("a zip comes alone", () => {
  expect(wrongChoice([file("site.zip"), file("index.md")])).toEqual({ why: "oneZip" });
});

test("what the server would refuse as too large is refused before it is sent, and at the limit it is not", () => {
  expect(wrongChoice([file("site.zip", limits.zipBytes)])).toBeNull();
  expect(wrongChoice([file("site.zip", limits.zipBytes + 1)])).toMatchObject({
    why: "tooLarge",
    name: "site.zip",
  });
  expect(wrongChoice([file("long.md", limits.markdownBytes + 1)])).toMatchObject({ why: "tooLarge" });
});

test("no file is no import", () => {
  expect(wrongChoice([])).toEqual({ why: "empty" });
});
