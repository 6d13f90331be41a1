import type { Node } from "@tiptap/pm/model";
import type { EditorView, NodeViewConstructor } from "@tiptap/pm/view";
import type { Atom } from "../../../shared/body/blocks.ts";
import type { Store } from "../../connection/store.ts";
import type { FootnoteNumbers } from "../footnote-numbers.ts";
import { element, furniture, isForFurniture, isOwn, type Say } from "./furniture.ts";
import type { Peek } from "./peek.ts";

export type Notes = {
  readonly say: Say;
  readonly numbers: Store<FootnoteNumbers>;
  readonly peek: Peek;
  /** Brings a place into view. */
  readonly go: (position: number) => void;
};

/** A reference: the note's number, which leads to it and shows what it says. */
export function footnoteRefView({ say, numbers, peek, go }: Notes): NodeViewConstructor {
  return (first, view) => {
    const to = String((first.attrs["atom"] as Atom)["to"]);
    const link = element("a", { href: `#footnote-${to}`, role: "doc-noteref" });
    const dom = element("sup", { class: "footnote-ref" }, link);
    const show = (): void => {
      const number = numbers.get().get(to);
      link.textContent = number === undefined ? "?" : String(number);
      link.setAttribute("aria-label", number === undefined ? say("noFootnote") : say("footnote", { number }));
    };
    const look = (): void => {
      const note = noteOf(view, to);
      if (note) peek.show(link, note.node.textBetween(0, note.node.content.size, "\n"));
    };
    link.addEventListener("click", (event) => {
      event.preventDefault();
      peek.hide();
      const note = noteOf(view, to);
      if (note) go(note.position + 2);
    });
    for (const name of ["mouseenter", "focus"]) link.addEventListener(name, look);
    for (const name of ["mouseleave", "blur"]) link.addEventListener(name, peek.hide);
    show();
    const stop = numbers.subscribe(show);
    return {
      dom,
      ignoreMutation: () => true,
      destroy: () => {
        stop();
        peek.hide();
      },
    };
  };
}

/** A note: its number, which leads back to where the text refers to it, and what it says. */
export function footnoteView({ say, numbers, go }: Notes): NodeViewConstructor {
  return (first, view) => {
    const id = String(first.attrs["cid"]);
    const number = element("div", { class: "footnote-number", ...furniture });
    const contentDOM = element("div", { class: "footnote-body" });
    const dom = element("div", { class: "footnote", role: "doc-footnote" }, number, contentDOM);
    const back = element("a", { href: "#", role: "doc-backlink" });
    back.addEventListener("click", (event) => {
      event.preventDefault();
      const position = firstRefTo(view, id);
      if (position !== null) go(position);
    });
    const show = (): void => {
      const known = numbers.get().get(id);
      number.title = known === undefined ? say("noReference") : say("backToText");
      if (known === undefined) number.replaceChildren("–");
      else {
        back.textContent = String(known);
        back.setAttribute("aria-label", say("backFrom", { number: known }));
        number.replaceChildren(back);
      }
    };
    show();
    return {
      dom,
      contentDOM,
      update: (node) => node.type === first.type && String(node.attrs["cid"]) === id,
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
      destroy: numbers.subscribe(show),
    };
  };
}

/** Where a footnote stands. Looked for when somebody asks, as hands do, and not more often. */
function noteOf(view: EditorView, id: string): { node: Node; position: number } | null {
  return find(view, (node) => node.type.name === "footnote" && node.attrs["cid"] === id);
}

function firstRefTo(view: EditorView, id: string): number | null {
  const isRef = (node: Node) => node.type.name === "footnoteRef" && (node.attrs["atom"] as Atom)["to"] === id;
  return find(view, isRef)?.position ?? null;
}

function find(view: EditorView, isIt: (node: Node) => boolean): { node: Node; position: number } | null {
  let it: { node: Node; position: number } | null = null;
  view.state.doc.descendants((node, position) => {
    if (it === null && isIt(node)) it = { node, position };
    return it === null;
  });
  return it;
}
