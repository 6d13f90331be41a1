import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { isDrawnFor } from "./seat.ts";

/*
 * How a title or an item is drawn depends on what it stands in: a summary in a collapsible, a checkbox in a task list.
 * When only the node around them is replaced, the editor moves what is drawn in it over as it is. Then those that are
 * drawn for another place are drawn again, by a decoration that shows nothing.
 */

const key = new PluginKey<DecorationSet>("settle");
let count = 0;

export function settling(): Plugin {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, set) => {
        const at = transaction.getMeta(key) as readonly Decoration[] | undefined;
        if (at) return DecorationSet.create(transaction.doc, [...at]);
        return transaction.docChanged ? set.map(transaction.mapping, transaction.doc) : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

/** Looks, once the node at this position is drawn, whether what stands first in it is drawn for it. */
export function settleChildren(view: EditorView, getPos: () => number | undefined): void {
  queueMicrotask(() => {
    const position = view.isDestroyed ? undefined : getPos();
    const node = position === undefined ? null : view.state.doc.nodeAt(position);
    if (position === undefined || !node?.firstChild) return;
    const drawn = view.nodeDOM(position + 1);
    if (!(drawn instanceof HTMLElement) || isDrawnFor(drawn, node, 0)) return;
    view.dispatch(view.state.tr.setMeta(key, marksOf(node, position)));
  });
}

function marksOf(node: Node, position: number): Decoration[] {
  count += 1;
  const marks: Decoration[] = [];
  node.forEach((child, offset) => {
    const from = position + 1 + offset;
    marks.push(Decoration.node(from, from + child.nodeSize, {}, { again: count }));
  });
  return marks;
}
