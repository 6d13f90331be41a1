import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import { Births } from "./births.ts";
import type { Body, Container } from "./blocks.ts";
import { ContainerIndex } from "./container-index.ts";
import { bodyText, containerMap, entryOf } from "./format.ts";
import { sameAttrs } from "./line.ts";
import { PieceList, stretches, type Key } from "./piece-list.ts";
import {
  compareMarkers,
  liveMarker,
  placed,
  readPiece,
  readPieces,
  sameBlock,
  type Marker,
  type Piece,
  type Segment,
} from "./segments.ts";

/**
 * A stretch of the body that reads differently now: `removed` began at the flat offset `was`, `added` begins at `at`.
 * Between two stretches, and around them, nothing differs.
 */
export type SegmentChange = {
  was: number;
  at: number;
  removed: readonly Segment[];
  added: readonly Segment[];
};

/**
 * The segments of a page's body, kept up with its document: after each transaction only what it touched is read
 * again. `update` must see every transaction once, in order, while its items are still there (in an observer).
 */
export class SegmentIndex {
  readonly #text: Y.Text;
  readonly #pieces: PieceList;
  readonly #births = new Births<Marker>(compareMarkers);
  readonly #containers: ContainerIndex;
  /** Which markers' blocks stand directly in a container. */
  readonly #standing = new Map<ContainerId, Set<Marker>>();

