import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Flavour } from "../../shared/markdown/flavour.ts";
import { readMarkdown } from "../../shared/markdown/read.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";

type Example = { line: number; flavour: Flavour; isSource: boolean; text: string };

/** The examples of docs/markdown.md. A middle dot stands for a space at a line's end, which editors take away. */
function examplesOf(page: string): Example[] {
  const fence = /^(`{3,})(mkdocs|gfm)( from)?\n([\s\S]*?)^\1\n/gm;
  return Array.from(page.matchAll(fence), (match): Example => ({
    line: page.slice(0, match.index).split("\n").length,
    flavour: match[2] === "gfm" ? "gfm" : "mkdocs",
    isSource: match[3] !== undefined,
    text: (match[4] ?? "").replaceAll(/·+$/gm, (dots) => " ".repeat(dots.length)),
  }));
}

function written({ text, flavour }: Example): string {
  let ids = 0;
  return writeMarkdown(readMarkdown(text, { flavour, makeId: () => `b${(ids += 1)}` }), { flavour });
}

const examples = examplesOf(readFileSync(join(import.meta.dirname, "../../docs/markdown.md"), "utf8"));

test("docs/markdown.md has examples", () => {
  expect(examples.length).toBeGreaterThan(10);
});

test.each(examples.map((example, at) => ({ ...example, at })))(
  "the example in line $line of docs/markdown.md is written as the docs say",
  (example) => {
    const expected = example.isSource ? examples[example.at + 1]?.text : example.text;
    expect(written(example)).toBe(expected);
  },
);
