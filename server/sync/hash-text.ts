import * as Y from "yjs";
import { hashOfBody } from "../../shared/body/body-hash.ts";
import { readBody } from "../../shared/body/format.ts";

/** What a page's text comes to, as browsers find it. Builds a document, so it belongs in a worker. */
export function hashText(whole: Uint8Array): string {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, whole);
    return hashOfBody(readBody(doc));
  } finally {
    doc.destroy();
  }
}
