import { Fragment, Slice, type ResolvedPos } from "@tiptap/pm/model";
import { TextSelection, type Command, type Transaction } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import { ReplaceAroundStep } from "@tiptap/pm/transform";
import { command, select, type Edit } from "./edit.ts";
import { isTable } from "../binding/tokens.ts";
import { isAtEnd, isAtStart, isItem, isList, isProse, reachesCell } from "./where.ts";

/* From one line into another: what stands between goes, and the two lines become one. */

/**
 * Deletes what stands between two places in two lines: what is left of the second line comes up to the first. What
 * else stands in the second one's containers stays in them; what they leave empty goes.
 */
export function joinAcross(transaction: Transaction, $from: ResolvedPos, $to: ResolvedPos): void {
  const common = $from.sharedDepth($to.pos);
  let depth = $to.depth;
  while (depth > common + 1 && isLastOf($to, depth - 1)) depth -= 1;
  let [left, right] = [Fragment.empty, Fragment.empty];
  for (let n = $from.depth; n > common; n -= 1) left = Fragment.from($from.node(n).copy(left));
  for (let n = depth - 1; n > common; n -= 1) right = Fragment.from($to.node(n).copy(right));
  const slice = new Slice(left.append(right), $from.depth - common, depth - 1 - common);
  if ($from.parent.type.spec.code) transaction.removeMark($to.pos, $to.end());
  transaction.step(new ReplaceAroundStep($from.pos, $to.after(depth), $to.pos, $to.end(), slice, 0));
  const seam = transaction.doc.resolve($from.pos);
  unstack(transaction, seam.after(common + 1));
}

const isLastOf = ($at: ResolvedPos, depth: number): boolean =>
  $at.index(depth) === $at.node(depth).childCount - 1;

/** Where items within the box that begins here have lost their line and hold but a list, its items take their place. */
function unstack(transaction: Transaction, position: number): void {
  const box = transaction.doc.nodeAt(position);
  const [item, list] = [box?.firstChild, box?.firstChild?.firstChild];
  if (!box || !item || box.isTextblock) return;
  if (!isItem(item) || item.childCount > 1 || list?.type !== box.type)
    return unstack(transaction, position + 1);
  const [from, to] = [position + 1, position + 1 + item.nodeSize];
  transaction.step(new ReplaceAroundStep(from, to, from + 2, to - 2, Slice.empty, 0, true));
  unstack(transaction, position);
}

/** Whether two lines are of one list: then the second item's children come along to the first. */
const areItems = ($from: ResolvedPos, $to: ResolvedPos): boolean =>
  isList($from.node($from.sharedDepth($to.pos)));

/**
 * What of a selection is meant where it ends right behind a table, or begins right before one: it reaches to the line
 * there since no selection of text ends with a table. The line itself stays as it is. Null where there is no such table.
 */
function upToTables($from: ResolvedPos, $to: ResolvedPos): { from: number; to: number } | null {
  const [before, behind] = [depthOfEdge($from, 1), depthOfEdge($to, -1)];
  const first = before === null ? null : $from.node(before - 1).maybeChild($from.indexAfter(before - 1));
  const last = behind === null ? null : $to.node(behind - 1).maybeChild($to.index(behind - 1) - 1);
  const from = before !== null && first && isTable(first) ? $from.after(before) : $from.pos;
  const to = behind !== null && last && isTable(last) ? $to.before(behind) : $to.pos;
  return (from === $from.pos && to === $to.pos) || from >= to ? null : { from, to };
}

/** The outermost depth at whose end, or start, a place is; null where its line goes on on that side. */
function depthOfEdge($at: ResolvedPos, side: -1 | 1): number | null {
  if (side < 0 ? !isAtStart($at) : !isAtEnd($at)) return null;
  let { depth } = $at;
  const isEdge = (n: number) => (side < 0 ? $at.index(n) === 0 : isLastOf($at, n));
  while (depth > 1 && isEdge(depth - 1)) depth -= 1;
  return depth;
}

/** A selection from one line into another goes, and what is left of the two is one line, with the caret in it. */
export const deleteAcross: Edit = (transaction) => {
  const { selection } = transaction;
  const { $from, $to } = selection;
  if (!(selection instanceof TextSelection) || $from.sameParent($to) || reachesCell(selection)) return false;
  const meant = upToTables($from, $to);
  if (meant) {
    transaction.delete(meant.from, meant.to);
    return select(transaction, meant.from === $from.pos ? $from.pos : transaction.mapping.map($to.pos));
  }
  if (!isProse($from.parent) || !isProse($to.parent) || areItems($from, $to)) return false;
  joinAcross(transaction, $from, $to);
  return select(transaction, $from.pos);
};

/** What is typed over selected lines stands where they began; over selected cells, in the first that was selected. */
export const typeOver = (text: string): Command =>
  command((transaction) => {
    const { selection } = transaction;
    const marks = transaction.storedMarks ?? selection.$from.marksAcross(selection.$to) ?? [];
    if (selection instanceof CellSelection) {
      const { $anchorCell } = selection;
      transaction.deleteSelection();
      select(transaction, transaction.mapping.map($anchorCell.pos) + 1);
    } else if (!deleteAcross(transaction)) return false;
    transaction.replaceSelectionWith(transaction.doc.type.schema.text(text, marks), false);
    return true;
  });
