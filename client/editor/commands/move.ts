import { Fragment, type Node, type NodeRange, type ResolvedPos } from "@tiptap/pm/model";
import { Selection, type Command, type Transaction } from "@tiptap/pm/state";
import { liftTarget } from "@tiptap/pm/transform";
import { isContainer, isGroup } from "../binding/read-nodes.ts";
import { deleteWithEmpty, moveSelection } from "./delete-block.ts";
import { command } from "./edit.ts";
import { liftRange, outdentItems } from "./lift.ts";
import { isItem, isList, isTitle, mayHaveTitle, outside, rangeAt, reachesCell, unitOf } from "./where.ts";

/*
 * Blocks change places. A text has no step for that: one of the two is taken out and put back on the other side,
 * and what somebody types into it meanwhile stays behind. So the smaller of the two moves, and ids are kept.
 */

/** The block, or the item with its children, goes above what stands before it; out of its container at the edge. */
export const moveBlockUp: Command = command((transaction) => moveEdit(transaction, -1));
/** The same, below what stands behind it. */
export const moveBlockDown: Command = command((transaction) => moveEdit(transaction, 1));

function moveEdit(transaction: Transaction, side: -1 | 1): boolean {
  const range = reachesCell(transaction.selection) ? null : unitOf(transaction);
  if (!range) return false;
  // A first or last block has nowhere to go: the key is taken all the same.
  return moveRange(transaction, range, side) || true;
}

function moveRange(transaction: Transaction, range: NodeRange, side: -1 | 1): boolean {
  const { parent, startIndex, endIndex } = range;
  const beside = parent.maybeChild(side < 0 ? startIndex - 1 : endIndex);
  if (side < 0 && startIndex === 1 && isTitle(beside) && mayHaveTitle(parent))
    return moveOutAboveTitle(transaction, range, beside!);
  if (beside) return swap(transaction, range, beside, side);
  if (range.depth === 0) return false;
  return isGroup(parent) ? moveOutOfGroup(transaction, range, side) : liftRange(transaction, range);
}

function swap(transaction: Transaction, { start, end }: NodeRange, beside: Node, side: -1 | 1): true {
  const { anchor, head } = transaction.selection;
  const [from, seam, to] =
    side < 0 ? [start - beside.nodeSize, start, end] : [start, end, end + beside.nodeSize];
  const isFirstSmaller = seam - from <= to - seam;
  const moved = nodesBetween(transaction.doc, isFirstSmaller ? from : seam, isFirstSmaller ? seam : to);
  if (isFirstSmaller) transaction.insert(to, moved).delete(from, seam);
  else transaction.delete(seam, to).insert(from, moved);
  return moveSelection(transaction, anchor, head, side * beside.nodeSize);
}

/** What stands below a title is moved out above the box: above the title in it, the title would be its title no more. */
function moveOutAboveTitle(transaction: Transaction, range: NodeRange, title: Node): boolean {
  if (liftTarget(range) === null) return false;
  const [start, end] = [range.start - title.nodeSize, range.end - title.nodeSize];
  swap(transaction, range, title, -1);
  return liftRange(transaction, rangeAt(transaction.doc, start, end));
}

function nodesBetween(doc: Node, from: number, to: number): Node[] {
  const range = rangeAt(doc, from, to);
  return range.parent.children.slice(range.startIndex, range.endIndex);
}

/** Items, and tabs, at the edge of theirs go past what stands beside it, as a list of their own. */
function moveOutOfGroup(transaction: Transaction, range: NodeRange, side: -1 | 1): boolean {
  const around = outside(range, () => true);
  if (!around || !isList(range.parent)) return false;
  if (isItem(around.parent)) return side > 0 && isLastChild(around) && outdentItems(transaction);
  const beside = around.parent.maybeChild(side < 0 ? around.startIndex - 1 : around.endIndex);
  if (!beside && around.depth === 0) return false;
  const isAll = range.startIndex === 0 && range.endIndex === range.parent.childCount;
  if (!isAll) transaction.split(side < 0 ? range.end : range.start, 1);
  const start = side < 0 || isAll ? around.start : range.start + 1;
  const list = transaction.doc.nodeAt(start)!;
  return moveRange(transaction, rangeAt(transaction.doc, start, start + list.nodeSize), side);
}

const isLastChild = ({ parent, endIndex }: NodeRange): boolean => endIndex === parent.childCount;

/**
 * The nodes from one place to another, siblings, go to a third place between blocks: among items as items, out of
 * a list as a list. Does not apply where the third place is in them, or takes no such nodes.
 */
export const moveTo = (from: number, to: number, target: number): Command =>
  command((transaction) => {
    const range = rangeAt(transaction.doc, from, to);
    const nodes = nodesBetween(transaction.doc, from, to);
    const fitting =
      target >= from && target <= to ? null : fitted(nodes, range, transaction.doc.resolve(target));
    if (!fitting) return false;
    transaction.insert(target, fitting);
    const inserted = transaction.steps.length;
    const by = target < from ? fitting.reduce((size, node) => size + node.nodeSize, 0) : 0;
    deleteWithEmpty(transaction, from + by, to + by);
    const start = transaction.mapping.slice(inserted).map(target);
    transaction.setSelection(Selection.near(transaction.doc.resolve(start)));
    return true;
  });

/** The nodes as they can stand there: in a list of their own, or as items. */
function fitted(nodes: readonly Node[], { parent }: NodeRange, $target: ResolvedPos): readonly Node[] | null {
  const place = $target.parent;
  const { listItem } = place.type.schema.nodes;
  if (isGroup(place)) {
    if (isGroup(parent)) return isList(place) === isList(parent) ? nodes : null;
    return isList(place) ? nodes.map((node) => listItem!.create(null, node)) : null;
  }
  if (!isContainer(place) && place.type.name !== "doc") return null;
  return isGroup(parent) ? [parent.copy(Fragment.from(nodes))] : nodes;
}

/**
 * The place between blocks that is meant before, or behind, the line or thing at a position: an item's own line means
 * its item, and what is before a title is before what it is the title of.
 */
export function placeBeside(doc: Node, position: number, side: -1 | 1): number {
  const $at = doc.resolve(position);
  const isLine = $at.parent.isTextblock;
  let depth = isLine ? $at.depth : $at.depth + 1;
  const isFirstOf = () => $at.index(depth - 1) === 0;
  const isOwn = isLine && depth > 1 && isFirstOf();
  if (isOwn && (isItem($at.node(depth - 1)) || (side < 0 && isTitle($at.parent)))) depth -= 1;
  if (!isLine && depth > $at.depth) return side < 0 ? position : position + ($at.nodeAfter?.nodeSize ?? 0);
  return side < 0 ? $at.before(depth) : $at.after(depth);
}
