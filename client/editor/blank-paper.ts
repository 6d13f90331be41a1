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

/** The end of the text, before the page's footnotes: the last line, if it is one to go on writing in. */
function endOf({ state }: EditorView) {
  const { doc, schema, tr } = state;
  let index = doc.childCount - 1;
  let end = doc.content.size;
  for (; index > 0 && doc.child(index).type.name === "footnote"; index -= 1) end -= doc.child(index).nodeSize;
  if (!["paragraph", "heading"].includes(doc.child(index).type.name))
    tr.insert(end, schema.nodes["paragraph"]!.create());
  const behind = tr.mapping.map(end);
  return tr.setSelection(Selection.near(tr.doc.resolve(behind), -1)).scrollIntoView();
}
