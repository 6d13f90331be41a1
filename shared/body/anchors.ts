import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import { limits } from "../base/limits.ts";
import type { Place, Quote } from "./place.ts";
import { bodyText } from "./format.ts";

/*
 * Where something said about the text stands. A place is two relative positions into the one flat text, which
 * survive every structural edit; beside it stands the quote, which finds the place again when the words were
 * cut and put elsewhere. Never a guess: what is not found exactly once is not found.
 */

/** The place of the characters from `start` up to `end` of the body's Y.Text: it grows with neither neighbour. */
export function placeAt(doc: Y.Doc, start: number, end: number): Place {
  return { start: encode(bodyText(doc), start, 0), end: encode(bodyText(doc), end, -1) };
}

/**
 * The range of the body that a place spans now, or null where it spans no character: its words were deleted, or
 * the position cannot be read. `flatOf` says where a relative position stands now; Yjs's own by default.
 */
export function rangeOf(
  doc: Y.Doc,
  place: Place,
  flatOf: (position: Y.RelativePosition) => number | null = (position) => resolve(doc, position),
): { start: number; end: number } | null {
  const start = at(place.start, flatOf);
  const end = at(place.end, flatOf);
  return start !== null && end !== null && start < end ? { start, end } : null;
}

/**
 * The body's characters as one string, as long as the Y.Text: a marker is a line feed, an atom U+FFFC. Places
 * and quotes are counted in it.
 */
export function flatText(text: Y.Text): string {
  let flat = "";
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.content instanceof Y.ContentString) flat += item.content.str;
    else flat += (item.content instanceof Y.ContentType ? "\n" : "\uFFFC").repeat(item.length);
  }
  return flat;
}

/** The quote of a range of the flat text, cut to what a quote may hold. */
export function quoteAt(flat: string, start: number, end: number): Quote {
  const context = limits.quoteContextLength;
  return {
    exact: flat.slice(start, Math.min(end, start + limits.quoteLength)),
    prefix: flat.slice(Math.max(0, start - context), start),
    suffix: flat.slice(end, end + context),
  };
}

export type Found = { start: number; end: number } | "quote-not-found" | "ambiguous-quote";

/** Where a quote stands: the exact words, told from their repetitions by as much context as is given. */
export function findQuote(flat: string, quote: { exact: string; prefix?: string; suffix?: string }): Found {
  const { exact, prefix = "", suffix = "" } = quote;
  const hits: number[] = [];
  for (let at = flat.indexOf(exact); at >= 0 && exact.length > 0; at = flat.indexOf(exact, at + 1)) {
    hits.push(at);
  }
  if (hits.length === 0) return "quote-not-found";
  const inContext = hits.filter(
    (at) => flat.slice(0, at).endsWith(prefix) && flat.startsWith(suffix, at + exact.length),
  );
  const [start, ...others] = inContext.length > 0 ? inContext : hits;
  return others.length > 0 || start === undefined ? "ambiguous-quote" : { start, end: start + exact.length };
}

/** The place of a quote in a page, or why there is none: how a script says where its thread stands. */
export function placeOfQuote(
  doc: Y.Doc,
  quote: { exact: string; prefix?: string; suffix?: string },
): { place: Place; quote: Quote } | "quote-not-found" | "ambiguous-quote" {
  const flat = flatText(bodyText(doc));
  const found = findQuote(flat, quote);
  if (typeof found === "string") return found;
  return { place: placeAt(doc, found.start, found.end), quote: quoteAt(flat, found.start, found.end) };
}

function encode(text: Y.Text, at: number, assoc: number): string {
  const position = Y.createRelativePositionFromTypeIndex(text, at, assoc);
  return toBase64(Y.encodeRelativePosition(position));
}

function at(encoded: string, flatOf: (position: Y.RelativePosition) => number | null): number | null {
  try {
    return flatOf(Y.decodeRelativePosition(fromBase64(encoded)));
  } catch {
    return null; // Not a position: said by another program. It is drawn as a place that is gone.
  }
}

function resolve(doc: Y.Doc, position: Y.RelativePosition): number | null {
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
  return absolute?.type === bodyText(doc) ? absolute.index : null;
}
