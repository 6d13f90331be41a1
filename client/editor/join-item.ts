import { joinTextblockForward } from "@tiptap/pm/commands";
import { Slice } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { ReplaceAroundStep } from "@tiptap/pm/transform";

/**
 * Delete at a block's end: the next block's words come up to the caret. Where that leaves an item with nothing but a
 * list in it, the list's items take its place, by a step that keeps their text.
 */
export const joinItemForward: Command = (state, dispatch) =>
  joinTextblockForward(state, dispatch && ((transaction) => dispatch(withoutEmptyItem(transaction))));

function withoutEmptyItem(transaction: Transaction): Transaction {
  const after = transaction.selection.$from.after();
  const list = transaction.doc.nodeAt(after);
  const item = list?.firstChild;
  const inner = item?.firstChild;
  if (item?.type.name !== "listItem" || item.childCount !== 1 || inner?.type !== list?.type)
    return transaction;
  const from = after + 1;
  const to = from + item.nodeSize;
  return transaction.step(new ReplaceAroundStep(from, to, from + 2, to - 2, Slice.empty, 0, true));
}
