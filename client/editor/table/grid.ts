import type { Node, ResolvedPos } from "@tiptap/pm/model";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";

/* Where the selection is in a table. Tables are rectangles whose cells span nothing, so counting is enough. */

/** The table that is worked in, and the selected cells in it, from `top` and `left` up to `bottom` and `right`. */
export type Spot = {
  readonly table: Node;
  /** The position before the table. */
  readonly at: number;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

export const heightOf = ({ table }: Pick<Spot, "table">): number => table.childCount;
export const widthOf = ({ table }: Pick<Spot, "table">): number => table.firstChild!.childCount;

/** The table and the cells that the selection is in; null where it is not within one table. */
export function spotOf({ selection }: EditorState): Spot | null {
  const [anchor, head] =
    selection instanceof CellSelection
      ? [selection.$anchorCell, selection.$headCell]
      : [cellAround(selection.$anchor), cellAround(selection.$head)];
  if (!anchor || !head || anchor.before(-1) !== head.before(-1)) return null;
  const [a, b] = [anchor, head].map(($cell) => ({ row: $cell.index(-1), column: $cell.index() }));
  return {
    table: anchor.node(-1),
    at: anchor.before(-1),
    top: Math.min(a!.row, b!.row),
    left: Math.min(a!.column, b!.column),
    bottom: Math.max(a!.row, b!.row),
    right: Math.max(a!.column, b!.column),
  };
}

/** The position before the cell that a place is in. */
export function cellAround($place: ResolvedPos): ResolvedPos | null {
  const isInCell = $place.parent.type.name === "tableCell";
  return isInCell ? $place.doc.resolve($place.before()) : null;
}

/** The position before a row; before that behind the last, the end of the table's rows. */
export function rowAt({ table, at }: Pick<Spot, "table" | "at">, row: number): number {
  let position = at + 1;
  for (let n = 0; n < row; n += 1) position += table.child(n).nodeSize;
  return position;
}

/** The position before a cell; before that behind the last, the end of the row's cells. */
export function cellAt(place: Pick<Spot, "table" | "at">, row: number, column: number): number {
  let position = rowAt(place, row) + 1;
  for (let n = 0; n < column; n += 1) position += place.table.child(row).child(n).nodeSize;
  return position;
}

/** Puts the caret into a cell of the table that now stands at this position: at its start, or at an offset in it. */
export function enterCell(
  transaction: Transaction,
  at: number,
  row: number,
  column: number,
  offset = 0,
): Transaction {
  const table = transaction.doc.nodeAt(at)!;
  const [n, m] = [Math.min(row, heightOf({ table }) - 1), Math.min(column, widthOf({ table }) - 1)];
  const start = cellAt({ table, at }, n, m) + 1;
  const inside = Math.min(offset, table.child(n).child(m).content.size);
  return transaction.setSelection(TextSelection.create(transaction.doc, start + inside)).scrollIntoView();
}
