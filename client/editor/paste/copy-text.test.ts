import type { Slice } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { readMarkdown } from "../../../shared/markdown/read.ts";
import { writeMarkdown } from "../../../shared/markdown/write.ts";
import { schema } from "../binding/desk.stage.ts";
import { drawBody } from "../binding/draw.ts";
import { copiedText } from "./copy-text.ts";

/** The text that other programs get of what is selected, from the first `<` to the last `>` of a page. */
function copy(markdown: string): string {
  let n = 0;
  const body = readMarkdown(markdown, { flavour: "gfm", makeId: () => `id${(n += 1)}` });
  const doc = drawBody(schema, body);
  const marks: number[] = [];
  doc.descendants((node, position) => {
    for (const { index } of node.isText ? node.text!.matchAll(/[«»]/g) : []) marks.push(position + index);
  });
  const slice: Slice = doc.slice(marks[0]!, marks[1]! + 1, true);
  const write = (each: Parameters<typeof writeMarkdown>[0]) => writeMarkdown(each, { flavour: "gfm" });
  return copiedText(slice, write).replaceAll(/[«»]/g, "");
}

test("words alone are copied as they are, with no signs in front of theirs", () => {
  expect(copy("a «2 \\* 3 snake\\_case» b")).toBe("2 * 3 snake_case");
  expect(copy("«one\n\ntwo \\[x\\]»")).toBe("one\n\ntwo [x]");
});

test("words with looks are copied as Markdown, without the block that they stand in", () => {
  expect(copy("# «so **strong**» there")).toBe("so **strong**");
  expect(copy("- one «[two](https://example.org)»\n- three")).toBe("[two](https://example.org)");
  expect(copy("> «said *so*\n>\n> and more»")).toBe("said _so_\n\nand more");
});

test("words of code are copied as they are", () => {
  expect(copy("```js\nlet «a = **1**;\nlet» b;\n```")).toBe("a = **1**;\nlet");
});

test("items side by side are copied as the list that they stand in", () => {
  expect(copy("1. «one\n2. two»\n3. three")).toBe("1. one\n2. two");
});

test("blocks are copied as Markdown", () => {
  expect(copy("## «Head\n\nso **strong**\n\n- one»")).toBe("## Head\n\nso **strong**\n\n- one");
});
