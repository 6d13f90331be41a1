import { Plugin, PluginKey, type Command, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { becomesSign, closeTitle, openTitle, takeSign } from "./commands/signs.ts";

/** What was typed last: a sign that became a block, or the quote mark that opened a title, which another will end. */
type Typed = "sign" | "quote" | null;

const key = new PluginKey<Typed>("typed signs");

/**
 * Makes blocks of signs as they are typed. The sign stands in the text before it becomes a block, as a step of its
 * own: undo, and Backspace right behind it, give the sign back as it was typed. Behind the sign of a box, quote marks
 * are those around its title, as the box is written in Markdown.
 */
export function typedSigns(cut: () => void): Plugin<Typed> {
  return new Plugin<Typed>({
    key,
    state: { init: () => null, apply: typedAfter },
    props: {
      handleTextInput: (view, _from, _to, text, write) => {
        const last = text === '"' ? key.getState(view.state) : null;
        if (!last && !becomesSign(view.state, text)) return false;
        view.dispatch(write());
        if (last === "sign") take(view, cut, openTitle, "quote");
        else if (last === "quote") take(view, cut, closeTitle, null);
        else take(view, cut);
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

function take(view: EditorView, cut: () => void, command: Command = takeSign, typed: Typed = "sign"): void {
  cut();
  if (command(view.state, (transaction) => view.dispatch(transaction.setMeta(key, { typed })))) cut();
}

function typedAfter(transaction: Transaction, last: Typed): Typed {
  const root = transaction.getMeta("appendedTransaction") as Transaction | undefined;
  const said = (transaction.getMeta(key) ?? root?.getMeta(key)) as { typed: Typed } | undefined;
  if (said) return said.typed;
  if (last === "quote" && transaction.docChanged) return last;
  return transaction.docChanged || transaction.selectionSet ? null : last;
}

/** Whether the last thing that was done is a block made of a sign. */
export const isSignJustTaken = (state: EditorState): boolean => key.getState(state) === "sign";
