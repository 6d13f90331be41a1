import { Fragment, type Node, type Schema } from "@tiptap/pm/model";
import type { ColumnId, RowId } from "../../../shared/base/ids.ts";
import type { Align, Block, Column, Inline, Row, Table } from "../../../shared/body/blocks.ts";
import { drawLine } from "./draw-line.ts";
import { readLine } from "./read-nodes.ts";

/** The rows of a table's node. One without rows or columns is drawn with a cell that is not written. */
export function drawTable(schema: Schema, { table }: Block): Fragment {
  const columns = table?.columns.length ? table.columns : [null];
  const rows = table?.rows.length ? table.rows : [null];
  return Fragment.fromArray(rows.map((row, n) => drawRow(schema, row, columns, n === 0)));
}

type Columns = readonly (Column | null)[];
type Drawn = { node: Node; columns: Columns; head: boolean };

const rowsDrawn = new WeakMap<Row, Drawn>();
const cellsDrawn = new WeakMap<readonly Inline[], Node>();

/** Rows and cells that read as they did are the nodes that they were: nothing that shows them works again. */
function drawRow(schema: Schema, row: Row | null, columns: Columns, head: boolean): Node {
  const before = row && rowsDrawn.get(row);
  const isSame = before?.columns === columns && before.head === head;
  if (isSame && before.node.type.schema === schema) return before.node;
  const cells = columns.map((column, n) => drawCell(schema, row?.cells[n] ?? [], column, head));
  const node = schema.node("tableRow", { row: row?.id ?? null }, cells);
  if (row) rowsDrawn.set(row, { node, columns, head });
  return node;
}

function drawCell(schema: Schema, content: readonly Inline[], column: Column | null, head: boolean): Node {
  const type = schema.nodes["tableCell"]!;
  const attrs = { column: column?.id ?? null, align: column?.align ?? null, head };
  // All empty cells may share what they hold, and not what they are.
  const before = content.length > 0 ? cellsDrawn.get(content) : undefined;
  if (before?.hasMarkup(type, { ...before.attrs, ...attrs })) return before;
  const node = type.create(attrs, drawLine(schema, content));
  if (content.length > 0) cellsDrawn.set(content, node);
  return node;
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
