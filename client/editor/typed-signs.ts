import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { becomesSign, takeSign } from "./commands/signs.ts";

const key = new PluginKey<boolean>("typed signs");

/**
 * Makes blocks of signs as they are typed. The sign stands in the text before it becomes a block, as a step of its
 * own: undo, and Backspace right behind it, give the sign back as it was typed.
 */
export function typedSigns(cut: () => void): Plugin<boolean> {
  return new Plugin<boolean>({
    key,
    state: { init: () => false, apply: isFreshAfter },
    props: {
      handleTextInput: (view, _from, _to, text, write) => {
        if (!becomesSign(view.state, text)) return false;
        view.dispatch(write());
        take(view, cut);
        return true;
      },
      handleDOMEvents: {
        compositionend: (view) => {
          // What was composed is in the text only after the event.
          setTimeout(() => !view.isDestroyed && !view.composing && take(view, cut));
          return false;
        },
      },
    },
  });
}

function take(view: EditorView, cut: () => void): void {
  cut();
  if (takeSign(view.state, (transaction) => view.dispatch(transaction.setMeta(key, true)))) cut();
}

function isFreshAfter(transaction: Transaction, wasFresh: boolean): boolean {
  if (transaction.getMeta(key) === true) return true;
  if (transaction.getMeta("appendedTransaction")?.getMeta(key) === true) return true;
  return wasFresh && !transaction.docChanged && !transaction.selectionSet;
}

/** Whether the last thing that was done is a block made of a sign. */
export const isSignJustTaken = (state: EditorState): boolean => key.getState(state) === true;
