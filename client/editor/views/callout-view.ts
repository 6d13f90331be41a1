import type { Node } from "@tiptap/pm/model";
import type { NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn } from "./furniture.ts";
import { kindButton, nameOfKind, showKind, type Boxes } from "./kind-button.ts";
import { isTitled } from "./seat.ts";
import { settleChildren } from "./settle.ts";

/** A callout: its kind in a word, its title beside it if it has one, and what it says. */
export function calloutView(boxes: Boxes): NodeViewConstructor {
  return (first, view, getPos) => {
    const button = kindButton(boxes, view, () => getPos() ?? null);
    const contentDOM = element("div", { class: "callout-body" });
    const head = element("div", { class: "callout-kind", ...furniture }, button);
    const dom = element("div", { class: "callout", role: "note" }, head, contentDOM);
    const show = (node: Node): void => {
      const kind = String(node.attrs["type"] ?? "note");
      showKind(button, boxes.say, kind);
      dom.dataset["type"] = kind;
      const title = isTitled(node) ? node.firstChild!.textContent.trim() : "";
      const name = nameOfKind(boxes.say, kind);
      dom.setAttribute("aria-label", title ? `${name}: ${title}` : name);
    };
    show(first);
    settleChildren(view, getPos);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== first.type) return false;
        show(node);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}
