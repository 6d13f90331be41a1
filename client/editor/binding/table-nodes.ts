import { Fragment, type Node, type Schema } from "@tiptap/pm/model";
import type { ColumnId, RowId } from "../../../shared/base/ids.ts";
import type { Align, Block, Column, Table } from "../../../shared/body/blocks.ts";
import { drawLine } from "./draw-line.ts";
import { readLine } from "./read-nodes.ts";

/** The rows of a table's node. One without rows or columns is drawn with a cell that is not written. */
export function drawTable(schema: Schema, { table }: Block): Fragment {
  const columns = table?.columns.length ? table.columns : [null];
  const rows = table?.rows.length ? table.rows : [null];
  return Fragment.fromArray(
    rows.map((row, n) => {
      const cells = columns.map((column, m) =>
        schema.node(
          "tableCell",
          { column: column?.id ?? null, align: column?.align ?? null, head: n === 0 },
          drawLine(schema, row?.cells[m] ?? []),
        ),
      );
      return schema.node("tableRow", { row: row?.id ?? null }, cells);
    }),
  );
}

/** The table that a node stands for: its columns are those of its first row. */
export function readTable(node: Node): Table {
  const columns = node.firstChild!.children.map((cell): Column => ({
    id: cell.attrs["column"] as ColumnId,
    align: cell.attrs["align"] as Align | null,
  }));
  const rows = node.children.map((row) => ({
    id: row.attrs["row"] as RowId,
    cells: row.children.map((cell) => readLine(cell)),
  }));
  return { columns, rows };
}
