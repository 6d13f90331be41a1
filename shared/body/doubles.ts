import * as Y from "yjs";
import { bodyText } from "./format.ts";
import { readSegments, type Segment } from "./segments.ts";

/**
 * Takes what a page says twice out of it (see below); false where there is nothing of the kind. One transaction, which
 * only deletes.
 */
export function mendDoubles(doc: Y.Doc): boolean {
  const text = bodyText(doc);
  const segments = readSegments(text);
  const doubled = new Set(doubledSegments(segments));
  if (doubled.size === 0) return false;
  // As one delta, from the text's start: deleted from anywhere else, Yjs takes the formats that are open there for
  // none, and the end of one would go along, so that all that follows would be bold.
  text.applyDelta(
    segments.map(({ length }, number) => (doubled.has(number) ? { delete: length } : { retain: length })),
  );
  return true;
}

/**
 * The numbers of the segments that say again what an earlier one says, with its id: what two people leave who move
 * one block at once, since a move is a deletion and an insertion. A block that differs in its words, or in anything
 * else than where it stands and how it is marked, is nobody's double.
 */
export function doubledSegments(segments: readonly Segment[]): number[] {
  const firsts = new Map<string, Segment[]>();
  const doubled: number[] = [];
  for (const [number, segment] of segments.entries()) {
    const { id } = segment.block;
    if (id === null) continue;
    const earlier = firsts.get(id) ?? [];
    if (earlier.some((each) => isDouble(each, segment))) doubled.push(number);
    else firsts.set(id, [...earlier, segment]);
  }
  return doubled;
}

function isDouble(a: Segment, b: Segment): boolean {
  return a.block.type === b.block.type && wordsOf(a) === wordsOf(b);
}

/** All that a block says, in one form: characters and atoms, attributes, and what its marker holds, as a table's cells. */
function wordsOf({ block, marker }: Segment): string {
  const content = block.content.flatMap((run): unknown[] => ("text" in run ? [...run.text] : [run.atom]));
  const entries = [...(marker?.entries() ?? [])] as [string, unknown][];
  const nested = entries.filter(([, value]) => value instanceof Y.AbstractType);
  const values = nested.map(([key, value]) => [key, (value as Y.AbstractType<unknown>).toJSON()]);
  return JSON.stringify([content, block.attrs, Object.fromEntries(values)], inOrder);
}

/** The same for equal values, whatever the order of their keys. */
function inOrder(_: string, value: unknown): unknown {
  const isKeyed = typeof value === "object" && value !== null && !Array.isArray(value);
  return isKeyed ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}
