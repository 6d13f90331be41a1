import type { Node } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";
import type { EditorView, NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn } from "./furniture.ts";
import { kindButton, showKind, type Boxes } from "./kind-button.ts";
import { isTitled } from "./seat.ts";
import { settleChildren } from "./settle.ts";
import { marker } from "./title-view.ts";

/**
 * What is opened to be read. Whether it is open is this screen's alone and never written: the page only says how it
 * is shown at first.
 */
export function collapsibleView(boxes: Boxes): NodeViewConstructor {
  return (first, view, getPos) => {
    const details = element("details");
    const hasTitle = isTitled(first);
    const contentDOM = hasTitle ? details : element("div", { class: "collapsible-body" });
    if (!hasTitle) {
      const kind = element("span", { class: "kind" });
      details.append(element("summary", furniture, marker(), kind), contentDOM);
    }
    details.open = first.attrs["open"] === true;
    // Beside the summary, not in it: a button in what is pressed itself is lost to screen readers.
    const button = kindButton(boxes, view, () => getPos() ?? null);
    const dom = element("div", { class: "collapsible" }, details, element("div", furniture, button));
    const show = (node: Node): void => {
      const kind = String(node.attrs["type"] ?? "note");
      dom.dataset["type"] = kind;
      showKind(button, boxes.say, kind);
      showKind(details.querySelector<HTMLElement>(":scope > summary > .kind"), boxes.say, kind);
    };
    show(first);
    details.addEventListener("click", (event) => clicked(event, details, view, getPos));
    settleChildren(view, getPos);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== first.type || isTitled(node) !== hasTitle) return false;
        show(node);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}

/** Who reads opens it with a click anywhere in its title; who writes at the marker, as the title is text. */
function clicked(
  event: MouseEvent,
  details: HTMLDetailsElement,
  view: EditorView,
  getPos: () => number | undefined,
): void {
  const target = event.target instanceof Element ? event.target : null;
  const summary = target?.closest("summary");
  if (!target || !summary || summary.parentElement !== details || !view.editable) return;
  event.preventDefault();
  const isPressed = event.detail === 0;
  if (!isPressed && !target.closest(".marker") && !isForFurniture(event)) return;
  toggle(details, view, getPos() ?? null);
}

/** Opens or closes; a caret that would be hidden goes to the title. */
export function toggle(details: HTMLDetailsElement, view: EditorView, position: number | null): void {
  details.open = !details.open;
  const node = position === null ? null : view.state.doc.nodeAt(position);
  if (details.open || position === null || !node) return;
  const { from, to } = view.state.selection;
  const begin = position + 1 + (isTitled(node) ? node.firstChild!.nodeSize : 0);
  if (to < begin || from > position + node.nodeSize) return;
  const { tr, doc } = view.state;
  const [seat, bias] = isTitled(node) ? [begin - 1, -1] : [position + node.nodeSize, 1];
  view.dispatch(tr.setSelection(Selection.near(doc.resolve(seat), bias)));
}
