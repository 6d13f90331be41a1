import type { Node } from "@tiptap/pm/model";
import type { EditorView, NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn, type Say } from "./furniture.ts";
import { seatOf } from "./seat.ts";
import { settleChildren } from "./settle.ts";

/** An item; in a list of tasks with the box that says whether it is done. */
export function itemView(say: Say): NodeViewConstructor {
  return (first, view, getPos) => {
    const isTask = seatAt(first, view, getPos) === "task";
    const drawn = isTask ? task(say, view, getPos) : plain();
    drawn.show(first);
    return {
      dom: drawn.dom,
      contentDOM: drawn.contentDOM,
      update: (node) => {
        if (node.type !== first.type || (seatAt(node, view, getPos) === "task") !== isTask) return false;
        drawn.show(node);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(drawn.contentDOM, mutation),
    };
  };
}

type Drawn = { dom: HTMLLIElement; contentDOM: HTMLElement; show: (node: Node) => void };

function plain(): Drawn {
  const dom = element("li", { "data-seat": "item" });
  const show = (node: Node): void => {
    const start: unknown = node.attrs["start"];
    if (typeof start === "number") dom.value = start;
    else dom.removeAttribute("value");
  };
  return { dom, contentDOM: dom, show };
}

function task(say: Say, view: EditorView, getPos: () => number | undefined): Drawn {
  const box = element("input", { type: "checkbox", "data-for-writers": "", ...furniture });
  box.disabled = !view.editable;
  box.addEventListener("change", () => {
    const position = getPos();
    if (position === undefined || !view.editable) return;
    view.dispatch(view.state.tr.setNodeAttribute(position, "checked", box.checked ? true : null));
  });
  const contentDOM = element("div", { class: "task-body" });
  const dom = element("li", { class: "task", "data-seat": "task" }, box, contentDOM);
  const show = (node: Node): void => {
    const isDone = node.attrs["checked"] === true;
    box.checked = isDone;
    dom.classList.toggle("done", isDone);
    const name = node.firstChild?.textContent.trim() || say("task");
    if (box.getAttribute("aria-label") !== name) box.setAttribute("aria-label", name);
  };
  return { dom, contentDOM, show };
}

function seatAt(node: Node, view: EditorView, getPos: () => number | undefined) {
  const place = view.state.doc.resolve(getPos() ?? 0);
  return seatOf(node, place.parent, place.index());
}

/** A list; a browser that takes the bullets for all that makes one is told so. */
export function listView(name: "ul" | "ol", attributes: { readonly [name: string]: string } = {}) {
  const make: NodeViewConstructor = (_node, view, getPos) => {
    const dom = element(name, attributes);
    settleChildren(view, getPos);
    return { dom, contentDOM: dom };
  };
  return make;
}
