import * as decoding from "lib0/decoding";
import { Spans } from "./spans.ts";

/*
 * One pass over a Yjs update (version 1), without building a document from it:
 *
 *   update  = runs deletes
 *   runs    = count, then per author: count, author, first clock, then that many structs (each begins where the
 *             one before ended)
 *   struct  = info byte; its five low bits say the content (0: collected garbage, 10: a gap), its high bits
 *             which of the neighbours it was inserted between are named; who names neither names its parent
 *   deletes = count, then per author: author, count, then that many (clock, length)
 *
 * It is stricter than Yjs: only what Yjs itself writes is read, so two readers cannot take one update for two
 * different things.
 */

export type StructId = { readonly author: number; readonly clock: number };

export const contents = [
  "garbage",
  "deleted",
  "json",
  "binary",
  "string",
  "embed",
  "format",
  "type",
  "any",
  "document",
  "gap",
] as const;
export type Content = (typeof contents)[number];

export type Struct = {
  readonly author: number;
  readonly clock: number;
  /** The first clock behind it. */
  readonly end: number;
  readonly content: Content;
  /** What it was inserted behind and before; null where that is nothing. */
  readonly after: StructId | null;
  readonly before: StructId | null;
  /** The name of a root, or the struct that opened the type that this stands in; null where a neighbour says it. */
  readonly parent: string | StructId | null;
  readonly key: string | null;
  /** What that key is set to, where it is a string. */
  readonly value: string | null;
  /** Which of Yjs' types this opens (1: map, 2: text …), or null. */
  readonly opens: number | null;
  /** What a mark is called. */
  readonly mark: string | null;
  /** Plain values, an atom, a mark's value; none of anything else. And in how many bytes they came. */
  readonly holds: readonly unknown[];
  readonly bytes: number;
};

export type Range = { readonly author: number; readonly clock: number; readonly end: number };

export type Walked = { readonly runs: readonly (readonly Struct[])[]; readonly deletes: readonly Range[] };

/** What an update holds. Throws where it is not exactly one update. */
export function walk(update: Uint8Array): Walked {
  const decoder = decoding.createDecoder(update);
  const runs = readRuns(decoder);
  const deletes = readDeletes(decoder);
  check(!decoding.hasContent(decoder), "the update ends where its deletes end");
  return { runs, deletes };
}

function readRuns(decoder: decoding.Decoder): Struct[][] {
  const runs: Struct[][] = [];
  let lastAuthor = Infinity;
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const count = decoding.readVarUint(decoder);
    const author = readAuthor(decoder);
    check(count > 0 && author < lastAuthor, "authors stand once, in falling order, with a struct each");
    lastAuthor = author;
    runs.push(readRun(decoder, author, count));
  }
  return runs;
}

/** One author's structs as they lie in an update: so many, in the bytes from `from` up to `to`. */
export type Stretch = {
  readonly author: number;
  readonly clock: number;
  readonly end: number;
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /** Whether something between them is missing. */
  readonly hasGap: boolean;
};

/** Where in an update each author's structs lie, and where its deletions begin. Throws where it cannot be read. */
export function stretchesIn(update: Uint8Array): { stretches: Stretch[]; to: number } {
  const decoder = decoding.createDecoder(update);
  const stretches: Stretch[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) stretches.push(readStretch(decoder));
  return { stretches, to: decoder.pos };
}

/** The deletions of an update whose structs end there. Throws where anything stands behind them. */
export function deletesFrom(update: Uint8Array, at: number): Map<number, Spans> {
  const decoder = decoding.createDecoder(update);
  decoder.pos = at;
  const deletes = new Map<number, Spans>();
  for (let authors = decoding.readVarUint(decoder); authors > 0; authors -= 1) {
    const author = readAuthor(decoder);
    const spans = deletes.get(author) ?? new Spans();
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clock = decoding.readVarUint(decoder);
      spans.addUpTo(clock, clock + readLength(decoder));
    }
    deletes.set(author, spans);
  }
  check(!decoding.hasContent(decoder), "the update ends where its deletes end");
  return deletes;
}

function readStretch(decoder: decoding.Decoder): Stretch {
  const count = decoding.readVarUint(decoder);
  const author = readAuthor(decoder);
  const clock = decoding.readVarUint(decoder);
  const from = decoder.pos;
  let end = clock;
  let hasGap = false;
  for (let left = count; left > 0; left -= 1) {
    const struct = readStruct(decoder, author, end);
    hasGap ||= struct.content === "gap";
    end = struct.end;
  }
  return { author, clock, end, count, from, to: decoder.pos, hasGap };
}

function readRun(decoder: decoding.Decoder, author: number, count: number): Struct[] {
  const run: Struct[] = [];
  let clock = decoding.readVarUint(decoder);
  for (let left = count; left > 0; left -= 1) {
    const struct = readStruct(decoder, author, clock);
    run.push(struct);
    clock = struct.end;
  }
  return run;
}

