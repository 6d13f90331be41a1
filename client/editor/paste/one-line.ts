import type { Body, Container, Inline } from "../../../shared/body/blocks.ts";
import { holds } from "../../../shared/body/schema.ts";
import { listOf, pathOf } from "../../../shared/body/tree.ts";

/** A body's text for a place that holds one line: its blocks one under the other, parted by breaks. Keeps all words. */
export function oneLine(body: Body): Inline[] {
  const signs = signsOf(body);
  const lines = body.blocks.flatMap((block, n): Inline[][] => {
    if (block.table) return block.table.rows.map((row) => joined(row.cells, { text: " | " }));
    const sign = signs[n] ? [{ text: signs[n] }] : [];
    if (block.type === "figure") return [[...sign, pictureOf(block.attrs), ...spaced(block.content)]];
    const isPlain = holds(block.type) === "plain";
    return isPlain ? plainLines(block.content) : [[...sign, ...block.content]];
  });
  return joined(
    lines.filter((line) => line.length > 0),
    { atom: { type: "break" } },
  );
}

function pictureOf(attrs: { readonly [name: string]: unknown }): Inline {
  return { atom: { type: "image", src: String(attrs["src"] ?? ""), alt: String(attrs["alt"] ?? "") } };
}

const spaced = (content: readonly Inline[]): Inline[] =>
  content.length > 0 ? [{ text: " " }, ...content] : [];

function plainLines(content: readonly Inline[]): Inline[][] {
  const text = content.map((run) => ("text" in run ? run.text : "")).join("");
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => [{ text: line, marks: { code: true } }]);
}

function joined(lines: readonly (readonly Inline[])[], between: Inline): Inline[] {
  return lines.flatMap((line, n) => (n === 0 ? line : [between, ...line]));
}

/** What stands in front of each block: of an item's first block, its bullet or number. */
function signsOf({ blocks, containers }: Body): string[] {
  const numbers = new Map<Container["in"], number>();
  const begun = new Set<Container["id"]>();
  return blocks.map((block) => {
    const item = pathOf(block, containers).findLast((each) => each.kind === "item");
    if (!item || begun.has(item.id)) return "";
    begun.add(item.id);
    const list = listOf(item);
    if (list === "task") return item.attrs["checked"] === true ? "☑ " : "☐ ";
    if (list === "bullet") return "• ";
    const start = item.attrs["start"];
    const number = typeof start === "number" ? start : (numbers.get(item.in) ?? 0) + 1;
    numbers.set(item.in, number);
    return `${number}. `;
  });
}
