import { must } from "../base/assert.ts";
import type { Marker, Piece } from "./segments.ts";

/*
 * The pieces of a text in order, found by offset or by marker. Kept in chunks of some dozens, each with its length:
 * finding and replacing cost in proportion to the square root of their number. Chunks are values and never change,
 * so two versions of the list are compared by looking only at the chunks that differ.
 */
type Chunk = { readonly pieces: readonly Piece[]; readonly length: number };

/** Chunks of twice as many pieces are split. */
const chunkSize = 64;

export type Key = Marker | null;

export class PieceList {
  #chunks: readonly Chunk[];
  readonly #chunkOf = new Map<Key, Chunk>();

  constructor(pieces: readonly Piece[]) {
    this.#chunks = inChunks(pieces);
    for (const chunk of this.#chunks) this.#remember(chunk);
  }

  /** The list as it is now; what becomes of it later does not change this. */
  get version(): readonly Chunk[] {
    return this.#chunks;
  }

  get length(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  has(key: Key): boolean {
    return this.#chunkOf.has(key);
  }

  get(key: Key): Piece | null {
    return this.#chunkOf.get(key)?.pieces.find((piece) => piece.marker === key) ?? null;
  }

  *[Symbol.iterator](): IterableIterator<Piece> {
    for (const chunk of this.#chunks) yield* chunk.pieces;
  }

  /** The offset at which a piece begins. */
  offsetOf(key: Key): number {
    const its = must(this.#chunkOf.get(key), "The marker is in the list");
    let offset = 0;
    for (const chunk of this.#chunks) {
      if (chunk === its) break;
      offset += chunk.length;
    }
    for (const piece of its.pieces) {
      if (piece.marker === key) break;
      offset += piece.length;
    }
    return offset;
  }

  /** The pieces from the one that holds the character at an offset on, each with its own offset. */
  *from(offset: number): IterableIterator<{ piece: Piece; offset: number }> {
    let at = 0;
    for (const chunk of this.#chunks) {
      if (at + chunk.length <= offset) {
        at += chunk.length;
        continue;
      }
      for (const piece of chunk.pieces) {
        if (at + piece.length > offset) yield { piece, offset: at };
        at += piece.length;
      }
    }
  }

  /** Keys that are in the list, in its order. */
  sorted(keys: Iterable<Key>): Key[] {
    const wanted = new Set(keys);
    const chunks = new Set([...wanted].map((key) => this.#chunkOf.get(key)));
    return this.#chunks
      .filter((chunk) => chunks.has(chunk))
      .flatMap((chunk) => chunk.pieces.map((piece) => piece.marker).filter((key) => wanted.has(key)));
  }

  /** The piece before one that is in the list. */
  previous(key: Key): Piece | null {
    const its = must(this.#chunkOf.get(key), "The marker is in the list");
    const at = its.pieces.findIndex((piece) => piece.marker === key);
    return its.pieces[at - 1] ?? this.#chunks[this.#chunks.indexOf(its) - 1]?.pieces.at(-1) ?? null;
  }

  /** Puts pieces in the place of each that is named: none, one, or more. */
  replace(replacements: ReadonlyMap<Key, readonly Piece[]>): void {
    const touched = new Set([...replacements.keys()].map((key) => this.#chunkOf.get(key)));
    for (const key of replacements.keys()) this.#chunkOf.delete(key);
    this.#chunks = this.#chunks.flatMap((chunk) => {
      if (!touched.has(chunk)) return [chunk];
      const pieces = chunk.pieces.flatMap((piece) => replacements.get(piece.marker) ?? [piece]);
      const chunks = inChunks(pieces);
      for (const each of chunks) this.#remember(each);
      return chunks;
    });
  }

  #remember(chunk: Chunk): void {
    for (const piece of chunk.pieces) this.#chunkOf.set(piece.marker, chunk);
  }
}

function inChunks(pieces: readonly Piece[]): Chunk[] {
  const chunks: Chunk[] = [];
  const size = pieces.length < 2 * chunkSize ? 2 * chunkSize : chunkSize;
  for (let start = 0; start < pieces.length; start += size) {
    const some = pieces.slice(start, start + size);
    chunks.push({ pieces: some, length: some.reduce((sum, piece) => sum + piece.length, 0) });
  }
  return chunks;
}

/** A stretch of pieces that became another: where it began and begins, in pieces' offsets. */
export type Stretch = { was: number; at: number; removed: readonly Piece[]; added: readonly Piece[] };

/** What differs between two versions of a list. Pieces that both have stand in the same order in both. */
export function stretches(before: readonly Chunk[], after: readonly Chunk[]): Stretch[] {
  const found: Stretch[] = [];
  const kept = new Set(after);
  let [was, at, n] = [0, 0, 0];
  for (let m = 0; m < before.length || n < after.length;) {
    if (m < before.length && before[m] === after[n]) {
      was += before[m]!.length;
      at += before[m]!.length;
      m += 1;
      n += 1;
      continue;
    }
    const old: Piece[] = [];
    const young: Piece[] = [];
    for (; m < before.length && !kept.has(before[m]!); m += 1) old.push(...before[m]!.pieces);
    for (; n < after.length && after[n] !== before[m]; n += 1) young.push(...after[n]!.pieces);
    compare(old, young, was, at, found);
    was += lengthOf(old);
    at += lengthOf(young);
  }
  return found;
}

function compare(old: readonly Piece[], young: readonly Piece[], was: number, at: number, found: Stretch[]) {
  const is = new Set(young);
  const common = new Set(old.filter((piece) => is.has(piece)));
  for (let m = 0, n = 0; m < old.length || n < young.length;) {
    if (m < old.length && common.has(old[m]!) && old[m] === young[n]) {
      was += old[m]!.length;
      at += old[m]!.length;
      m += 1;
      n += 1;
      continue;
    }
    const [from, to] = [m, n];
    while (m < old.length && !common.has(old[m]!)) m += 1;
    while (n < young.length && !common.has(young[n]!)) n += 1;
    if (m === from && n === to) throw new Error("Pieces that stayed in the text changed their order");
    const [removed, added] = [old.slice(from, m), young.slice(to, n)];
    found.push({ was, at, removed, added });
    was += lengthOf(removed);
    at += lengthOf(added);
  }
}

const lengthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
