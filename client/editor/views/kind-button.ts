import type { EditorView } from "@tiptap/pm/view";
import type { Held } from "../../connection/store.ts";
import { writersButton, type Say } from "./furniture.ts";

/** The kinds of callouts and collapsibles that the page offers; any other word is kept. */
export const kinds = [
  "note",
  "tip",
  "info",
  "important",
  "question",
  "example",
  "quote",
  "warning",
  "danger",
] as const;

/** A box whose kind is being chosen, at the button that asked. */
export type Asked = {
  readonly button: HTMLElement;
  readonly kind: string;
  readonly choose: (kind: string) => void;
};

/** What the boxes' views need of the room: words, and where to say that a kind is asked for. */
export type Boxes = { readonly say: Say; readonly asked: Held<Asked | null> };

/** A kind's name; a word that is none of ours names itself. */
export function nameOfKind(say: Say, kind: string): string {
  const known = kinds.find((each) => each === kind);
  return known ? say(`kind.${known}`) : kind.charAt(0).toUpperCase() + kind.slice(1);
}

/**
 * The word that says a box's kind; who may write chooses another there. `boxAt` answers the box's position, or null
 * where it is gone.
 */
export function kindButton(boxes: Boxes, view: EditorView, boxAt: () => number | null): HTMLButtonElement {
  const button = writersButton(view.editable, { class: "kind", "aria-haspopup": "menu" }, "");
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const at = boxAt();
    if (at === null || !view.editable) return;
    const choose = (kind: string): void => {
      const now = boxAt();
      if (now !== null) view.dispatch(view.state.tr.setNodeAttribute(now, "type", kind));
    };
    boxes.asked.set({ button, kind: kindOf(view, at), choose });
  });
  return button;
}

export function showKind(button: HTMLElement | null | undefined, say: Say, kind: string): void {
  const name = nameOfKind(say, kind);
  if (!button || button.textContent === name) return;
  button.textContent = name;
  if (button instanceof HTMLButtonElement) button.title = say("chooseKind");
}

const kindOf = (view: EditorView, at: number): string =>
  String(view.state.doc.nodeAt(at)?.attrs["type"] ?? "note");
