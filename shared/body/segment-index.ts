import * as Y from "yjs";
import type { ContainerId } from "../base/ids.ts";
import type { Block, Body, Container, Inline, Value } from "./blocks.ts";
import { bodyText, containerMap, readContainer, readContainers } from "./format.ts";
import { liveMarker, readSegment, readSegments, sameAttrs, type Segment, type Stop } from "./segments.ts";

/** What a transaction made of the segments: those from `start` on, `removed` of them, are now `added`. */
export type SegmentChange = {
  start: number;
  removed: readonly Segment[];
  added: readonly Segment[];
  /** Whether a container's record changed: where blocks stand, beyond those added. */
  containers: boolean;
};

/**
 * The segments of a page's body, kept up with its document: after each transaction only what it touched is read
 * again. `update` must see every transaction once, in order, while its items are still there (in an observer).
 */
export class SegmentIndex {
  readonly #text: Y.Text;
  readonly #containerMap: ReturnType<typeof containerMap>;
  #segments: readonly Segment[];
  #byMarker = new Map<Y.Map<Value>, Segment>();
  #containers: Map<ContainerId, Container>;

  constructor(doc: Y.Doc) {
    this.#text = bodyText(doc);
    this.#containerMap = containerMap(doc);
    this.#segments = readSegments(this.#text);
    this.#containers = readContainers(this.#containerMap);
    for (const segment of this.#segments) this.#remember(segment);
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  get containers(): ReadonlyMap<ContainerId, Container> {
    return this.#containers;
  }

  get body(): Body {
    return { blocks: this.#segments.map((segment) => segment.block), containers: this.#containers };
  }

  /** The flat offset at which the segment with this number begins. */
  offsetOf(number: number): number {
    let offset = 0;
    for (let n = 0; n < number; n += 1) offset += this.#segments[n]!.length;
    return offset;
  }

  /** The number of the segment that begins at or behind a flat offset. */
  numberAt(offset: number): number {
    let rest = offset;
    let number = 0;
    for (; rest > 0 && number < this.#segments.length; number += 1) rest -= this.#segments[number]!.length;
    return number;
  }

  /** The segment that begins at a flat offset, or null where none does. */
  segmentAt(offset: number): Segment | null {
    let rest = offset;
    for (const segment of this.#segments) {
      if (rest === 0) return segment;
      if (rest < segment.length) return null;
      rest -= segment.length;
    }
    return null;
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
    const inItem = item.deleted || !item.countable ? 0 : diff + (assoc >= 0 ? 0 : 1);
    let length = inItem;
    let each = item.left;
    for (; each && !liveMarker(each); each = each.left)
      if (!each.deleted && each.countable) length += each.length;
    const segment = each ? this.#byMarker.get(liveMarker(each)!) : null;
    return segment ? this.offsetOf(this.#segments.indexOf(segment)) + 1 + length : length;
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
    let rest = flat;
    let number = 0;
    for (; number < this.#segments.length && rest >= this.#segments[number]!.length; number += 1)
      rest -= this.#segments[number]!.length;
    const segment = this.#segments[number];
    if (!segment) return null;
    // Text without a marker of its own begins behind the last character before it.
    const previous = this.#segments[number - 1];
    const from = segment.marker?._item ?? previous?.marker?._item?.right ?? this.#text._start;
    for (let item = from; item; item = item.right) {
      if (item.deleted || !item.countable) continue;
      if (rest < item.length) return { client: item.id.client, clock: item.id.clock + rest };
      rest -= item.length;
    }
    return null;
  }

  /** Reads again what the transaction touched; null where that is nothing of the body. */
  update(transaction: Y.Transaction): SegmentChange | null {
    const containers = this.#updateContainers(transaction);
    const touched = this.#touched(transaction);
    if (touched.size === 0) {
      return containers ? { start: 0, removed: [], added: [], containers } : null;
    }
    const before = this.#segments;
    this.#segments = this.#read(touched);
    for (const segment of before) if (!this.#isLive(segment)) this.#byMarker.delete(segment.marker!);
    return { ...difference(before, this.#segments), containers };
  }

  #isLive(segment: Segment): boolean {
    return segment.marker === null || segment.marker._item?.deleted === false;
  }

  #remember(segment: Segment): void {
    if (segment.marker) this.#byMarker.set(segment.marker, segment);
  }

  #updateContainers(transaction: Y.Transaction): boolean {
    let changed = false;
    for (const [type, keys] of transaction.changed) {
      const ids: Iterable<string | null> =
        (type as unknown) === this.#containerMap
          ? keys
          : (type.parent as unknown) === this.#containerMap
            ? [type._item?.parentSub ?? null]
            : [];
      for (const id of ids) {
        if (id === null) continue;
        changed = true;
        this.#updateContainer(id as ContainerId);
      }
    }
    return changed;
  }

  #updateContainer(id: ContainerId): void {
    const container = readContainer(this.#containerMap.get(id), id);
    if (container) this.#containers.set(id, container);
    else this.#containers.delete(id);
  }

  /** The markers (null: the head) whose segments may read differently now. */
  #touched(transaction: Y.Transaction): Set<Y.Map<Value> | null> {
    const touched = new Set<Y.Map<Value> | null>();
    if (transaction.changed.has(this.#text as never)) this.#touchItems(transaction, touched);
    for (const type of transaction.changed.keys()) {
      const marker = type as unknown as Y.Map<Value>;
      if (this.#byMarker.has(marker) && marker._item?.deleted === false) touched.add(marker);
    }
    return touched;
  }

  #touchItems(transaction: Y.Transaction, touched: Set<Y.Map<Value> | null>): void {
    const touch = (struct: unknown) => {
      if (!(struct instanceof Y.Item) || (struct.parent as unknown) !== this.#text) return;
      const own = liveMarker(struct);
      if (own) touched.add(own);
      touched.add(markerBefore(struct.left));
    };
    for (const [client, clock] of transaction.afterState) {
      const from = transaction.beforeState.get(client) ?? 0;
      if (from === clock) continue;
      const structs = transaction.doc.store.clients.get(client) ?? [];
      for (let n = structs.length - 1; n >= 0; n -= 1) {
        const struct = structs[n]!;
        if (struct.id.clock + struct.length <= from) break;
        touch(struct);
      }
    }
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, touch);
  }

  /** The list of segments with the touched ones, and those that new formats reach into, read again. */
  #read(touched: ReadonlySet<Y.Map<Value> | null>): Segment[] {
    const segments: Segment[] = [];
    const known = this.#byMarker;
    let stop: Stop = { marker: null, open: {} };
    let at = 0;
    const old = this.#segments;
    if (old[0]?.marker === null && !touched.has(null)) stop = this.#keep(old, at++, segments);
    else if (touched.has(null) || old.length === 0) {
      stop = readSegment(null, this.#text._start, {}, segments);
      if (old[0]?.marker === null) at += 1;
    } else stop = { marker: old[0]!.marker, open: {} };
    while (stop.marker) {
      const marker: Y.Map<Value> = stop.marker;
      const kept = known.get(marker);
      while (at < old.length && old[at]!.marker !== marker && kept) at += 1;
      if (kept && !touched.has(marker) && sameAttrs(kept.opens, stop.open)) {
        stop = this.#keep(old, at, segments);
        at += 1;
        if (old[at]?.marker === null) at += 1;
      } else stop = this.#readAgain(marker, stop.open, segments);
    }
    return segments;
  }

  /** Takes a segment over (and the headless text that belongs behind it), and answers what comes next. */
  #keep(old: readonly Segment[], at: number, segments: Segment[]): Stop {
    let last = old[at]!;
    segments.push(last);
    let next = at + 1;
    if (last.marker !== null && old[next]?.marker === null) {
      last = old[next]!;
      segments.push(last);
      next += 1;
    }
    while (next < old.length && !this.#isLive(old[next]!)) next += 1;
    const marker = old[next]?.marker ?? null;
    return { marker, open: last.closes };
  }

  #readAgain(marker: Y.Map<Value>, open: Segment["opens"], segments: Segment[]): Stop {
    const first = segments.length;
    const stop = readSegment(marker, marker._item!.right, open, segments);
    const before = this.#byMarker.get(marker);
    const read = segments[first]!;
    // The same block keeps its identity, so that nothing that shows it works again.
    const kept = before && sameBlock(before.block, read.block) ? { ...read, block: before.block } : read;
    segments[first] = kept;
    this.#remember(kept);
    return stop;
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

/** The nearest live marker at or left of an item; null: there is none, the item is in the head. */
function markerBefore(item: Y.Item | null): Y.Map<Value> | null {
  for (let each = item; each; each = each.left) {
    const marker = liveMarker(each);
    if (marker) return marker;
  }
  return null;
}

function difference(before: readonly Segment[], after: readonly Segment[]) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  return {
    start,
    removed: before.slice(start, before.length - end),
    added: after.slice(start, after.length - end),
  };
}

export function sameBlock(a: Block, b: Block): boolean {
  return a === b || (sameHead(a, b) && sameContent(a.content, b.content) && !a.table && !b.table);
}

/** Whether two blocks are equal but for their text. */
export function sameHead(a: Block, b: Block): boolean {
  return a.id === b.id && a.type === b.type && a.in === b.in && sameAttrs(a.attrs, b.attrs);
}

function sameContent(a: readonly Inline[], b: readonly Inline[]): boolean {
  return a.length === b.length && a.every((run, n) => sameInline(run, b[n]!));
}

function sameInline(a: Inline, b: Inline): boolean {
  if (!sameAttrs(a.marks ?? {}, b.marks ?? {})) return false;
  if ("text" in a) return "text" in b && a.text === b.text;
  return "atom" in b && sameAttrs(a.atom, b.atom);
}
