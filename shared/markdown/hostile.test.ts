import { describe, expect, test } from "vitest";
import { costOf } from "./cost.ts";
import { limits } from "../base/limits.ts";
import { readMarkdown } from "./read.ts";
import { writeMarkdown } from "./write.ts";

const hostile: readonly [name: string, source: string][] = [
  ["10,000 quotes in each other", `${">".repeat(10_000)} a`],
  ["10,000 lists in each other", `${"- ".repeat(10_000)}a`],
  [
    "lists in each other by indent",
    Array.from({ length: 900 }, (_, at) => `${" ".repeat(2 * at)}- a`).join("\n"),
  ],
  ["100,000 opening brackets", "[".repeat(100_000)],
  ["100,000 brackets that close", "[".repeat(50_000) + "]".repeat(50_000)],
  ["100,000 links that never end", "[a](".repeat(100_000)],
  ["100,000 images that never end", "![".repeat(100_000)],
  ["emphasis that never ends", "*a **b ".repeat(50_000)],
  ["emphasis of two kinds", "*a_ ".repeat(50_000)],
  ["emphasis in every paragraph", `${"*a_ ".repeat(200)}\n\n`.repeat(500)],
  ["code of every length", Array.from({ length: 1_500 }, (_, at) => "`".repeat(at)).join(" a ")],
  ["comments that never end", "a <!-- ".repeat(50_000)],
  ["tags that never end", '<a b="'.repeat(50_000)],
  ["a megabyte in one line", "a".repeat(1_000_000)],
  ["a megabyte of words in one line", "word ".repeat(200_000)],
  ["a megabyte of backslashes", "\\".repeat(1_000_000)],
  ["a megabyte of character references", "&amp;".repeat(200_000)],
  ["two quotes and a blank line, 15,000 times", "> a\n\n".repeat(15_000)],
  ["a table of 100,000 columns", `${"|a".repeat(100_000)}|\n${"|-".repeat(100_000)}|`],
  ["a table of 100,000 rows", `|a|\n|-|\n${"|b|\n".repeat(100_000)}`],
  ["100,000 definitions", "[a]: b\n".repeat(100_000)],
  ["100,000 footnotes", "[^1]: a\n".repeat(100_000)],
  ["100,000 admonitions", "!!! note\n".repeat(100_000)],
  ["100,000 items", "- a\n".repeat(100_000)],
  ["100,000 fences", "```\n\n".repeat(100_000)],
  ["half a million blank lines", "\n".repeat(500_000)],
  ["half a million tabs", `${"\t".repeat(500_000)}a`],
];

/** What people can read in a text: its letters and digits. */
const readable = (text: string) =>
  text.replaceAll(/&amp;/g, "").replaceAll(/&#x[0-9A-F]+;|[^A-Za-z0-9]/g, "");

// The bound is for a busy machine; each takes under three seconds on a quiet one.
describe("Hostile text is read and written in a few seconds, and nothing of it is lost", () => {
  test.each(hostile)("%s", (_, source) => {
    let ids = 0;
    const body = readMarkdown(source, { flavour: "mkdocs", makeId: () => `b${(ids += 1)}` });
    const written = writeMarkdown(body, { flavour: "mkdocs" });
    expect(readable(written).length).toBe(readable(source).length);
  });
});

test("a long honest page costs a fraction of what is allowed", () => {
  const paragraph = `A word, *another* and [a link](https://a.example/b_c_d) in \`code\`,\n`.repeat(8);
  const section = `## A heading\n\n${paragraph}\n- an item\n- another_one\n\n> a quote\n\n| a | b |\n| - | - |\n| c | d |\n\n`;
  const page = section.repeat(2_000);
  expect(page.length).toBeGreaterThan(1_000_000);
  expect(costOf(page.slice(0, 8_000)) * (page.length / 8_000)).toBeLessThan(limits.markdownReadMs);
});
