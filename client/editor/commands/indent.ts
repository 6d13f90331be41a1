import type { Transaction } from "@tiptap/pm/state";
import { sinkListItem } from "@tiptap/pm/schema-list";
import { command, first, ofLibrary, type Edit } from "./edit.ts";
import { liftOutEdit, outdentItems } from "./lift.ts";
import { depthOf, isItem, reachesCell } from "./where.ts";

/* Tab and Shift-Tab: further in, further out. */

const sink: Edit = (transaction) =>
  ofLibrary(sinkListItem(transaction.doc.type.schema.nodes["listItem"]!))(transaction);

/** Within a list; a container in an item counts as itself. */
const isInItem = ({ selection: { $from } }: Transaction): boolean => depthOf($from, isItem) !== null;

/**
 * Tab: an item goes into the one above it, code is indented. In a list it never goes elsewhere, so that a first item
 * keeps the caret. Does not apply where there is nothing to move in.
 */
export const indent = command((transaction) => {
  if (reachesCell(transaction.selection)) return false;
  if (isInCode(transaction)) return indentCode(transaction);
  return isInItem(transaction) && (sink(transaction) || true);
});

/** Shift-Tab: an item goes one list out, a line one container out, code is outdented. */
export const outdent = command((transaction) => {
  if (reachesCell(transaction.selection)) return false;
  if (isInCode(transaction)) return outdentCode(transaction);
  return first(outdentReached, liftOutEdit)(transaction);
});

const outdentReached: Edit = (transaction) => {
  const { $from } = transaction.selection;
  return $from.depth > 1 && isItem($from.node(-1)) && outdentItems(transaction);
};

const step = "  ";

const isInCode = ({ selection: { $from, $to } }: Transaction): boolean =>
  $from.parent.type.spec.code === true && $from.parent.type.name !== "unknownBlock" && $from.sameParent($to);

/** Where the reached lines of code begin. */
function lineStarts({ selection: { $from, $to } }: Transaction): number[] {
  const text = $from.parent.textContent;
  const start = $from.start();
  const starts = [text.lastIndexOf("\n", $from.parentOffset - 1) + 1];
  if ($from.parentOffset === 0) starts[0] = 0;
  for (
    let at = text.indexOf("\n", starts[0]);
    at >= 0 && at < $to.parentOffset;
    at = text.indexOf("\n", at + 1)
  )
    starts.push(at + 1);
  return starts.map((each) => start + each);
}

function indentCode(transaction: Transaction): true {
  if (transaction.selection.empty) transaction.insertText(step);
  else for (const at of lineStarts(transaction).toReversed()) transaction.insertText(step, at);
  return true;
}

function outdentCode(transaction: Transaction): true {
  const { $from } = transaction.selection;
  const [text, start] = [$from.parent.textContent, $from.start()];
  for (const at of lineStarts(transaction).toReversed()) {
    const blank = /^(?:\t| {1,2})/.exec(text.slice(at - start))?.[0].length ?? 0;
    if (blank > 0) transaction.delete(at, at + blank);
  }
  return true;
}
