import { liftListItem } from "@tiptap/pm/schema-list";
import type { NodeRange, ResolvedPos } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import { liftTarget } from "@tiptap/pm/transform";
import { isContainer } from "../binding/read-nodes.ts";
import { command, ofLibrary, type Edit } from "./edit.ts";
import { retype } from "./retype.ts";
import { blocksOf, depthOf, isItem, isTitle, rangeAt, reachesCell } from "./where.ts";

/* Out of a container, by steps that keep every word where it stands. */

/** Takes these blocks out of the container that they stand in; what is behind them there stays in one like it. */
export function liftRange(transaction: Transaction, range: NodeRange): boolean {
  const target = liftTarget(range);
  if (target === null) return false;
  transaction.lift(range, target);
  return true;
}

/** Items go one list out; those behind them become their children. At the outermost list they become blocks. */
export const outdentItems: Edit = (transaction) =>
  ofLibrary(liftListItem(transaction.doc.type.schema.nodes["listItem"]!))(transaction);

/** Takes the reached lines one container out: items out of their list, a title as a line of its own. */
export const liftOutEdit: Edit = (transaction) => {
  if (reachesCell(transaction.selection)) return false;
  const range = blocksOf(transaction);
  if (!range || range.depth === 0) return false;
  if (isItem(range.parent) && range.startIndex === 0) return outdentItems(transaction);
  if (isTitle(range.parent.child(range.startIndex))) {
    retype(transaction, range.start, "paragraph");
    return liftRange(transaction, rangeAt(transaction.doc, range.start, range.end));
  }
  return liftRange(transaction, range);
};

/** One container out, for the reached lines. */
export const liftOut = command(liftOutEdit);

/**
 * Takes the container at a depth away and leaves what it holds; its title becomes a paragraph, an empty one goes.
 */
export function unwrapAt(transaction: Transaction, $in: ResolvedPos, depth: number): boolean {
  const node = $in.node(depth);
  const start = $in.start(depth);
  let end = $in.end(depth);
  const title = node.firstChild;
  if (title && isTitle(title)) {
    if (title.content.size === 0 && node.childCount > 1) {
      transaction.delete(start, start + title.nodeSize);
      end -= title.nodeSize;
    } else retype(transaction, start, "paragraph");
  }
  return liftRange(transaction, rangeAt(transaction.doc, start, end));
}

/** Takes the nearest container around the caret away, and leaves what it holds. */
export const unwrap = command((transaction) => {
  const { $from, $to } = transaction.selection;
  const depth = reachesCell(transaction.selection) ? null : depthOf($from, isContainer);
  return depth !== null && $to.pos <= $from.end(depth) && unwrapAt(transaction, $from, depth);
});
