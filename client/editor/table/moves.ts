import { GapCursor } from "@tiptap/pm/gapcursor";
import { Selection, TextSelection, type Command } from "@tiptap/pm/state";
import { addedRow } from "./commands.ts";
import { enterCell, heightOf, spotOf, widthOf } from "./grid.ts";

/* How the caret goes through a table, and out of it. */

/** To the next cell (1) or the one before (-1). Behind the last cell stands a new row; before the first, nothing. */
export const nextCell =
  (side: -1 | 1): Command =>
  (state, dispatch) => {
    const spot = spotOf(state);
    if (!spot) return false;
    const width = widthOf(spot);
    const to = (side < 0 ? spot.top * width + spot.left : spot.bottom * width + spot.right) + side;
    const [row, column] = [Math.floor(to / width), to % width];
    const transaction =
      row < heightOf(spot)
        ? to >= 0 && enterCell(state.tr, spot.at, row, column, Infinity)
        : addedRow(state, spot, row, 0);
    if (transaction) dispatch?.(transaction);
    return true;
  };

/** To the cell below; from the last row to a new line behind the table. */
export const cellBelow: Command = (state, dispatch) => {
  const spot = spotOf(state);
  if (!spot) return false;
  if (spot.bottom + 1 < heightOf(spot))
    dispatch?.(enterCell(state.tr, spot.at, spot.bottom + 1, spot.left, Infinity));
  else {
    const behind = spot.at + spot.table.nodeSize;
    const transaction = state.tr.insert(behind, state.schema.nodes["paragraph"]!.create());
    const caret = TextSelection.create(transaction.doc, behind + 1);
    dispatch?.(transaction.setSelection(caret).scrollIntoView());
  }
  return true;
};

/** Selects what a cell holds, where that is not selected yet. */
export const selectCell: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const spot = spotOf(state);
  if (!spot || !$from.sameParent($to) || $from.parent.content.size === 0) return false;
  if ($from.parentOffset === 0 && $to.parentOffset === $to.parent.content.size) return false;
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.start(), $from.end())));
  return true;
};

/** Up from the first row, or down from the last, where nothing else stands there: to the edge of the table. */
export const leaveTable =
  (side: -1 | 1): Command =>
  (state, dispatch, view) => {
    const spot = spotOf(state);
    const isEdge = spot && (side < 0 ? spot.top === 0 : spot.bottom === heightOf(spot) - 1);
    if (!isEdge || !state.selection.empty || !view?.endOfTextblock(side < 0 ? "up" : "down")) return false;
    const $edge = state.doc.resolve(side < 0 ? spot.at : spot.at + spot.table.nodeSize);
    const next = Selection.findFrom($edge, side) ?? new GapCursor($edge);
    dispatch?.(state.tr.setSelection(next).scrollIntoView());
    return true;
  };

/** Whether deleting backwards (-1) or forwards (1) would reach out of the cell that the caret is in. */
export const isAtCellEdge =
  (side: -1 | 1): Command =>
  ({ selection }) => {
    const { $head, empty } = selection;
    if (!empty || $head.parent.type.name !== "tableCell") return false;
    return $head.parentOffset === (side < 0 ? 0 : $head.parent.content.size);
  };
