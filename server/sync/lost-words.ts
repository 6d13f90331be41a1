import * as Y from "yjs";
import type { LostPiece, LostRun } from "../../shared/records/lost.ts";
import { Spans } from "./update/spans.ts";
import { walk, type Range, type Walked } from "./update/walk.ts";

/*
 * What died without being seen. A Yjs update names each character that its author deletes, so whatever it names, its
 * author had seen. But a type takes all that stands in it along, named or not:
 *
 *   deleted first   somebody deletes a table; what stands in its cells dies here when that arrives, and what was typed
 *                   there meanwhile is not named
 *   typed first     the same the other way round: what is typed into a table that is dead by then is dead on arrival
 *   overwritten     two set one key without knowing of each other: one of the two values dies, with all in it
 *
 * So: what an update kills, less what it names, is lost. Undo and every deliberate deletion name what they delete.
 */

/** A page's document, fed with the entries of its journal one by one; it keeps what is deleted. */
export class LostWords {
  readonly #doc: Y.Doc;
  /** Lost characters by author, of which the document knows where they stood. */
  readonly #texts = new Map<number, Spans>();
  /** What else was lost: values of keys, and text in something of which the page's state knows no more. */
  #others: { author: number; piece: LostPiece }[] = [];

  /** The document must not collect garbage. */
  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  /** Applies the next entry. */
  apply(update: Uint8Array): void {
    const walked = walk(update);
    const named = spansOf(walked.deletes);
    const died = diedOf(this.#doc, update);
    const alreadyDead = walked.deletes.flatMap((range) => lackOf(range, spansOf(died)));
    this.#takeBack(alreadyDead);
    for (const range of died) for (const unnamed of lackOf(range, named)) this.#lose(unnamed);
    this.#loseBuried(update, walked, named);
  }

  /** All that was lost, what stood together in one run, in the order of the text. */
  runs(): LostRun[] {
    const placed = [...this.#texts].flatMap(([author, spans]) => placedRuns(this.#doc, spans.ranges(author)));
    return [...placed, ...joined(this.#others)];
  }

  #lose(range: Range): void {
    for (const part of partsIn(this.#doc, range)) {
      const { author } = range;
      if (part.item.content instanceof Y.ContentString) spansFor(this.#texts, author).add(part);
      else this.#others.push(...contentsOf(part).map((piece) => ({ author, piece })));
    }
  }

  /** Of a type that died before this page's state was last folded, nothing is left: the update alone has the text. */
  #loseBuried(update: Uint8Array, { runs }: Walked, named: ReadonlyMap<number, Spans>): void {
    const isBuried = (author: number, clock: number) =>
      Y.getItem(this.#doc.store, Y.createID(author, clock)) instanceof Y.GC;
    if (!runs.flat().some(({ author, clock, content }) => content !== "garbage" && isBuried(author, clock)))
      return;
    for (const item of Y.decodeUpdate(update).structs) {
      if (!(item instanceof Y.Item) || !isBuried(item.id.client, item.id.clock)) continue;
      const author = item.id.client;
      for (const range of lackOf(rangeOf(item), named))
        this.#others.push(...contentsOf({ ...range, item }).map((piece) => ({ author, piece })));
    }
  }

  /**
   * Whoever goes on in a text that is dead by then may also delete in it what they just wrote. An answer to what the
   * server lacks names all that is dead, and so also what it stood in: that is no deletion by hand.
   */
  #takeBack(alreadyDead: readonly Range[]): void {
    if (!alreadyDead.every((range) => this.#texts.get(range.author)?.cover(range))) return;
    for (const range of alreadyDead) this.#texts.get(range.author)?.remove(range);
  }
}

/** Applies an update; answers all that was alive, or came, and is dead now. */
function diedOf(doc: Y.Doc, update: Uint8Array): Range[] {
  const died: Range[] = [];
  doc.once("afterTransaction", ({ deleteSet }: Y.Transaction) => {
    for (const [author, deleted] of deleteSet.clients)
      for (const { clock, len } of deleted) died.push({ author, clock, end: clock + len });
  });
  Y.applyUpdate(doc, update);
  return died;
}

/** A piece of an item, from one clock to another. */
type Part = Range & { item: Y.Item };

function partsIn(doc: Y.Doc, { author, clock, end }: Range): Part[] {
  const structs = doc.store.clients.get(author) ?? [];
  const parts: Part[] = [];
  for (let at = Y.findIndexSS(structs, clock); at < structs.length; at += 1) {
    const item = structs[at]!;
    const own = rangeOf(item);
    if (own.clock >= end) break;
    if (item instanceof Y.Item)
      parts.push({ author, clock: Math.max(clock, own.clock), end: Math.min(end, own.end), item });
  }
  return parts;
}

/** Lost characters, those of one type together, in its order. */
function placedRuns(doc: Y.Doc, ranges: readonly Range[]): LostRun[] {
  const byItem = Map.groupBy(
    ranges.flatMap((range) => partsIn(doc, range)),
    (part) => part.item,
  );
  const byType = Map.groupBy(byItem.keys(), (item) => item.parent);
  return [...byType].map(([type, items]) => {
    const order = items.length > 1 && type instanceof Y.AbstractType ? inOrder(type, new Set(items)) : items;
    const parts = order.flatMap((item) => byItem.get(item) ?? []);
    const pieces = parts.flatMap((part, at) => {
      const before = parts[at - 1];
      const isApart = before !== undefined && !(before.item === part.item || before.item.right === part.item);
      return contentsOf(part).map((piece) => ({ ...piece, isApart }));
    });
    return { author: ranges[0]!.author, pieces };
  });
}

function inOrder(type: Y.AbstractType<unknown>, items: ReadonlySet<Y.Item>): Y.Item[] {
  const order: Y.Item[] = [];
  for (let item = type._start; item; item = item.right) if (items.has(item)) order.push(item);
  return order;
}

/** Runs of what has no known place: one author's pieces that follow on each other. */
function joined(others: readonly { author: number; piece: LostPiece }[]): LostRun[] {
  const runs: { author: number; pieces: LostPiece[] }[] = [];
  const sorted = others.toSorted((a, b) => a.author - b.author || a.piece.clock - b.piece.clock);
  for (const { author, piece } of sorted) {
    const run = runs.at(-1);
    const last = run?.pieces.at(-1);
    if (run?.author === author && last && last.clock + last.length === piece.clock) run.pieces.push(piece);
    else runs.push({ author, pieces: [piece] });
  }
  return runs;
}

/** The words in a part: characters, or values that are words. */
function contentsOf({ item, clock, end }: Part): LostPiece[] {
  const [from, to] = [clock - item.id.clock, end - item.id.clock];
  if (item.content instanceof Y.ContentString)
    return [{ clock, length: end - clock, text: item.content.str.slice(from, to), isApart: false }];
  if (!(item.content instanceof Y.ContentAny)) return [];
  return item.content.arr
    .slice(from, to)
    .flatMap((value: unknown, at) =>
      isWords(value) ? [{ clock: clock + at, length: 1, text: value, isApart: false }] : [],
    );
}

/** A plain value counts where it has several words: names of types and kinds, ids and addresses are one. */
function isWords(value: unknown): value is string {
  return typeof value === "string" && /\S\s+\S/.test(value);
}

function rangeOf({ id, length }: Y.Item | Y.GC): Range {
  return { author: id.client, clock: id.clock, end: id.clock + length };
}

function spansOf(ranges: readonly Range[]): Map<number, Spans> {
  const spans = new Map<number, Spans>();
  for (const range of ranges) spansFor(spans, range.author).add(range);
  return spans;
}

function spansFor(spans: Map<number, Spans>, author: number): Spans {
  const own = spans.get(author) ?? new Spans();
  spans.set(author, own);
  return own;
}

function lackOf(range: Range, spans: ReadonlyMap<number, Spans>): Range[] {
  return spans.get(range.author)?.lackOf(range) ?? [range];
}
