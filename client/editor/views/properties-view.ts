import type { Node } from "@tiptap/pm/model";
import type { NodeViewConstructor } from "@tiptap/pm/view";
import { limits } from "../../../shared/base/limits.ts";
import { element, furniture, isForFurniture, isOwn, type Say } from "./furniture.ts";
import { marker } from "./title-view.ts";

/** What is said about the page: a quiet strip that unfolds. What is no YAML may stand there, and is told of. */
export function propertiesView(say: Say): NodeViewConstructor {
  return (first, view) => {
    const contentDOM = element("code", { dir: "ltr", "data-placeholder": "description: …" });
    const pre = element("pre", {}, contentDOM);
    const fault = element("p", { class: "properties-fault", ...furniture }, say("propertiesFault"));
    fault.hidden = true;
    const summary = element("summary", furniture, marker(), say("properties"));
    const dom = element("details", { class: "properties" }, summary, pre, fault);
    let judging: ReturnType<typeof setTimeout> | undefined;
    const show = (node: Node): void => {
      pre.classList.toggle("empty-source", node.content.size === 0);
      clearTimeout(judging);
      judging = setTimeout(() => {
        void isReadable(node.textContent).then((isGood) => (fault.hidden = isGood));
      }, limits.drawingPauseMs);
    };
    dom.open = view.editable && first.content.size === 0;
    show(first);
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
      destroy: () => clearTimeout(judging),
    };
  };
}

/** Whether the lines are YAML that says things by name. Loaded when a page has some. */
async function isReadable(source: string): Promise<boolean> {
  if (source.trim() === "") return true;
  const { parseDocument, isMap } = await import("yaml");
  const read = parseDocument(source);
  return read.errors.length === 0 && isMap(read.contents);
}
