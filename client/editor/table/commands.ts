import { Fragment, type Node, type NodeType, type ResolvedPos, type Schema } from "@tiptap/pm/model";
import { TextSelection, type Command, type EditorState, type Transaction } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import { limits } from "../../../shared/base/limits.ts";
import type { Align } from "../../../shared/body/blocks.ts";
import { cellAround, cellAt, enterCell, heightOf, rowAt, spotOf, widthOf, type Spot } from "./grid.ts";

/*
 * What can be done to a table. Steps touch only what they change; rows and columns that move keep their ids, and new
 * ones have none: binding/table-canonical.ts gives them ids, and finds out who is the head.
 */

const type = (schema: Schema, name: string): NodeType => schema.nodes[name]!;

/** A row of empty cells. */
export function emptyRow(schema: Schema, cells: readonly { column?: unknown; align?: unknown }[]): Node {
  const nodes = cells.map((attrs) => type(schema, "tableCell").create(attrs));
  return type(schema, "tableRow").create(null, nodes);
}

/** A command on the table that the selection is in; refused elsewhere. */
function onTable(run: (spot: Spot, state: EditorState) => Transaction | null): Command {
  return (state, dispatch) => {
    const spot = spotOf(state);
    const transaction = spot && run(spot, state);
    if (!transaction) return false;
    dispatch?.(transaction);
    return true;
  };
}

/** Puts a new table in place of an empty line, or behind the block that the selection is in; the caret goes into it. */
export function insertTable(rows = 3, columns = 3): Command {
  return (state, dispatch) => {
    const { $from, $to } = state.selection;
    const { schema, tr } = state;
    if (![$from, $to].every(({ parent }) => parent.isTextblock && parent.type.name !== "tableCell"))
      return false;
    const isBlank = $to.parent.type.name === "paragraph" && $to.parent.content.size === 0;
    const around = $to.node($to.depth - 1);
    const index = $to.index($to.depth - 1);
    if (!around.canReplaceWith(isBlank ? index : index + 1, index + 1, type(schema, "table"))) return false;
    const line = Array.from({ length: columns }, () => ({}));
    const lines = Array.from({ length: rows }, () => emptyRow(schema, line));
    const table = type(schema, "table").create(null, lines);
    const at = isBlank ? $to.before() : $to.after();
    dispatch?.(enterCell(tr.replaceWith(at, $to.after(), table), at, 0, 0));
    return true;
  };
}

/** A new row above (-1) or below (1) the selected ones, with the caret in it. */
export const addRow = (side: -1 | 1): Command =>
  onTable((spot, state) => addedRow(state, spot, side < 0 ? spot.top : spot.bottom + 1, spot.left));

/** A new row as the one with this number, with the caret in one of its cells; null where the table is full. */
export function addedRow(
  { tr, schema }: EditorState,
  spot: Spot,
  row: number,
  column: number,
): Transaction | null {
  const { table, at } = spot;
  if (!hasRoom(heightOf(spot) + 1, widthOf(spot))) return null;
  const cells = table.firstChild!.children.map(({ attrs }) => ({
    column: attrs["column"],
    align: attrs["align"],
  }));
  return enterCell(tr.insert(rowAt(spot, row), emptyRow(schema, cells)), at, row, column);
}

/** A new column to the left (-1) or right (1) of the selected ones, with the caret in it. */
export const addColumn = (side: -1 | 1): Command =>
  onTable((spot, { tr, schema }) => {
    if (!hasRoom(heightOf(spot), widthOf(spot) + 1)) return null;
    const column = side < 0 ? spot.left : spot.right + 1;
    for (let row = heightOf(spot) - 1; row >= 0; row -= 1)
      tr.insert(cellAt(spot, row, column), type(schema, "tableCell").create());
    return enterCell(tr, spot.at, spot.top, column);
  });

/** Whether a table may be so large. */
export const hasRoom = (rows: number, columns: number): boolean => rows * columns <= limits.tableCells;

/** Deletes the selected rows; the table where that is all of them. */
export const deleteRows = onTable((spot, { tr }) => {
  const { at, top, bottom, left } = spot;
  if (top === 0 && bottom === heightOf(spot) - 1) return withoutTable(tr, spot);
  return enterCell(tr.delete(rowAt(spot, top), rowAt(spot, bottom + 1)), at, top, left);
});

