import type { Node, ResolvedPos } from "@tiptap/pm/model";
import { NodeSelection, type Transaction } from "@tiptap/pm/state";
import { deleteAcross } from "./across.ts";
import { command, first, select, type Edit } from "./edit.ts";
import { liftRange, outdentItems } from "./lift.ts";
import { blocksOf, isAtEnd, isAtStart, isItem, isTitleOf, reachesCell } from "./where.ts";

/*
 * Enter. What is selected goes first. An empty line at a container's end leaves the container; elsewhere the line
 * is split, and what begins behind a heading, a title or a caption is text again. The words keep their block's id.
 */

const enterEdit: Edit = (transaction) => {
  const { selection } = transaction;
  // Lines of tables are not split; what Enter does there is the table's matter.
  if (reachesCell(selection)) return true;
  if (selection instanceof NodeSelection && selection.node.isBlock)
    return newLineAt(transaction, selection.to);
  if (!selection.empty && !deleteAcross(transaction)) transaction.deleteSelection();
  const { $from } = transaction.selection;
  return $from.parent.isTextblock && first(inSource, leaveEmptyLine, splitLine)(transaction);
};

/** Enter. */
export const enter = command(enterEdit);

const paragraphOf = (transaction: Transaction) => transaction.doc.type.schema.nodes["paragraph"]!;

/** A new line of text between two blocks, with the caret in it. */
export function newLineAt(transaction: Transaction, position: number): true {
  transaction.insert(position, paragraphOf(transaction).create());
  return select(transaction, position + 1);
}

function inSource(transaction: Transaction): boolean {
  const { $from } = transaction.selection;
  const { parent } = $from;
  if (!parent.type.spec.code) return false;
  if (parent.type.name === "unknownBlock") return true;
  if (!isAtEnd($from) || !parent.textContent.endsWith("\n\n")) {
    transaction.insertText("\n");
    return true;
  }
  // The third in a row: two empty lines at the end of source are meant as its end.
  transaction.delete($from.pos - 2, $from.pos);
  return newLineAt(transaction, transaction.selection.$from.after());
}

/** An empty line: an item's own goes one list out, another at a container's end leaves the container. */
function leaveEmptyLine(transaction: Transaction): boolean {
  const { $from } = transaction.selection;
  const isLine = ["paragraph", "heading"].includes($from.parent.type.name);
  if (!isLine || $from.parent.content.size > 0 || $from.depth < 2) return false;
  const around = $from.node(-1);
  const isLast = $from.index(-1) === around.childCount - 1;
  if (isItem(around)) return isLast && leaveItem(transaction, $from);
  const range = blocksOf(transaction);
  const mayLeave = isLast || around.type.name === "blockquote";
  return mayLeave && range !== null && liftRange(transaction, range);
}

function leaveItem(transaction: Transaction, $from: ResolvedPos): boolean {
  if ($from.index(-1) === 0) return outdentItems(transaction);
  transaction.split($from.before(), 1, [newItem($from.node(-1))]);
  return true;
}

const newItem = (item: Node) => ({
  type: item.type,
  attrs: { ...item.attrs, cid: null, checked: null, start: null },
});

function splitLine(transaction: Transaction): boolean {
  const { $from } = transaction.selection;
  if (isTitleOf($from)) return leaveTitle(transaction, $from);
  if ($from.parent.type.name === "figure") return splitCaption(transaction, $from);
  if (isItem($from.node(-1)) && $from.index(-1) === 0) return splitItem(transaction, $from);
  const isBefore = isAtStart($from) && !isAtEnd($from);
  if (isBefore && $from.parent.type.name !== "paragraph") {
    transaction.insert($from.before(), paragraphOf(transaction).create());
    return true;
  }
  transaction.split($from.pos, 1, [secondHalf(transaction, $from)]);
  return true;
}

/** What stands behind the caret is the same kind of block; behind its end, text. */
function secondHalf(transaction: Transaction, $from: ResolvedPos) {
  const { type, attrs } = $from.parent;
  return isAtEnd($from) || type.name === "title" ? { type: paragraphOf(transaction) } : { type, attrs };
}

/** Behind a title is the first line of what it is the title of; before it is a line above all that. */
function leaveTitle(transaction: Transaction, $from: ResolvedPos): boolean {
  const container = $from.node(-1);
  const isBefore = isAtStart($from) && !isAtEnd($from);
  if (isBefore && container.type.name !== "tab") {
    transaction.insert($from.before(-1), paragraphOf(transaction).create());
    return true;
  }
  const next = container.maybeChild(1);
  if (isAtEnd($from) && next?.type.name === "paragraph") return select(transaction, $from.after() + 1);
  // Words that all go down stay the block that they are.
  const attrs = isBefore ? { id: $from.parent.attrs["id"] as unknown } : {};
  transaction.split($from.pos, 1, [{ type: paragraphOf(transaction), attrs }]);
  return true;
}

function splitCaption(transaction: Transaction, $from: ResolvedPos): boolean {
  transaction.split($from.pos, 1, [{ type: paragraphOf(transaction) }]);
  return true;
}

/** An item's own line: what is behind the caret, and the item's children, are a new item, not ticked. */
function splitItem(transaction: Transaction, $from: ResolvedPos): boolean {
  const item = $from.node(-1);
  const isBefore = isAtStart($from) && !isAtEnd($from);
  const { type, attrs } = $from.parent;
  const line = isBefore ? { type, attrs } : secondHalf(transaction, $from);
  const start = $from.before(-1);
  // At the line's start the words stay the item that they are, and the empty one above is new.
  const second = isBefore ? { type: item.type, attrs: { ...item.attrs, start: null } } : newItem(item);
  transaction.split($from.pos, 2, [second, line]);
  if (!isBefore) return true;
  transaction.setNodeMarkup(start, null, { ...item.attrs, cid: null, checked: null });
  transaction.setNodeMarkup(start + 1, paragraphOf(transaction), {});
  return true;
}

/** A new line within the block: a character of source, else a break. */
export const breakLine = command((transaction) => {
  const { $from, $to } = transaction.selection;
  if (!$from.parent.inlineContent || !$from.sameParent($to)) return false;
  if ($from.parent.type.spec.code) transaction.insertText("\n");
  else transaction.replaceSelectionWith($from.doc.type.schema.nodes["hardBreak"]!.create());
  return true;
});
