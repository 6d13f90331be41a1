import * as Y from "yjs";
import { placeOfQuote, rangeOf } from "../../shared/body/anchors.ts";
import type { Body } from "../../shared/body/blocks.ts";
import { readBody, writeBody } from "../../shared/body/format.ts";
import type { Place } from "../../shared/body/place.ts";

/*
 * Between a body and its bytes: the only place in this folder that makes Yjs documents. Each lives for one call.
 */

/** The update that makes an empty page hold this body. */
export function updateOf(body: Body): Uint8Array {
  return withDoc((doc) => {
    writeBody(doc, body);
    return Y.encodeStateAsUpdate(doc);
  });
}

/** The body that a page's state holds. */
export function bodyOf(state: Uint8Array): Body {
  return withState(state, readBody);
}

/** Where a quote stands in a page's state, or why there is no such place. */
export function placeIn(
  state: Uint8Array,
  quote: { exact: string; prefix?: string; suffix?: string },
): ReturnType<typeof placeOfQuote> {
  return withState(state, (doc) => placeOfQuote(doc, quote));
}

/** Where each place begins in a page's state; null where its words are gone. */
export function startsOf(state: Uint8Array, places: readonly Place[]): (number | null)[] {
  return withState(state, (doc) => places.map((place) => rangeOf(doc, place)?.start ?? null));
}

function withState<T>(state: Uint8Array, read: (doc: Y.Doc) => T): T {
  return withDoc((doc) => {
    Y.applyUpdate(doc, state);
    return read(doc);
  });
}

function withDoc<T>(use: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc();
  try {
    return use(doc);
  } finally {
    doc.destroy();
  }
}
