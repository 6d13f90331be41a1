import type { ViewMutationRecord } from "@tiptap/pm/view";
import type { editorMessages } from "../messages.en.ts";

/*
 * What a node's view shows beside the text: labels, buttons, fields. None of it is in the page; the editor neither
 * reads it nor hears of what is done to it.
 */

type Words = (typeof editorMessages)["view"];
type Word = Exclude<keyof Words, "kind" | "source">;

/** Says a word of the views' in the language of the room. */
export type Say = (
  word: Word | `kind.${keyof Words["kind"]}` | `source.${keyof Words["source"]}`,
  values?: { [name: string]: string | number },
) => string;

type Attributes = { readonly [name: string]: string };

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Attributes of an element that stands beside the text. */
export const furniture: Attributes = { contenteditable: "false", "data-furniture": "" };

/** Whether an event is for the furniture: then the editor leaves it alone. */
export const isForFurniture = ({ target }: Event): boolean =>
  target instanceof Element && target.closest("[data-furniture]") !== null;

/** Whether a change of the screen is of the view's own making, and says nothing about the text. */
export function isOwn(text: HTMLElement, mutation: ViewMutationRecord): boolean {
  if (mutation.type === "selection") return false;
  if (mutation.type === "attributes") return mutation.target === text || !text.contains(mutation.target);
  return !text.contains(mutation.target) && ![...mutation.removedNodes].includes(text);
}

/** A button that only who may write can press. */
export function writersButton(isWriting: boolean, attributes: Attributes, label: string): HTMLButtonElement {
  const button = element("button", { type: "button", "data-for-writers": "", ...attributes }, label);
  button.disabled = !isWriting;
  return button;
}
