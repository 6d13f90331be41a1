import { Plugin, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/*
 * The browser tells of a click a moment after it has drawn the caret there. If something is shown in between, what
 * somebody else typed or only their caret, the editor draws the caret where it was before, and the click is lost: what
 * is typed next goes somewhere else. So what the browser shows is taken up first.
 */

/** Takes up a selection that the browser shows and has not told of yet. */
export function settle(view: EditorView): void {
  const transaction = untold(view, view.state);
  if (transaction) view.dispatch(transaction);
}

/** The same before anything is shown that changes neither text nor selection: others' carets, highlights, colours. */
export function untoldSelection(): Plugin {
  let shown: EditorView | null = null;
  return new Plugin({
    view: (view) => {
      shown = view;
      return { destroy: () => void (shown = null) };
    },
    appendTransaction: (transactions, _before, state) => {
      const isTold = transactions.some((each) => each.docChanged || each.selectionSet);
      return shown && !isTold ? untold(shown, state) : null;
    },
  });
}

function untold(view: EditorView, { doc, selection, tr }: EditorState): Transaction | null {
  const shown = view.dom.ownerDocument.getSelection();
  if (!shown?.anchorNode || !shown.focusNode || view.composing || !view.hasFocus()) return null;
  if (!(selection instanceof TextSelection) || !view.dom.contains(shown.anchorNode)) return null;
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset);
  const head = shown.isCollapsed ? anchor : view.posAtDOM(shown.focusNode, shown.focusOffset);
  if (anchor === selection.anchor && head === selection.head) return null;
  const isText = [anchor, head].every((at) => doc.resolve(at).parent.inlineContent);
  return isText ? tr.setSelection(TextSelection.create(doc, anchor, head)) : null;
}
