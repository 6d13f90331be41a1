import type { Table as TableNode } from "mdast";
import type { Table } from "../body/blocks.ts";
import { writePhrasing, type Setting } from "./write-phrasing.ts";

/** A table as a node; null where it has no row or no column, for Markdown has no words for that. */
export function tableNode({ columns, rows }: Table, callOf: Setting["callOf"]): TableNode | null {
  if (columns.length === 0 || rows.length === 0) return null;
  return {
    type: "table",
    align: columns.map((column) => column.align),
    children: rows.map(({ cells }) => ({
      type: "tableRow",
      children: cells.map((cell) => {
        return { type: "tableCell", children: writePhrasing(cell, { place: "cell", callOf }) };
      }),
    })),
  };
}
