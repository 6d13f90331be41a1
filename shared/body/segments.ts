import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import { readStanding, type Standing } from "./births.ts";
import type { Block, Inline, Marks, Table, Value } from "./blocks.ts";
import { noMarks, readItem, readLine, sameAttrs, sameLine } from "./line.ts";
import { holds } from "./schema.ts";
import { readTable } from "./table.ts";

/*
 * The body's text cut at its markers. A segment is one marker with the characters up to the next; the segments of
 * a text, laid end to end, are the text. Reading starts at any marker, given the formats that are open there, and
 * so costs what it reads.
 */
export type Segment = {
  /** Null for text that stands before the first marker, or behind a block that holds no text. */
  readonly marker: Marker | null;
  readonly block: Block;
  /** Characters in the Y.Text, the marker being one. */
  readonly length: number;
};

export type Marker = Y.Map<Value>;

/** What reaches from one marker (null: the text's head) up to the next: none, one or two segments. */
export type Piece = {
  readonly marker: Marker | null;
  readonly segments: readonly Segment[];
  readonly length: number;
  /** What the marker says of where its block stands; `block.in` is what follows from it. */
  readonly standing: Standing;
  /** The formats in force just behind the marker, and behind the last character. */
  readonly opens: Marks;
  readonly closes: Marks;
};

/** All pieces of a text, the head's first. `block.in` is as the marker says, or where it was born. */
export function readPieces(text: Y.Text): Piece[] {
  const pieces: Piece[] = [];
  let next: Marker | null = null;
  do {
    const read = readPiece(text, next, pieces.at(-1)?.closes ?? noMarks);
    pieces.push(read.piece);
    next = read.next;
  } while (next);
  return pieces;
}

/** All segments of a text. */
export const readSegments = (text: Y.Text): Segment[] => readPieces(text).flatMap((piece) => piece.segments);

/** Reads what reaches from a marker to the next one, and says which that is. */
export function readPiece(
  text: Y.Text,
  marker: Marker | null,
  opens: Marks,
): { piece: Piece; next: Marker | null } {
  const content: Inline[] = [];
  let closes = opens;
  let size = 0;
  let item = marker ? marker._item!.right : text._start;
  for (; item && !liveMarker(item); item = item.right) {
    closes = readItem(item, closes, content);
    if (!item.deleted && item.countable) size += item.length;
  }
  const next = item ? liveMarker(item) : null;
  const { segments, standing } = cut(marker, content, size);
  const length = size + (marker ? 1 : 0);
  return { piece: { marker, segments, length, standing, opens, closes }, next };
}

/** Characters behind a block that holds none are a segment of their own. An empty head is no segment. */
function cut(marker: Marker | null, content: Inline[], size: number): Pick<Piece, "segments" | "standing"> {
  if (!marker) return { segments: size > 0 ? [headless(null, content, size)] : [], standing: { in: null } };
  const { block, standing } = readMarker(marker, content);
  if (holds(block.type) !== "none" || size === 0)
    return { segments: [{ marker, block, length: 1 + size }], standing };
  const itself = { marker, block: { ...block, content: [] }, length: 1 };
  return { segments: [itself, headless(block.in, content, size)], standing };
}

/** Text without a marker of its own, drawn as a paragraph. */
function headless(container: ContainerId | null, content: Inline[], length: number): Segment {
  const block: Block = { id: null, type: "paragraph", attrs: {}, in: container, content };
  return { marker: null, block, length };
}

/** The marker that this item is, unless it is something else or deleted. */
export function liveMarker(item: Y.Item): Marker | null {
  if (item.deleted || !(item.content instanceof Y.ContentType)) return null;
  return item.content.type instanceof Y.Map ? (item.content.type as Marker) : null;
}

function readMarker(marker: Marker, content: readonly Inline[]): { block: Block; standing: Standing } {
  const { type, id, in: container, born, ...attrs } = plainEntries(marker);
  const standing = readStanding(container, born);
  const block = {
    id: typeof id === "string" ? (id as BlockId) : idByPlace(marker),
    type: typeof type === "string" ? type : "paragraph",
    attrs,
    in: "in" in standing ? standing.in : standing.born.in,
    content,
    ...(type === "table" ? { table: readTable(marker, readLine) } : {}),
  };
  return { block, standing };
}

/** What a marker holds itself: not the types nested in it, which a block's type knows how to read. */
function plainEntries(marker: Marker): { [key: string]: Value } {
  const entries = [...marker.entries()] as [string, unknown][];
  return Object.fromEntries(entries.filter(([, value]) => !(value instanceof Y.AbstractType))) as {
    [key: string]: Value;
  };
}

/** A marker that came without an id gets the same one in every browser. */
function idByPlace(marker: Marker): BlockId {
  const { client, clock } = marker._item!.id;
  return `y-${client}-${clock}` as BlockId;
}

/** A piece whose block stands in this container; the same piece where it stands there already. */
export function placed(piece: Piece, container: ContainerId | null): Piece {
  if (piece.segments.every((segment) => segment.block.in === container)) return piece;
  const segments = piece.segments.map((segment) => ({
    ...segment,
    block: { ...segment.block, in: container },
  }));
  return { ...piece, segments };
}

/** Which of two markers with one id is the first: the same one for everybody. */
export function compareMarkers(a: Marker | null, b: Marker | null): number {
  const [one, other] = [a?._item?.id, b?._item?.id];
  if (!one || !other) return 0;
  return one.client - other.client || one.clock - other.clock;
}

export function sameBlock(a: Block, b: Block): boolean {
  return a === b || (sameHead(a, b) && sameLine(a.content, b.content) && sameTable(a.table, b.table));
}

function sameTable(a: Table | undefined, b: Table | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.columns.length === b.columns.length &&
    a.rows.length === b.rows.length &&
    a.columns.every(({ id, align }, n) => b.columns[n]!.id === id && b.columns[n]!.align === align) &&
    a.rows.every(
      ({ id, cells }, n) =>
        b.rows[n]!.id === id && cells.every((cell, m) => sameLine(cell, b.rows[n]!.cells[m]!)),
    )
  );
}

/** Whether two blocks are equal but for their text. */
function sameHead(a: Block, b: Block): boolean {
  return a.id === b.id && a.type === b.type && a.in === b.in && sameAttrs(a.attrs, b.attrs);
}