function readStruct(decoder: decoding.Decoder, author: number, clock: number): Struct {
  const info = decoding.readUint8(decoder);
  const content = contents[info & 31];
  check(content !== undefined, "the content is of a known kind");
  if (content === "garbage" || content === "gap") {
    check(info === 0 || info === 10, "what has no place names none");
    const end = clock + readLength(decoder);
    return { author, clock, end, content, ...nowhere, ...empty };
  }
  const after = info & 128 ? readId(decoder) : null;
  const before = info & 64 ? readId(decoder) : null;
  const parent = after || before ? null : readParent(decoder);
  const key = parent !== null && info & 32 ? decoding.readVarString(decoder) : null;
  const from = decoder.pos;
  const { length, opens = null, mark = null, holds = nothing } = readContent(decoder, content);
  const last = content === "any" || content === "json" ? holds.at(-1) : null;
  const value = key !== null && typeof last === "string" ? last : null;
  const end = clock + length;
  const bytes = decoder.pos - from;
  return { author, clock, end, content, after, before, parent, key, value, opens, mark, holds, bytes };
}

const nothing: readonly unknown[] = [];
const nowhere = { after: null, before: null, parent: null, key: null } as const;
const empty = { value: null, opens: null, mark: null, holds: nothing, bytes: 0 } as const;

function readParent(decoder: decoding.Decoder): string | StructId {
  const isRoot = decoding.readVarUint(decoder);
  check(isRoot <= 1, "a parent is a root or a struct");
  return isRoot ? decoding.readVarString(decoder) : readId(decoder);
}

type ReadContent = { length: number; opens?: number; mark?: string; holds?: readonly unknown[] };

function readContent(decoder: decoding.Decoder, content: Content): ReadContent {
  const one: ReadContent = { length: 1 };
  switch (content) {
    case "deleted":
      return { length: readLength(decoder) };
    case "string":
      return { length: checkLength(readUnits(decoder)) };
    case "any":
      return readMany(decoder, () => decoding.readAny(decoder));
    case "json":
      return readMany(decoder, () => readOldJson(decoder));
    case "embed":
      return { length: 1, holds: [JSON.parse(decoding.readVarString(decoder))] };
    case "format": {
      const mark = decoding.readVarString(decoder);
      return { length: 1, mark, holds: [JSON.parse(decoding.readVarString(decoder))] };
    }
    case "binary":
      decoding.readVarUint8Array(decoder);
      return one;
    case "document":
      decoding.readVarString(decoder);
      decoding.readAny(decoder);
      return one;
    default:
      return { length: 1, opens: readType(decoder) };
  }
}

/** How many characters a text has, as Yjs counts them. Most are plain, and counted without being made a string. */
function readUnits(decoder: decoding.Decoder): number {
  const { arr, pos } = decoder;
  const end = decoding.readVarUint(decoder) + decoder.pos;
  check(end <= arr.length, "a text ends where the update does, or before");
  let at = decoder.pos;
  while (at < end && arr[at]! < 128) at += 1;
  const bytes = end - decoder.pos;
  decoder.pos = at < end ? pos : end;
  return at < end ? decoding.readVarString(decoder).length : bytes;
}

/** Elements and hooks (3, 5) carry a name. */
function readType(decoder: decoding.Decoder): number {
  const type = decoding.readVarUint(decoder);
  check(type <= 6, "the type is one of Yjs'");
  if (type === 3 || type === 5) decoding.readVarString(decoder);
  return type;
}

function readOldJson(decoder: decoding.Decoder): unknown {
  const text = decoding.readVarString(decoder);
  return text === "undefined" ? undefined : JSON.parse(text);
}

function readMany(decoder: decoding.Decoder, readOne: () => unknown): ReadContent {
  const length = readLength(decoder);
  const holds: unknown[] = [];
  for (let left = length; left > 0; left -= 1) holds.push(readOne());
  return { length, holds };
}

function readDeletes(decoder: decoding.Decoder): Range[] {
  const ranges: Range[] = [];
  for (let authors = decoding.readVarUint(decoder); authors > 0; authors -= 1) {
    const author = readAuthor(decoder);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clock = decoding.readVarUint(decoder);
      ranges.push({ author, clock, end: clock + readLength(decoder) });
    }
  }
  return ranges;
}

function readId(decoder: decoding.Decoder): StructId {
  return { author: readAuthor(decoder), clock: decoding.readVarUint(decoder) };
}

function readAuthor(decoder: decoding.Decoder): number {
  const author = decoding.readVarUint(decoder);
  check(author <= 0xffffffff, "an author is a number of 32 bits");
  return author;
}

function readLength(decoder: decoding.Decoder): number {
  return checkLength(decoding.readVarUint(decoder));
}

function checkLength(length: number): number {
  check(length > 0 && length <= 0xffffffff, "nothing is empty, nor longer than any page");
  return length;
}

function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Not an update: ${what}`);
}
