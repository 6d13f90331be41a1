import type { Attribute } from "@tiptap/core";
import type { Attrs, Value } from "../../shared/body/blocks.ts";
import { isSafeAddress } from "../../shared/body/schema.ts";

/* The attributes of the view's nodes, and how they go through the clipboard. */

/** An attribute that is in no HTML attribute of its own: what is pasted brings it only where a node's rule says so. */
export const inner = (value: unknown): Attribute => ({
  default: value,
  rendered: false,
  parseHTML: () => null,
});
/** `more` carries attributes that this version does not know through to storage. */
export const ofBlock = () => ({ id: inner(null), more: inner({}) });
export const ofContainer = () => ({ cid: inner(null), more: inner({}) });

/** Text, whatever another program may have written in its place. */
export const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** What HTML has no words for goes through the clipboard beside it, and is checked when it comes back. */
export const carry = (value: Attrs): { "data-carried": string } => ({
  "data-carried": JSON.stringify(value),
});

export function carried(element: HTMLElement): Attrs | null {
  try {
    const value: unknown = JSON.parse(element.dataset["carried"] ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attrs) : null;
  } catch {
    return null; // Not ours: pasted from elsewhere.
  }
}

export function carriedAtom(element: HTMLElement, type?: string): { atom: Attrs } | false {
  const atom = carried(element);
  if (atom === null || typeof atom["type"] !== "string" || atom["type"] !== (type ?? atom["type"]))
    return false;
  return isSafeAddress(textOf(atom["src"])) ? { atom } : false;
}

export function carriedFigure(element: HTMLElement): Attrs | false {
  const { src = null, dark = null, alt = null } = carried(element) ?? {};
  const isSafe = [src, dark].every((each) => isSafeAddress(textOf(each)));
  return typeof src === "string" && isSafe ? { src, dark, alt } : false;
}
