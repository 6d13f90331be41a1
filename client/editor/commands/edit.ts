import { EditorState, NodeSelection, TextSelection } from "@tiptap/pm/state";
import type { Command, Transaction } from "@tiptap/pm/state";

/**
 * One thing that hands do to a text, as steps on a transaction. False where it does not apply; then the
 * transaction is as it was. Edits are made of smaller edits; a command is one of them, offered to an editor.
 */
export type Edit = (transaction: Transaction) => boolean;

/** The command that does this, as ProseMirror's keymaps and views call it. */
export const command =
  (edit: Edit): Command =>
  (state, dispatch) => {
    const transaction = state.tr;
    if (!edit(transaction)) return false;
    dispatch?.(transaction.scrollIntoView());
    return true;
  };

/** The first of these that applies. */
export const first =
  (...edits: readonly Edit[]): Edit =>
  (transaction) =>
    edits.some((edit) => edit(transaction));

/** A library's command as an edit: it goes on from what the transaction has done so far. */
export const ofLibrary =
  (made: Command): Edit =>
  (transaction) => {
    const { doc, selection } = transaction;
    const state = EditorState.create({ doc, selection });
    return made(state, (own) => {
      for (const step of own.steps) transaction.step(step);
      const { anchor, head } = own.selection;
      if (own.selection instanceof TextSelection) select(transaction, anchor, head);
      else if (own.selection instanceof NodeSelection) selectNode(transaction, anchor);
    });
  };

/** Puts the caret at a place in a line, or selects from there to another. */
export function select(transaction: Transaction, anchor: number, head = anchor): true {
  const { doc } = transaction;
  transaction.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head)));
  return true;
}

/** Selects the node that begins here as a whole. */
export function selectNode(transaction: Transaction, position: number): true {
  transaction.setSelection(NodeSelection.create(transaction.doc, position));
  return true;
}
