import * as Y from "yjs";
import type { ColumnId, RowId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Align, Column, Inline, Row, Table, Value } from "./blocks.ts";
import { sameLine } from "./line.ts";
import { insertOf, textsByCell, type CellTexts } from "./table-cells.ts";
import { shownLines, type Line } from "./table-lines.ts";
import { keysBetween } from "./table-order.ts";
import { nest } from "./table-parts.ts";

/*
 * How a table is stored: in its block's marker, beside `type` and `id`, as three maps.
 *
 *   rows: Y.Map      id → Y.Map {at, gone?}           at: its key in the order of rows (table-order.ts)
 *   columns: Y.Map   id → Y.Map {at, gone?, align?}   gone: deleted, and shown only while it has text (table-lines.ts)
 *   cells: Y.Map     "row:column…" → Y.Text           what stands where the two cross (table-cells.ts)
 *
 * Whatever two people do to rows and columns at once, they set keys of different lines, or one of two values to one
 * key: the table is a rectangle, and no text is made anew.
 */

const aligns: readonly unknown[] = ["left", "center", "right"];

/**
 * The table that a marker holds. Reading never writes; whatever is there gives a rectangle. What reads as it did
 * the last time is the same value again, down to each cell: who shows it looks at nothing twice.
 */
export function readTable(marker: Y.Map<Value>, readLine: (text: Y.Text) => Inline[]): Table {
  const texts = textsByCell(marker);
  const shown = shownLines(marker, "columns", texts).slice(0, limits.tableCells);
  const before = tables.get(marker);
  const read = shown.map(([id, line]) => readColumn(id as ColumnId, line));
  const columns = before && isSameList(before.columns, read) ? before.columns : read;
  const most = Math.floor(limits.tableCells / Math.max(1, columns.length));
  const rows = shownLines(marker, "rows", texts)
    .slice(0, most)
    .map(([id, line]) => readRow(id as RowId, line, columns, texts, readLine));
  if (before?.columns === columns && isSameList(before.rows, rows)) return before;
  const table = { columns, rows };
  tables.set(marker, table);
  return table;
}

/** What was read last, for as long as it is there. */
const tables = new WeakMap<Y.Map<Value>, Table>();
const columnsRead = new WeakMap<Line, Column>();
const rowsRead = new WeakMap<Line, Row>();
const cellsRead = new WeakMap<Y.Text, readonly Inline[]>();
const nothing: readonly Inline[] = [];

function readColumn(id: ColumnId, line: Line): Column {
  const read = line.get("align");
  const align = aligns.includes(read) ? (read as Align) : null;
  const before = columnsRead.get(line);
  if (before?.align === align) return before;
  const column = { id, align };
  columnsRead.set(line, column);
  return column;
}

function readRow(
  id: RowId,
  line: Line,
  columns: readonly Column[],
  texts: CellTexts,
  readLine: (text: Y.Text) => Inline[],
): Row {
  const cells = columns.map((column) => readCell(texts.get(`${id}:${column.id}`) ?? [], readLine));
  const before = rowsRead.get(line);
  if (before && isSameList(before.cells, cells)) return before;
  const row = { id, cells };
  rowsRead.set(line, row);
  return row;
}

function readCell(texts: readonly Y.Text[], readLine: (text: Y.Text) => Inline[]): readonly Inline[] {
  const content = texts.flatMap(readLine);
  if (content.length === 0) return nothing;
  const before = cellsRead.get(texts[0]!);
  if (before && sameLine(before, content)) return before;
  cellsRead.set(texts[0]!, content);
  return content;
}

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((each, n) => each === b[n]);

/** Puts a table into a new marker. */
export function writeTable(marker: Y.Map<Value>, table: Table): void {
  putLines(
    nest(marker, "rows"),
    table.rows.map(({ id }) => [id, {}]),
  );
  putLines(
    nest(marker, "columns"),
    table.columns.map(({ id, align }) => [id, align === null ? {} : { align }]),
  );
  const cells = nest(marker, "cells");
  for (const row of table.rows) {
    row.cells.forEach((content, n) => {
      const text = new Y.Text();
      if (content.length > 0) text.applyDelta(content.map(insertOf));
      cells.set(`${row.id}:${table.columns[n]!.id}`, text);
    });
  }
}

function putLines(map: Y.Map<unknown>, lines: readonly [string, { [key: string]: Value }][]): void {
  const keys = keysBetween(null, null, lines.length)!;
  lines.forEach(([id, more], n) => map.set(id, new Y.Map<Value>(Object.entries({ at: keys[n]!, ...more }))));
}
