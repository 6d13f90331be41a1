import { Fragment, Slice } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { __clipCells, __pastedCells, CellSelection } from "@tiptap/pm/tables";
import { emptyRow, hasRoom } from "./commands.ts";
import { cellAt, heightOf, rowAt, spotOf, widthOf, type Spot } from "./grid.ts";

/* Cells through the clipboard. What is pasted replaces what cells hold, and never the cells: others write in them. */

/** Selected cells are copied as a table of their own. */
export function copiedCells(slice: Slice): Slice {
  const { content } = slice;
  if (content.firstChild?.type.name !== "tableRow") return slice;
  const table = content.firstChild.type.schema.nodes["table"]!.create(null, content);
  return new Slice(Fragment.from(table), 0, 0);
}

/**
 * Puts copied cells into the cell with the caret and those below and behind it, and makes the table larger where it
 * ends; into selected cells, as often as they take it. What is no cells is left to others.
 */
export const pasteCells =
  (slice: Slice): Command =>
  (state, dispatch) => {
    const spot = spotOf(state);
    const copied = spot && slice.size > 0 ? __pastedCells(slice) : null;
    if (!spot || !copied) return false;
    const { top, left, bottom, right } = spot;
    const isArea = state.selection instanceof CellSelection;
    const cells = isArea ? __clipCells(copied, right - left + 1, bottom - top + 1) : copied;
    const height = Math.max(heightOf(spot), top + cells.height);
    const width = Math.max(widthOf(spot), left + cells.width);
    if (!hasRoom(height, width)) return false;
    dispatch?.(fill(grow(state.tr, spot, height, width), spot, cells.rows).scrollIntoView());
    return true;
  };

function grow(transaction: Transaction, spot: Spot, height: number, width: number): Transaction {
  const { table, at } = spot;
  const { schema } = table.type;
  const isMissing = (count: number) => Array.from({ length: count }, () => ({}));
  const rows = isMissing(height - heightOf(spot)).map(() => emptyRow(schema, isMissing(width)));
  if (rows.length > 0) transaction.insert(rowAt(spot, heightOf(spot)), rows);
  const more = emptyRow(schema, isMissing(width - widthOf(spot))).content;
  for (let row = heightOf(spot) - 1; row >= 0 && more.size > 0; row -= 1)
    transaction.insert(cellAt({ table, at }, row, widthOf(spot)), more);
  return transaction;
}

function fill(transaction: Transaction, { at, top, left }: Spot, rows: readonly Fragment[]): Transaction {
  const place = { table: transaction.doc.nodeAt(at)!, at };
  for (let n = rows.length - 1; n >= 0; n -= 1) {
    for (let m = rows[n]!.childCount - 1; m >= 0; m -= 1) {
      const start = cellAt(place, top + n, left + m) + 1;
      const { content } = place.table.child(top + n).child(left + m);
      const pasted = rows[n]!.child(m).content;
      if (!pasted.eq(content)) transaction.replaceWith(start, start + content.size, pasted);
    }
  }
  const now = { table: transaction.doc.nodeAt(at)!, at };
  const [last, width] = [top + rows.length - 1, rows[0]!.childCount];
  return transaction.setSelection(
    CellSelection.create(transaction.doc, cellAt(now, top, left), cellAt(now, last, left + width - 1)),
  );
}