  constructor(doc: Y.Doc) {
    this.#text = bodyText(doc);
    this.#containers = new ContainerIndex(containerMap(doc));
    const pieces = readPieces(this.#text);
    this.#births.update(new Map(pieces.flatMap(entryOf)));
    this.#pieces = new PieceList(pieces.map((piece) => this.#place(piece)));
    for (const piece of this.#pieces) this.#stand(piece);
  }

  get containers(): ReadonlyMap<ContainerId, Container> {
    return this.#containers.all;
  }

  get body(): Body {
    const blocks = [...this.#pieces].flatMap((piece) => piece.segments.map((segment) => segment.block));
    return { blocks, containers: this.#containers.all };
  }

  /** How many characters the text has. */
  get length(): number {
    return this.#pieces.length;
  }

  /** Whether a block with this id is in the text. */
  hasBlock(id: BlockId): boolean {
    return this.#births.has(id);
  }

  /** How many blocks stand in this container, or in one that does. */
  countIn(id: ContainerId): number {
    let count = 0;
    for (const each of this.#containers.withInner([id])) count += this.#standing.get(each)?.size ?? 0;
    return count;
  }

  /** The markers of blocks that stand where the block with this id stands, because they were born of it. */
  bornOf(id: BlockId): readonly Marker[] {
    return this.#births.followersOf(id);
  }

  /** The containers that stand where this one stands, because they were born of it. */
  containersBornOf(id: ContainerId): readonly ContainerId[] {
    return this.#containers.bornOf(id);
  }

  /** Where the block of a marker stands. */
  placeOf(marker: Marker): ContainerId | null {
    return this.#births.at(marker) ?? null;
  }

  /** Where the block with this id stands; undefined where there is none. */
  placeOfBlock(id: BlockId): ContainerId | null | undefined {
    return this.#births.atId(id);
  }

  /** The flat offset of a marker; null where it is not in the text. */
  offsetOf(marker: Marker): number | null {
    return this.#pieces.has(marker) ? this.#pieces.offsetOf(marker) : null;
  }

  /** The markers of the page's tables. */
  tables(): Marker[] {
    return [...this.#pieces].flatMap(({ marker, segments }) =>
      marker && segments[0]?.block.table ? [marker] : [],
    );
  }

  /** The segments from the one that holds the character at a flat offset on, each with its own offset. */
  *from(flat: number): IterableIterator<{ segment: Segment; offset: number }> {
    for (const { piece, offset } of this.#pieces.from(flat)) {
      let at = offset;
      for (const segment of piece.segments) {
        if (at + segment.length > flat) yield { segment, offset: at };
        at += segment.length;
      }
    }
  }

  /** The segment that holds the character at a flat offset, and its own offset; null at the text's end. */
  at(flat: number): { segment: Segment; offset: number } | null {
    return this.from(flat).next().value ?? null;
  }

  /** Whether a format is open anywhere from one flat offset to another, or just before or behind. */
  hasMarks(from: number, to: number): boolean {
    const isOpen = (marks: Piece["opens"]) => Object.keys(marks).length > 0;
    for (const { piece, offset } of this.#pieces.from(Math.max(0, from - 1))) {
      if (offset > to) return false;
      const isMarked = piece.segments.some(({ block }) =>
        block.content.some((run) => run.marks !== undefined),
      );
      if (isMarked || isOpen(piece.opens) || isOpen(piece.closes)) return true;
    }
    return false;
  }

  /** The formats that are open just behind the character at a flat offset, where a marker stands there. */
  opensAt(flat: number): Piece["opens"] | null {
    const found = this.#pieces.from(flat).next().value;
    return found && found.offset === flat && found.piece.marker ? found.piece.opens : null;
  }

  /**
   * The flat offset of a relative position, deletions that were undone followed; null where its place is not in
   * this text. As Yjs finds it, but walking one segment and not the text.
   */
  flatOf(doc: Y.Doc, position: Y.RelativePosition): number | null {
    const { item: id, assoc } = position;
    if (id === null || Y.getState(doc.store, id.client) <= id.clock) return this.#endOf(doc, position);
    const { item, diff } = followRedone(doc.store, id);
    if (!(item instanceof Y.Item) || (item.parent as unknown) !== this.#text) return null;
    let length = item.deleted || !item.countable ? 0 : diff + (assoc >= 0 ? 0 : 1);
    let each = item.left;
    for (; each && !liveMarker(each); each = each.left)
      if (!each.deleted && each.countable) length += each.length;
    return each ? this.#pieces.offsetOf(liveMarker(each)) + 1 + length : length;
  }

  /** A relative position at a flat offset: bound to the character behind it, or with `assoc` -1 to the one before. */
  relativeAt(flat: number, assoc: 0 | -1): Y.RelativePosition {
    const character = assoc === 0 ? flat : flat - 1;
    const id = character < 0 ? null : this.#idAt(character);
    return Y.createRelativePositionFromJSON({ tname: "body", assoc, ...(id ? { item: id } : {}) });
  }

  #endOf(doc: Y.Doc, position: Y.RelativePosition): number | null {
    const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
    return absolute?.type === this.#text ? absolute.index : null;
  }

  /** The id of the character at a flat offset; null at the text's end. */
  #idAt(flat: number): { client: number; clock: number } | null {
    const found = this.#pieces.from(flat).next().value;
    if (!found) return null;
    let rest = flat - found.offset;
    for (let item = found.piece.marker?._item ?? this.#text._start; item; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (rest < item.length) return { client: item.id.client, clock: item.id.clock + rest };
      rest -= item.length;
    }
    return null;
  }

  /** Reads again what the transaction touched, and says what of the body reads differently now. */
  update(transaction: Y.Transaction): readonly SegmentChange[] {
    const moved = this.#containers.update(transaction);
    const touched = this.#touched(transaction);
    if (touched.size === 0 && moved.size === 0) return [];
    const before = this.#pieces.version;
    this.#replace(this.#read(touched));
    this.#refresh(moved);
    return stretches(before, this.#pieces.version).map(({ removed, added, ...where }) => ({
      ...where,
      removed: removed.flatMap((piece) => piece.segments),
      added: added.flatMap((piece) => piece.segments),
    }));
  }

  /** The markers in the list (null: the head) whose pieces may read differently now, or are gone. */
  #touched(transaction: Y.Transaction): Set<Key> {
    const touched = new Set<Key>();
    for (const type of transaction.changed.keys()) {
      const marker = this.#markerAround(type);
      if (marker) touched.add(marker);
    }
    if (transaction.changed.has(this.#text as never)) this.#touchItems(transaction, touched);
    return touched;
  }

  /** The marker in the list that a shared type is, or is nested in. */
  #markerAround(type: { _item: Y.Item | null; parent: unknown }): Marker | null {
    let each: unknown = type;
    while (each instanceof Y.AbstractType) {
      if (each instanceof Y.Map && this.#pieces.has(each as Marker)) return each as Marker;
      each = each.parent;
    }
    return null;
  }

  #touchItems(transaction: Y.Transaction, touched: Set<Key>): void {
    const seen = new Set<Y.Item>();
    const touch = (struct: unknown) => {
      if (!(struct instanceof Y.Item) || (struct.parent as unknown) !== this.#text) return;
      if (struct.content instanceof Y.ContentType && this.#pieces.has(struct.content.type as never))
        touched.add(struct.content.type as never);
      const known = this.#knownBefore(struct.left, seen);
      if (known !== undefined) touched.add(known);
    };
    eachNewStruct(transaction, touch);
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, touch);
  }

  /** The nearest live marker of the list at or left of an item, null for the head; undefined where seen already. */
  #knownBefore(item: Y.Item | null, seen: Set<Y.Item>): Key | undefined {
    for (let each = item; each; each = each.left) {
      if (seen.has(each)) return undefined;
      seen.add(each);
      const marker = liveMarker(each);
      if (marker && this.#pieces.has(marker)) return marker;
    }
    return null;
  }

  /**
   * Reads the touched pieces, the new ones behind them, and on where the formats that are open at their end changed.
   * Every new marker stands behind a touched one: what is left of it was touched by it.
   */
  #read(touched: Set<Key>): Map<Key, readonly Piece[]> {
    const read = new Map<Key, readonly Piece[]>();
    for (const first of this.#pieces.sorted(touched)) {
      let key: Key | undefined = first;
      while (key !== undefined && !read.has(key)) {
        const pieces: Piece[] = isGone(key) ? [] : this.#readRun(key, this.#opensOf(key, read));
        read.set(key, pieces);
        key = this.#reached(pieces.at(-1), touched);
      }
    }
    return read;
  }

  /** Reads a piece, and those behind it that are not in the list yet. */
  #readRun(key: Key, opens: Piece["opens"]): Piece[] {
    const pieces: Piece[] = [];
    let stop = readPiece(this.#text, key, opens);
    pieces.push(stop.piece);
    while (stop.next && !this.#pieces.has(stop.next)) {
      stop = readPiece(this.#text, stop.next, stop.piece.closes);
      pieces.push(stop.piece);
    }
    return pieces;
  }

  /** The formats that are open where a piece begins, by what stands before it now. */
  #opensOf(key: Key, read: ReadonlyMap<Key, readonly Piece[]>): Piece["opens"] {
    if (key === null) return {};
    let before = this.#pieces.previous(key);
    while (before) {
      const now = read.get(before.marker) ?? (isGone(before.marker) ? [] : [before]);
      if (now.length > 0) return now.at(-1)!.closes;
      before = this.#pieces.previous(before.marker);
    }
    return {};
  }

  /** The piece of the list behind one just read, if the formats that reach it changed and it is not touched itself. */
  #reached(last: Piece | undefined, touched: ReadonlySet<Key>): Key | undefined {
    if (!last) return undefined;
    const next = nextMarker(this.#text, last.marker);
    const known = next && this.#pieces.get(next);
    return known && !touched.has(next) && !sameAttrs(known.opens, last.closes) ? next : undefined;
  }

  /** Puts what was read into the list, and what now stands somewhere else because of it. */
  #replace(read: ReadonlyMap<Key, readonly Piece[]>): void {
    const entries = [...read.values()].flat().flatMap(entryOf);
    const gone = [...read].flatMap(([key, pieces]) =>
      key && pieces.length === 0 ? [[key, null] as const] : [],
    );
    const moved = this.#births.update(new Map([...gone, ...entries]));
    const replacements = new Map<Key, readonly Piece[]>();
    for (const [key, pieces] of read) {
      const before = key === null || this.#pieces.has(key) ? this.#pieces.get(key) : null;
      replacements.set(
        key,
        pieces.map((piece, n) => this.#keep(this.#place(piece), n === 0 ? before : null)),
      );
    }
    for (const key of moved) {
      const piece = read.has(key) ? null : this.#pieces.get(key);
      if (piece) replacements.set(key, [this.#place(piece)]);
    }
    for (const key of replacements.keys()) this.#leave(key);
    this.#pieces.replace(replacements);
    for (const pieces of replacements.values()) for (const piece of pieces) this.#stand(piece);
  }

  #place(piece: Piece): Piece {
    return piece.marker ? placed(piece, this.#births.at(piece.marker) ?? null) : piece;
  }

  /** The same block keeps its identity, so that nothing that shows it works again. */
  #keep(piece: Piece, before: Piece | null): Piece {
    if (!before || before.segments.length !== piece.segments.length) return piece;
    const segments = piece.segments.map((segment, n) => {
      const was = before.segments[n]!;
      return sameBlock(was.block, segment.block) && was.length === segment.length ? was : segment;
    });
    const isSame =
      segments.every((segment, n) => segment === before.segments[n]) &&
      sameAttrs(before.opens, piece.opens) &&
      sameAttrs(before.closes, piece.closes);
    return isSame ? before : { ...piece, segments };
  }

  #stand({ marker, segments }: Piece): void {
    const container = segments[0]?.block.in;
    if (!marker || !container) return;
    const markers = this.#standing.get(container) ?? new Set();
    this.#standing.set(container, markers.add(marker));
  }

  #leave(key: Key): void {
    const container = this.#pieces.has(key) && this.#pieces.get(key)?.segments[0]?.block.in;
    if (key && container) this.#standing.get(container)?.delete(key);
  }

  /** Blocks in containers that changed are to be drawn again: each becomes another piece that reads the same. */
  #refresh(containers: ReadonlySet<ContainerId>): void {
    const copies = new Map<Key, readonly Piece[]>();
    for (const container of containers)
      for (const marker of this.#standing.get(container) ?? [])
        copies.set(marker, [{ ...this.#pieces.get(marker)! }]);
    if (copies.size > 0) this.#pieces.replace(copies);
  }
}

const isGone = (key: Key): boolean => key !== null && key._item?.deleted !== false;

function nextMarker(text: Y.Text, marker: Key): Key {
  for (let item = marker ? marker._item!.right : text._start; item; item = item.right) {
    const found = liveMarker(item);
    if (found) return found;
  }
  return null;
}

function eachNewStruct(transaction: Y.Transaction, visit: (struct: unknown) => void): void {
  for (const [client, clock] of transaction.afterState) {
    const from = transaction.beforeState.get(client) ?? 0;
    if (from === clock) continue;
    const structs = transaction.doc.store.clients.get(client) ?? [];
    for (let n = structs.length - 1; n >= 0; n -= 1) {
      const struct = structs[n]!;
      if (struct.id.clock + struct.length <= from) break;
      visit(struct);
    }
  }
}

/** The struct that holds a character now, and where in it: what undo brought back is another item than what was. */
function followRedone(store: Y.Doc["store"], id: Y.ID): { item: Y.Item | Y.GC; diff: number } {
  let item = Y.getItem(store, id) as Y.Item | Y.GC;
  let diff = id.clock - item.id.clock;
  while (item instanceof Y.Item && item.redone !== null) {
    const next: Y.ID = Y.createID(item.redone.client, item.redone.clock + diff);
    item = Y.getItem(store, next) as Y.Item | Y.GC;
    diff = next.clock - item.id.clock;
  }
  return { item, diff };
}