/** Deletes the selected columns; the table where that is all of them. */
export const deleteColumns = onTable((spot, { tr }) => {
  const { at, top, left, right } = spot;
  if (left === 0 && right === widthOf(spot) - 1) return withoutTable(tr, spot);
  for (let row = heightOf(spot) - 1; row >= 0; row -= 1)
    tr.delete(cellAt(spot, row, left), cellAt(spot, row, right + 1));
  return enterCell(tr, at, top, left);
});

export const deleteTable = onTable((spot, { tr }) => withoutTable(tr, spot));

/** An empty line takes the table's place, so that the caret stays where it was. */
function withoutTable(transaction: Transaction, { table, at }: Spot): Transaction {
  const line = type(table.type.schema, "paragraph").create();
  transaction.replaceWith(at, at + table.nodeSize, line);
  return transaction.setSelection(TextSelection.create(transaction.doc, at + 1)).scrollIntoView();
}

/** Moves the selected rows up (-1) or down (1). */
export const moveRows = (side: -1 | 1): Command =>
  onTable((spot, state) => {
    const { table, at, top, bottom } = spot;
    const [from, to] = side < 0 ? [top - 1, bottom] : [top, bottom + 1];
    if (from < 0 || to >= heightOf(spot)) return null;
    const { tr } = state;
    const rows = turned(table.children.slice(from, to + 1), side);
    tr.replaceWith(rowAt(spot, from), rowAt(spot, to + 1), Fragment.from(rows));
    return reselect(tr, state, at, side, 0);
  });

/**
 * Moves the selected rows up, up to the head. A key is pressed again, or by two people at once, sooner than one sees
 * what it did; who wants another head moves the head down, or says so in the menu.
 */
export const moveRowsToHead: Command = (state, dispatch) =>
  spotOf(state)?.top === 1 || moveRows(-1)(state, dispatch);

/** Moves the selected columns to the left (-1) or right (1). */
export const moveColumns = (side: -1 | 1): Command =>
  onTable((spot, state) => {
    const { table, at, left, right } = spot;
    const [from, to] = side < 0 ? [left - 1, right] : [left, right + 1];
    if (from < 0 || to >= widthOf(spot)) return null;
    const { tr } = state;
    for (let row = heightOf(spot) - 1; row >= 0; row -= 1) {
      const cells = turned(table.child(row).children.slice(from, to + 1), side);
      tr.replaceWith(cellAt(spot, row, from), cellAt(spot, row, to + 1), Fragment.from(cells));
    }
    return reselect(tr, state, at, 0, side);
  });

/** The first goes behind the others, or the last before them. */
const turned = (nodes: readonly Node[], side: -1 | 1): Node[] =>
  side < 0 ? [...nodes.slice(1), nodes[0]!] : [nodes.at(-1)!, ...nodes.slice(0, -1)];

/** Selects in the cells that moved what was selected in them. */
function reselect(
  transaction: Transaction,
  { selection }: EditorState,
  at: number,
  down: number,
  right: number,
): Transaction {
  const place = { table: transaction.doc.nodeAt(at)!, at };
  const isCells = selection instanceof CellSelection;
  const moved = ($cell: ResolvedPos) => cellAt(place, $cell.index(-1) + down, $cell.index() + right);
  const [anchor, head] = isCells
    ? [moved(selection.$anchorCell), moved(selection.$headCell)]
    : [selection.$anchor, selection.$head].map(
        ($place) => moved(cellAround($place)!) + 1 + $place.parentOffset,
      );
  const next = isCells
    ? CellSelection.create(transaction.doc, anchor!, head)
    : TextSelection.create(transaction.doc, anchor!, head);
  return transaction.setSelection(next).scrollIntoView();
}

/** How the cells of the selected columns are aligned; null: as their text runs. */
export const alignColumns = (align: Align | null): Command =>
  onTable((spot, { tr }) => {
    for (let row = 0; row < heightOf(spot); row += 1)
      for (let column = spot.left; column <= spot.right; column += 1)
        if (spot.table.child(row).child(column).attrs["align"] !== align)
          tr.setNodeAttribute(cellAt(spot, row, column), "align", align);
    return tr.docChanged ? tr : null;
  });

/** The alignment of all selected columns; undefined where they differ. */
export function alignOf({ table, left, right }: Spot): Align | null | undefined {
  const [first, ...others] = table.firstChild!.children.slice(left, right + 1);
  const align = first?.attrs["align"] as Align | null;
  return others.every((cell) => cell.attrs["align"] === align) ? align : undefined;
}
