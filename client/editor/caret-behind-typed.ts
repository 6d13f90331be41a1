import { Plugin, TextSelection } from "@tiptap/pm/state";

/**
 * A character that is typed into an empty line stands in it a moment before the browser moves its caret behind it. Who
 * reads the two in that moment, on a busy machine, has the caret before the character, and what is typed next comes
 * out in reverse. So the caret goes behind what was typed, wherever the browser says that it is.
 */
export function caretBehindTyped(): Plugin {
  return new Plugin({
    props: {
      handleTextInput: (view, from, to, text, asRead) => {
        const transaction = asRead();
        const { empty, head } = transaction.selection;
        if (view.composing || from !== to || !empty || head !== from) return false;
        const caret = TextSelection.create(transaction.doc, from + text.length);
        view.dispatch(transaction.setSelection(caret).scrollIntoView());
        return true;
      },
    },
  });
}
