import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { isShown, seenOf, showTab, tabNamedBy } from "./tabs.ts";

/*
 * Parts of a page can be hidden on this screen: behind a summary, or behind another tab. Whatever leads to a place in
 * them shows it: the caret, a thread, a link.
 */

/** Opens all that hides a place. */
export function reveal(view: EditorView, position: number): void {
  for (const hiding of hidingAt(view, position)) {
    if (hiding instanceof HTMLDetailsElement) hiding.open = true;
    else showTab(hiding);
  }
}

/** What is seen in place of a place that is hidden: the outermost summary or tab's name; null where it is seen. */
export function standInFor(view: EditorView, position: number): Element | null {
  const outermost = hidingAt(view, position).at(-1);
  if (!outermost) return null;
  return outermost instanceof HTMLDetailsElement ? outermost.querySelector("summary") : seenOf(outermost);
}

function hidingAt(view: EditorView, position: number): Element[] {
  if (!mayHide(view, position)) return [];
  const { node } = view.domAtPos(position);
  const hiding: Element[] = [];
  let inner: Node = node;
  for (let each = node.parentNode; each && inner !== view.dom; inner = each, each = each.parentNode) {
    if (each instanceof HTMLDetailsElement) {
      if (!each.open && inner.nodeName !== "SUMMARY") hiding.push(each);
    } else if (each instanceof Element && each.matches(".tab:not(.active)")) hiding.push(each);
  }
  return hiding;
}

const hiders = new Set(["collapsible", "tab", "properties"]);

/** Whether anything around a place can hide it: most places are not looked for on the screen at all. */
function mayHide({ state }: EditorView, position: number): boolean {
  const place = state.doc.resolve(Math.min(position, state.doc.content.size));
  for (let depth = place.depth; depth > 0; depth -= 1)
    if (hiders.has(place.node(depth).type.name)) return true;
  return false;
}

/** Shows where the caret is, and the tabs that are clicked. */
export function revealing(): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        click: (view, event) => {
          const tab = event.target instanceof Element ? tabNamedBy(event.target) : null;
          if (tab && view.dom.contains(tab) && !isShown(tab)) showTab(tab);
          return false;
        },
        keydown: (view, event) => {
          if (event.key !== "Enter" && event.key !== " ") return false;
          const tab = event.target instanceof Element ? tabNamedBy(event.target) : null;
          if (!tab || view.editable) return false;
          event.preventDefault();
          showTab(tab);
          return true;
        },
      },
    },
    view: () => ({
      update: (view, before) => {
        const { selection, doc } = view.state;
        const isSame = selection.eq(before.selection) && doc.eq(before.doc);
        if (isSame || !view.hasFocus() || hidingAt(view, selection.head).length === 0) return;
        reveal(view, selection.head);
        // The browser holds no caret in what is not seen: it has put it elsewhere by now.
        view.focus();
      },
    }),
  });
}
