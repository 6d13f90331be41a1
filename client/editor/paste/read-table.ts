import type { ColumnId, RowId } from "../../../shared/base/ids.ts";
import type { Inline, Table } from "../../../shared/body/blocks.ts";
import { start, type Place, type Reader } from "./body-maker.ts";
import { gridOf } from "./grid.ts";
import { withoutCommon } from "./line.ts";
import { marksOf } from "./marks.ts";
import { oneLine } from "./one-line.ts";

/** Reads a table; what stands in a cell becomes lines. */
export function readTable(reader: Reader, element: Element, place: Place): void {
  const { out } = reader;
  const caption = element.querySelector(":scope > caption");
  if (caption) reader.children(caption, place);
  out.end();
  const { columns, rows } = gridOf(element);
  const cells = rows.flat().filter((cell) => cell !== null);
  // A table of one cell is how pages were laid out, and how boxes are made in documents.
  if (cells.length === 1) return reader.children(cells[0]!, place);
  if (cells.length === 0) return;
  const table: Table = {
    columns: columns.map((align) => ({ id: out.makeId() as ColumnId, align })),
    rows: rows.map((row, n) => ({
      id: out.makeId() as RowId,
      cells: row.map((cell) => readCell(reader, cell, n === 0, place)),
    })),
  };
  out.add("table", {}, place, "", { table });
}

function readCell(reader: Reader, cell: Element | null, isHead: boolean, place: Place): readonly Inline[] {
  if (!cell) return [];
  const inner = reader.inner();
  inner.children(cell, { ...start, marks: marksOf(cell, place.marks) });
  inner.out.end();
  const line = oneLine(inner.out);
  // A head is bold by itself.
  return isHead || cell.localName === "th" ? withoutCommon("bold", line) : line;
}
