import type { Node } from "@tiptap/pm/model";
import type { EditorView, NodeView, NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn } from "./furniture.ts";
import { showKind, type Boxes } from "./kind-button.ts";
import { seatOf, type Seat } from "./seat.ts";
import { dressName } from "./tabs.ts";

/** A title: the summary of a collapsible, the name of a tab, or a line. */
export function titleView(boxes: Boxes): NodeViewConstructor {
  return (first, view, getPos) => {
    const { seat, parent } = placeOf(first, view, getPos);
    const drawn =
      seat === "summary" ? summary(boxes, parent) : line(boxes, view, seat, parent.type.name === "callout");
    const { dom, contentDOM } = drawn;
    dom.dataset["seat"] = seat;
    const show = (node: Node): void => void dom.classList.toggle("empty-line", node.content.size === 0);
    show(first);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== first.type || placeOf(node, view, getPos).seat !== seat) return false;
        show(node);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}

type Drawn = Required<Pick<NodeView, "contentDOM">> & { dom: HTMLElement; contentDOM: HTMLElement };

function placeOf(node: Node, view: EditorView, getPos: () => number | undefined) {
  const place = view.state.doc.resolve(getPos() ?? 0);
  const seat: Seat = seatOf(node, place.parent, place.index());
  return { seat, parent: place.parent };
}

function summary(boxes: Boxes, box: Node): Drawn {
  const kind = element("span", { class: "kind", ...furniture });
  showKind(kind, boxes.say, String(box.attrs["type"] ?? "note"));
  const contentDOM = element("span", {
    class: "title-text",
    dir: "auto",
    "data-placeholder": boxes.say("noTitle"),
  });
  return { dom: element("summary", { class: "title" }, marker(), kind, contentDOM), contentDOM };
}

/** The sign at which a collapsible opens and closes. */
export function marker(): HTMLElement {
  const made = element("span", { class: "marker", "aria-hidden": "true", ...furniture });
  made.addEventListener("mousedown", (event) => event.preventDefault());
  return made;
}

function line({ say }: Boxes, view: EditorView, seat: Seat, isOfCallout: boolean): Drawn {
  const hint = seat === "tab" ? say("untitledTab") : isOfCallout ? say("noTitle") : say("title");
  const dom = element("p", { class: "title", dir: "auto", "data-placeholder": hint });
  if (seat === "tab") {
    dom.classList.add("tab-name");
    dressName(dom, view.editable);
  }
  return { dom, contentDOM: dom };
}
