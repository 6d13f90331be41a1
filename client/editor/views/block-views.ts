import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Held } from "../../connection/store.ts";
import { footnoteNumbers } from "../footnote-numbers.ts";
import { languages } from "../highlight-code.ts";
import { calloutView } from "./callout-view.ts";
import { codeView, languageListId } from "./code-view.ts";
import { collapsibleView } from "./collapsible-view.ts";
import { figureView } from "./figure-view.ts";
import { footnoteRefView, footnoteView } from "./footnote-views.ts";
import { element, type Say } from "./furniture.ts";
import { itemView, listView } from "./item-views.ts";
import type { Asked } from "./kind-button.ts";
import { makePeek } from "./peek.ts";
import { propertiesView } from "./properties-view.ts";
import { revealing } from "./reveal.ts";
import { settling } from "./settle.ts";
import { tabSetView, tabView } from "./tab-views.ts";
import { dressName } from "./tabs.ts";
import { titleKeys } from "./title-keys.ts";
import { titleView } from "./title-view.ts";

type Needs = {
  readonly say: Say;
  /** Where an address of the body points, in this browser; null where it may not be shown. */
  readonly resolve: (source: string) => string | null;
  /** The box whose kind is being chosen. */
  readonly asked: Held<Asked | null>;
  /** Brings a place into view. */
  readonly go: (position: number) => void;
  /** The class of the sheet that shows a note beside its reference. */
  readonly peekLook: string;
};

/** How blocks are drawn that are more than a line of text, and how hands meet them on the screen. */
export function blockViews({ say, resolve, asked, go, peekLook }: Needs): Plugin[] {
  const { numbers, plugin: numbering } = footnoteNumbers();
  const peek = makePeek(peekLook);
  const notes = { say, numbers, peek, go };
  const boxes = { say, asked };
  const nodeViews = {
    title: titleView(boxes),
    callout: calloutView(boxes),
    collapsible: collapsibleView(boxes),
    tabSet: tabSetView(say),
    tab: tabView(say),
    bulletList: listView("ul"),
    orderedList: listView("ol"),
    taskList: listView("ul", { class: "tasks", role: "list" }),
    listItem: itemView(say),
    figure: figureView({ say, resolve }),
    footnoteRef: footnoteRefView(notes),
    footnote: footnoteView(notes),
    codeBlock: codeView(say),
    properties: propertiesView(say),
  };
  const drawing = new Plugin({
    props: { nodeViews },
    view: (view) => {
      const list = languageList();
      document.body.append(list);
      for (const word of ["raw", "unknown"] as const)
        view.dom.style.setProperty(`--words-${word}`, JSON.stringify(say(`source.${word}`)));
      let wasWriting = view.editable;
      return {
        update: () => {
          if (view.editable === wasWriting) return;
          wasWriting = view.editable;
          dress(view);
        },
        destroy: () => {
          list.remove();
          peek.destroy();
        },
      };
    },
  });
  return [drawing, titleKeys(), revealing(), settling(), numbering];
}

/** Who may write has changed: what only writers can press follows. */
function dress({ dom, editable }: EditorView): void {
  for (const each of dom.querySelectorAll<HTMLInputElement>("[data-for-writers]")) each.disabled = !editable;
  for (const each of dom.querySelectorAll<HTMLElement>(".tab-name")) dressName(each, editable);
  for (const each of dom.querySelectorAll<HTMLElement>("[data-scrolls]")) {
    if (editable) each.removeAttribute("tabindex");
    else each.tabIndex = 0;
  }
}

function languageList(): HTMLDataListElement {
  return element(
    "datalist",
    { id: languageListId },
    ...languages.map((value) => element("option", { value })),
  );
}
