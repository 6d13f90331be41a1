import type { Table as TableNode } from "mdast";
import { columnId, rowId } from "../base/ids.ts";
import type { Inline, Table } from "../body/blocks.ts";
import type { Flavour } from "./flavour.ts";
import { readPhrasing, type Definitions } from "./read-phrasing.ts";

/**
 * The table that a node is; null where it would not be the same: where a row has more cells than the head, where a
 * cell's text cannot be held, or where the two flavours see other cells.
 */
export function readTable(
  node: TableNode,
  definitions: Definitions,
  flavour: Flavour,
  makeId: () => string,
): Table | null {
  const width = node.children[0]?.children.length ?? 0;
  if (width === 0 || node.children.some((row) => row.children.length > width)) return null;
  if (flavour === "mkdocs" && hasPipeInCode(node.data?.source ?? "")) return null;
  const rows: Inline[][][] = [];
  for (const row of node.children) {
    const cells = row.children.map((cell) => readPhrasing(cell, definitions));
    if (!cells.every((cell) => cell !== null)) return null;
    rows.push([...cells, ...Array.from({ length: width - cells.length }, () => [])]);
  }
  return {
    columns: Array.from({ length: width }, (_, at) => {
      return { id: columnId.parse(makeId()), align: node.align?.[at] ?? null };
    }),
    rows: rows.map((cells) => ({ id: rowId.parse(makeId()), cells })),
  };
}

/** In code, a pipe divides cells for GitHub, and none for Python-Markdown. */
function hasPipeInCode(source: string): boolean {
  const codes = source.replaceAll(/\\./g, "").matchAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g);
  return Array.from(codes).some(([, , code]) => code?.includes("|"));
}
