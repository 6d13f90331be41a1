import { Plugin, Selection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** A click on the empty paper below the text goes on writing there: in the last line, or in a new one. */
export function blankPaper(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        mousedown: (view, event) => {
          if (!view.editable || event.target !== view.dom || !isBelowText(view, event.clientY)) return false;
          event.preventDefault();
          view.dispatch(endOf(view));
          view.focus();
          return true;
        },
      },
    },
  });
}

function isBelowText(view: EditorView, y: number): boolean {
  const last = view.dom.lastElementChild;
  return last !== null && y > last.getBoundingClientRect().bottom;
}

function endOf({ state }: EditorView) {
  const { doc, schema, tr } = state;
  const last = doc.lastChild;
  if (last && !(last.isTextblock && last.inlineContent && !last.type.spec.code)) {
    tr.insert(doc.content.size, schema.nodes["paragraph"]!.create());
  }
  return tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView();
}
