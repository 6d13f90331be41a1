import { expect, test } from "vitest";
import { titleOf } from "./title.ts";

test.each([
  ["# A *plain* `title` #\n\ntext", "A plain title"],
  ["text\n\n# Late", "Late"],
  ["A title\n=======\n", "A title"],
  ["---\ntitle: Named\n---\n\n# Heading", "Named"],
  ["---\ndescription: d\n---\n\n# Heading", "Heading"],
  ["---\n: [ no yaml\n---\n# Heading", "Heading"],
  ["```\n# code\n```\n\n## Two\n\n# One", "One"],
  ["## Two", null],
  ["", null],
])("%j is titled %j", (markdown, title) => {
  expect(titleOf(markdown)).toBe(title);
});
