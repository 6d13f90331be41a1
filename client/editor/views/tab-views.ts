import type { Node } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView, NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn, writersButton, type Say } from "./furniture.ts";
import { isTitled } from "./seat.ts";
import { settleChildren } from "./settle.ts";
import { dressName, showTab } from "./tabs.ts";

/** A set of tabs: their titles in one strip, and the blocks of one of them. */
export function tabSetView(say: Say): NodeViewConstructor {
  return (first, view, getPos) => {
    const contentDOM = element("div", { class: "tabs-all" });
    const add = writersButton(
      view.editable,
      { class: "add-tab", ...furniture, "aria-label": say("addTab") },
      "+",
    );
    add.title = say("addTab");
    add.addEventListener("click", () => addTab(view, getPos()));
    const dom = element("div", { class: "tabs", role: "group", "aria-label": say("tabs") }, contentDOM, add);
    // Once its tabs are drawn: one of them is always seen.
    const showOne = (): void => {
      const [tab] = contentDOM.children;
      if (tab && !contentDOM.querySelector(":scope > .active")) showTab(tab);
    };
    queueMicrotask(showOne);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== first.type) return false;
        queueMicrotask(showOne);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}

/** A tab; where it has no title, a stand-in names it. */
export function tabView(say: Say): NodeViewConstructor {
  return (first, view, getPos) => {
    const dom = element("div", { class: "tab" });
    const hasTitle = isTitled(first);
    const contentDOM = hasTitle ? dom : element("div", { class: "tab-rest" });
    if (!hasTitle) dom.append(standIn(say, view), contentDOM);
    settleChildren(view, getPos);
    return {
      dom,
      contentDOM,
      update: (node) => node.type === first.type && isTitled(node) === hasTitle,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}

function standIn(say: Say, view: EditorView): HTMLElement {
  const name = element("p", { class: "tab-name", contenteditable: "false" }, say("untitledTab"));
  dressName(name, view.editable);
  return name;
}

/** Puts a new tab behind the last one of a set, and the caret into its title. */
function addTab(view: EditorView, position: number | undefined): void {
  const set = position === undefined ? null : view.state.doc.nodeAt(position);
  if (position === undefined || !set) return;
  const end = position + set.nodeSize - 1;
  const transaction = view.state.tr.insert(end, emptyTab(view));
  transaction.setSelection(TextSelection.create(transaction.doc, end + 2));
  view.dispatch(transaction);
  view.focus();
}

function emptyTab(view: EditorView): Node {
  const { nodes } = view.state.schema;
  return nodes["tab"]!.create(null, [nodes["title"]!.create(), nodes["paragraph"]!.create()]);
}
