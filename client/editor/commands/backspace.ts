import type { ResolvedPos } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import { deleteAcross } from "./across.ts";
import { deleteWithEmpty } from "./delete-block.ts";
import { command, first, select, selectNode } from "./edit.ts";
import { deleteEmptyFootnote } from "./footnotes.ts";
import { goTo, joinLines, neighbour } from "./join.ts";
import { liftOutEdit } from "./lift.ts";
import { retype, uncode } from "./retype.ts";
import { caretOf, isAtEnd, isAtStart, isThing } from "./where.ts";

/**
 * Backspace at a line's start makes it plainer, one step at a time: a heading becomes text, an item goes one list
 * out, a container's first line leaves it; only then its words join what stands above. A thing is selected first.
 */
export const backspace = command((transaction) => {
  if (deleteAcross(transaction)) return true;
  const $at = caretOf(transaction);
  if (!$at || !isAtStart($at)) return false;
  return first(deleteEmptyFootnote, plainerLine, liftFirst, joinAbove)(transaction);
});

/** Delete at a line's end: the next line's words come up to the caret. A thing is selected first. */
export const deleteForward = command((transaction) => {
  if (deleteAcross(transaction)) return true;
  const $at = caretOf(transaction);
  if (!$at || !isAtEnd($at)) return false;
  const below = neighbour($at, 1);
  if (!below || below.node.type.name === "tableCell") return false;
  const own = { node: $at.parent, position: $at.before() };
  if (!isThing(below.node) && joinLines(transaction, own, below)) return true;
  if (isEmptyLine($at)) return deleteLine(transaction, $at, 1);
  return goTo(transaction, below, 1);
});

function plainerLine(transaction: Transaction): boolean {
  const $at = transaction.selection.$from;
  const position = $at.before();
  const { parent } = $at;
  switch (parent.type.name) {
    case "heading":
      retype(transaction, position, "paragraph");
      return true;
    case "codeBlock":
      uncode(transaction, position);
      return select(transaction, position + 1);
    case "figure":
      return selectNode(transaction, position);
    case "rawBlock":
    case "properties":
      // Source is nothing to write on in as text: an empty one goes, another stays what it is.
      if (parent.content.size === 0) retype(transaction, position, "paragraph");
      return true;
    case "unknownBlock":
      return true;
    case "title":
      if (parent.content.size > 0 || $at.node(-1).childCount === 1)
        retype(transaction, position, "paragraph");
      else transaction.delete(position, position + parent.nodeSize);
      return true;
    default:
      return false;
  }
}

function liftFirst(transaction: Transaction): boolean {
  const { $from } = transaction.selection;
  return $from.depth > 1 && $from.index(-1) === 0 && liftOutEdit(transaction);
}

function joinAbove(transaction: Transaction): boolean {
  const $at = transaction.selection.$from;
  const above = neighbour($at, -1);
  if (!above) return false;
  const own = { node: $at.parent, position: $at.before() };
  if (!isThing(above.node) && joinLines(transaction, above, own)) return true;
  if (isEmptyLine($at)) return deleteLine(transaction, $at, -1);
  return goTo(transaction, above, -1);
}

const isEmptyLine = ($at: ResolvedPos): boolean =>
  $at.parent.content.size === 0 && ["paragraph", "heading"].includes($at.parent.type.name);

/** An empty line beside something that takes no words: the line goes, and the thing is selected. */
function deleteLine(transaction: Transaction, $at: ResolvedPos, side: -1 | 1): boolean {
  const found = neighbour($at, side);
  if (!found) return false;
  deleteWithEmpty(transaction, $at.before(), $at.after());
  const position = transaction.mapping.map(found.position);
  return goTo(transaction, { node: found.node, position }, side);
}
