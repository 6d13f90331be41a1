import * as Y from "yjs";
import { readBody } from "../shared/body/format.ts";
import { writeMarkdown } from "../shared/markdown/write.ts";

/** A page's body as one text: equal wherever the blocks and containers are. Reads it without mending anything. */
export function canonical(doc: Y.Doc): string {
  const { blocks, containers } = readBody(doc);
  return JSON.stringify([blocks, [...containers.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1))], sorted);
}

/** A page as it is exported. */
export const exported = (doc: Y.Doc): string => writeMarkdown(readBody(doc), { flavour: "mkdocs" });

export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** Objects with their keys in one order, since maps of people who heard of them in different orders differ in it. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
