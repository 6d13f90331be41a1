import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import type { Atom, Attrs, Block, Inline, Marks, Value } from "./blocks.ts";
import { holds } from "./schema.ts";
import { readTable } from "./table.ts";

/*
 * The body's text cut at its markers. A segment is one marker with the characters up to the next; the segments of
 * a text, laid end to end, are the text. Reading starts at any marker, given the formats that are open there, and
 * so costs what it reads.
 */
export type Segment = {
  /** Null for text that stands before the first marker, or behind a block that holds no text. */
  readonly marker: Y.Map<Value> | null;
  readonly block: Block;
  /** Characters in the Y.Text, the marker being one. */
  readonly length: number;
  /** The formats in force just behind the marker, and behind the last character. */
  readonly opens: Marks;
  readonly closes: Marks;
};

const noMarks: Marks = {};

/** All segments of a text. */
export function readSegments(text: Y.Text): Segment[] {
  const segments: Segment[] = [];
  let stop = readSegment(null, text._start, noMarks, segments);
  while (stop.marker) stop = readSegment(stop.marker, stop.marker._item!.right, stop.open, segments);
  return segments;
}

/** Where reading one segment ended: before this marker (null: the end of the text), with these formats open. */
export type Stop = { marker: Y.Map<Value> | null; open: Marks };

/**
 * Reads the segment of a marker (null: the text's head) from the item behind it, and puts it into `segments`;
 * characters behind a block that holds none become a segment of their own. An empty head is no segment.
 */
export function readSegment(
  marker: Y.Map<Value> | null,
  from: Y.Item | null,
  opens: Marks,
  segments: Segment[],
): Stop {
  const content: Inline[] = [];
  let open = opens;
  let size = 0;
  let item = from;
  for (; item && !liveMarker(item); item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) open = withFormat(open, item.content);
    else size += readItem(item, open, content);
  }
  const next = item ? liveMarker(item) : null;
  if (marker) pushBlock(marker, content, size, opens, open, segments);
  else if (size > 0) segments.push(headless(null, content, size, opens, open));
  return { marker: next, open };
}

function pushBlock(
  marker: Y.Map<Value>,
  content: Inline[],
  size: number,
  opens: Marks,
  closes: Marks,
  segments: Segment[],
): void {
  const block = readMarker(marker, content);
  if (holds(block.type) !== "none" || size === 0) {
    segments.push({ marker, block, length: 1 + size, opens, closes });
    return;
  }
  segments.push({ marker, block: { ...block, content: [] }, length: 1, opens, closes: opens });
  segments.push(headless(block.in, content, size, opens, closes));
}

/** Text without a marker of its own, drawn as a paragraph. */
function headless(
  container: ContainerId | null,
  content: Inline[],
  length: number,
  opens: Marks,
  closes: Marks,
): Segment {
  const block: Block = { id: null, type: "paragraph", attrs: {}, in: container, content };
  return { marker: null, block, length, opens, closes };
}

/** The marker that this item is, unless it is something else or deleted. */
export function liveMarker(item: Y.Item): Y.Map<Value> | null {
  if (item.deleted || !(item.content instanceof Y.ContentType)) return null;
  return item.content.type instanceof Y.Map ? (item.content.type as Y.Map<Value>) : null;
}

function readMarker(marker: Y.Map<Value>, content: readonly Inline[]): Block {
  const { type, id, in: container, born: _, ...attrs } = plainEntries(marker);
  return {
    id: typeof id === "string" ? (id as BlockId) : idByPlace(marker),
    type: typeof type === "string" ? type : "paragraph",
    attrs,
    in: typeof container === "string" ? (container as ContainerId) : null,
    content,
    ...(type === "table" ? { table: readTable(marker, readLine) } : {}),
  };
}

/** What a marker holds itself: not the types nested in it, which a block's type knows how to read. */
function plainEntries(marker: Y.Map<Value>): { [key: string]: Value } {
  const entries = [...marker.entries()] as [string, unknown][];
  return Object.fromEntries(entries.filter(([, value]) => !(value instanceof Y.AbstractType))) as {
    [key: string]: Value;
  };
}

/** The runs of a text of its own, as of a table's cell. */
export function readLine(text: Y.Text): Inline[] {
  const content: Inline[] = [];
  let open = noMarks;
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) open = withFormat(open, item.content);
    else readItem(item, open, content);
  }
  return content;
}

/** A marker that came without an id gets the same one in every browser. */
function idByPlace(marker: Y.Map<Value>): BlockId {
  const { client, clock } = marker._item!.id;
  return `y-${client}-${clock}` as BlockId;
}

function withFormat(open: Marks, { key, value }: Y.ContentFormat): Marks {
  const { [key]: _, ...others } = open;
  return value === null ? others : { ...others, [key]: value as unknown as Value };
}

/** Adds what an item holds; answers how many characters that is. */
function readItem(item: Y.Item, open: Marks, content: Inline[]): number {
  if (item.content instanceof Y.ContentString) {
    addText(content, item.content.str, open);
  } else if (item.content instanceof Y.ContentEmbed) {
    content.push({ atom: toAtom(item.content.embed), ...marked(open) });
  } else {
    // No program of ours writes anything else; each counts, so that the addressing holds, and is kept.
    for (let n = 0; n < item.length; n += 1) content.push({ atom: { type: "unknown" }, ...marked(open) });
  }
  return item.length;
}

function addText(content: Inline[], text: string, open: Marks): void {
  const last = content.at(-1);
  if (last && "text" in last && sameAttrs(last.marks ?? noMarks, open)) {
    content[content.length - 1] = { ...last, text: last.text + text };
  } else content.push({ text, ...marked(open) });
}

const marked = (open: Marks): { marks?: Marks } => (Object.keys(open).length > 0 ? { marks: open } : {});

function toAtom(embed: unknown): Atom {
  const isAtom =
    typeof embed === "object" && embed !== null && "type" in embed && typeof embed.type === "string";
  return isAtom ? (embed as Atom) : { type: "unknown" };
}

/** Whether two sets of attributes or marks hold the same, whatever the order of their keys. */
export function sameAttrs(a: Attrs, b: Attrs): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]));
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return sameAttrs(a as Attrs, b as Attrs);
}
