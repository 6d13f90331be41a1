import { expect, test } from "vitest";
import { looksLikeMarkdown } from "./text.ts";

test("text with Markdown's own signs is Markdown", () => {
  for (const text of [
    "# Title",
    "some\n- item",
    "1. one",
    "> said",
    "a [link](b.md)",
    "so **bold**",
    "```js\nx\n```",
  ])
    expect(looksLikeMarkdown(text), text).toBe(true);
});

test("prose is not, whatever signs it happens to hold", () => {
  for (const text of ["2 * 3 * 4", "#hashtag", "a - b", "well... (see [1])", "snake_case_name", "1.5 km"])
    expect(looksLikeMarkdown(text), text).toBe(false);
});
