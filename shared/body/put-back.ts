import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import { bodyText, insertInline, raiseSchema, toMarker } from "./format.ts";

/** What else is to be known: ids are made, and `origin` is whose history takes it in. */
type Making = { readonly makeId: () => BlockId; readonly origin: unknown };

/**
 * Writes words into a page again: at a caret, a relative position as presence tells it, or, where there is none or
 * its text is gone, as a paragraph at the page's end. One line, parted from what stands beside it, and without marks,
 * whatever stands around it; one transaction.
 */
export function putBack(doc: Y.Doc, words: string, caret: unknown, { makeId, origin }: Making): void {
  const line = words.replace(/\s+/gu, " ").trim();
  doc.transact(() => {
    raiseSchema(doc);
    const place = placeOf(doc, caret);
    if (place) {
      const { text, index } = place;
      return insertInline(text, index, { text: parted(line, text, index) }, {});
    }
    const text = bodyText(doc);
    text.insertEmbed(text.length, toMarker({ type: "paragraph", attrs: {}, in: null }, makeId()), {});
    insertInline(text, text.length, { text: line }, {});
  }, origin);
}

function placeOf(doc: Y.Doc, caret: unknown): { text: Y.Text; index: number } | null {
  if (caret === null || caret === undefined) return null;
  const at = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(caret), doc);
  if (!at || !(at.type instanceof Y.Text) || at.type._item?.deleted) return null;
  const text = at.type;
  // In front of its first marker a page has no block that words could stand in.
  const isInFront = text === bodyText(doc) && at.index === 0 && text.length > 0;
  return { text, index: isInFront ? 1 : at.index };
}

function parted(line: string, text: Y.Text, index: number): string {
  const runs: { insert: unknown }[] = text.toDelta();
  // Each embedded thing is one character, as it is in the text's own count.
  const flat = runs.map(({ insert }) => (typeof insert === "string" ? insert : "\n")).join("");
  const before = /\S$/u.test(flat.slice(0, index)) ? " " : "";
  return `${before}${line}${/^\S/u.test(flat.slice(index)) ? " " : ""}`;
}
