import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";

/** Says what to do on a page that is empty, without a word in the text. */
export function placeholder(hint: string): Plugin {
  return new Plugin({
    props: {
      decorations: ({ doc }) => {
        const only = doc.childCount === 1 ? doc.firstChild : null;
        if (!only || only.type.name !== "paragraph" || only.content.size > 0) return null;
        const shown = Decoration.node(0, only.nodeSize, { class: "empty", "data-placeholder": hint });
        return DecorationSet.create(doc, [shown]);
      },
    },
  });
}
