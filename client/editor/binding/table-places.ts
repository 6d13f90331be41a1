import type { Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { ColumnId, RowId } from "../../../shared/base/ids.ts";
import type { Value } from "../../../shared/body/blocks.ts";
import { inCell, relativeInCell } from "../../../shared/body/cell-places.ts";

/* Places in the cells of a table's node. They are counted from the table: 0 is just before it. */

/** A place in a cell's content. */
export type CellPlace = { readonly row: RowId; readonly column: ColumnId; readonly offset: number };

/** The cell in which a place of the table is; null between cells, and in a cell that is drawn for none. */
export function cellPlace(table: Node, place: number): CellPlace | null {
  let rest = place - 1;
  const row = table.children.find((each) => rest < each.nodeSize || ((rest -= each.nodeSize), false));
  rest -= 1;
  const cell = row?.children.find((each) => rest < each.nodeSize || ((rest -= each.nodeSize), false));
  const [rowId, column] = [row?.attrs["row"] as RowId | null, cell?.attrs["column"] as ColumnId | null];
  return cell && rowId && column && rest > 0 ? { row: rowId, column, offset: rest - 1 } : null;
}

/** Where a place in a cell is in the table; null where the table has no such cell. */
export function placeOfCell(table: Node, { row, column, offset }: CellPlace): number | null {
  let found: number | null = null;
  table.forEach((line, start) => {
    if (line.attrs["row"] !== row) return;
    line.forEach((cell, inLine) => {
      if (cell.attrs["column"] === column) found = start + inLine + 3 + Math.min(offset, cell.content.size);
    });
  });
  return found;
}

/** The relative position of a place in a table's cell; null where there is no text that could have one. */
export function relativeInTable(
  marker: Y.Map<Value>,
  table: Node,
  place: number,
  assoc: 0 | -1,
): Y.RelativePosition | null {
  const cell = cellPlace(table, place);
  return cell && relativeInCell({ marker, ...cell }, cell.offset, assoc);
}

/** The place in a table where a relative position stands now; null where that is not in this table. */
export function positionInTable(
  marker: Y.Map<Value>,
  table: Node,
  relative: Y.RelativePosition,
): number | null {
  const cell = marker.doc && inCell(marker.doc, relative);
  return cell?.marker === marker ? placeOfCell(table, cell) : null;
}
