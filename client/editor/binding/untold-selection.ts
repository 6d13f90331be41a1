import { Plugin, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/*
 * The browser tells of a click a moment after it has drawn the caret there. If something is shown in between, what
 * somebody else typed or only their caret, the editor draws the caret where it was before, and the click is lost: what
 * is typed next goes somewhere else. And a key that comes quickly behind a click, or another key, would act where the
 * caret was. So what the browser shows is taken up first, where it is not what the editor drew.
 */

type Drawn = Pick<Selection, "anchorNode" | "anchorOffset" | "focusNode" | "focusOffset">;

/** The browser's selection as it was when each editor had last drawn its own. */
const drawn = new WeakMap<EditorView, Drawn>();

/** Takes up a selection that the browser shows and has not told of yet. */
export function settle(view: EditorView): void {
  const transaction = untold(view, view.state);
  if (transaction) view.dispatch(transaction);
}

/**
 * The same before a key or the clipboard acts, and before anything is shown that changes neither text nor selection:
 * others' carets, highlights, colours. The first of the plugins, to see what was drawn before another of them changes
 * more.
 */
export function untoldSelection(): Plugin {
  let shown: EditorView | null = null;
  return new Plugin({
    view: (view) => {
      shown = view;
      return {
        update: note,
        destroy: () => void (shown = null),
      };
    },
    props: {
      handleDOMEvents: {
        ...Object.fromEntries(["keydown", "paste", "cut", "copy"].map((each) => [each, settleFirst])),
        // Who comes back to the text finds the editor's selection there, not the one that the browser remembers.
        focus: (view) => {
          note(view);
          return false;
        },
      },
    },
    appendTransaction: (transactions, _before, state) => {
      const isTold = transactions.some((each) => each.docChanged || each.selectionSet);
      return shown && !isTold ? untold(shown, state) : null;
    },
  });
}

function settleFirst(view: EditorView): false {
  settle(view);
  return false;
}

function note(view: EditorView): void {
  const selection = view.dom.ownerDocument.getSelection();
  if (!selection) return;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  drawn.set(view, { anchorNode, anchorOffset, focusNode, focusOffset });
}

function untold(view: EditorView, { doc, selection, tr }: EditorState): Transaction | null {
  const shown = view.dom.ownerDocument.getSelection();
  if (!shown?.anchorNode || !shown.focusNode || view.composing || !view.hasFocus()) return null;
  if (!(selection instanceof TextSelection) || !contains(view, shown)) return null;
  if (isAsDrawn(view, shown)) return null;
  const anchor = view.posAtDOM(shown.anchorNode, shown.anchorOffset);
  const head = shown.isCollapsed ? anchor : view.posAtDOM(shown.focusNode, shown.focusOffset);
  if (anchor === selection.anchor && head === selection.head) return null;
  const isText = [anchor, head].every((at) => doc.resolve(at).parent.inlineContent);
  return isText ? tr.setSelection(TextSelection.create(doc, anchor, head)) : null;
}

const contains = ({ dom }: EditorView, { anchorNode, focusNode }: Drawn): boolean =>
  dom.contains(anchorNode) && dom.contains(focusNode);

function isAsDrawn(view: EditorView, shown: Drawn): boolean {
  const then = drawn.get(view);
  return (
    then?.anchorNode === shown.anchorNode &&
    then.anchorOffset === shown.anchorOffset &&
    then.focusNode === shown.focusNode &&
    then.focusOffset === shown.focusOffset
  );
}
