import * as encoding from "lib0/encoding";

/*
 * Yjs updates as nobody's editor makes them, written by hand: whatever the format can say, also what no document
 * ever held.
 */

type Id = { author: number; clock: number };
/** Where a struct claims to stand: behind or before another, or first in a root or in a type that another opened. */
export type Place = { after?: Id; before?: Id } | { root: string; key?: string } | { in: Id; key?: string };

export type Forged = {
  /** The number of the content: 0 garbage, 1 deleted, 3 binary, 4 string, 5 embed, 6 format, 7 type, 8 any, 9 document, 10 gap. */
  content: number;
  place?: Place;
  write: (encoder: encoding.Encoder) => void;
};

/** One author's structs, one behind the other from this clock on. */
export type Run = { author: number; clock: number; structs: readonly Forged[] };
export type Deleted = { author: number; clock: number; length: number };

export function forge(runs: readonly Run[], deletes: readonly Deleted[] = []): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, runs.length);
    for (const { author, clock, structs } of [...runs].sort((a, b) => b.author - a.author)) {
      for (const number of [structs.length, author, clock]) encoding.writeVarUint(encoder, number);
      for (const struct of structs) writeStruct(encoder, struct);
    }
    const authors = Map.groupBy(deletes, (each) => each.author);
    encoding.writeVarUint(encoder, authors.size);
    for (const [author, ranges] of authors) {
      encoding.writeVarUint(encoder, author);
      encoding.writeVarUint(encoder, ranges.length);
      for (const { clock, length } of ranges) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, length);
      }
    }
  });
}

function writeStruct(encoder: encoding.Encoder, { content, place, write }: Forged): void {
  if (!place) encoding.writeUint8(encoder, content);
  else writePlace(encoder, content, place);
  write(encoder);
}

function writePlace(encoder: encoding.Encoder, content: number, place: Place): void {
  const after = "after" in place ? place.after : undefined;
  const before = "before" in place ? place.before : undefined;
  const key = "key" in place ? place.key : undefined;
  encoding.writeUint8(
    encoder,
    content | (after ? 128 : 0) | (before ? 64 : 0) | (key === undefined ? 0 : 32),
  );
  for (const id of [after, before]) if (id) writeId(encoder, id);
  if ("root" in place) {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, place.root);
  } else if ("in" in place) {
    encoding.writeVarUint(encoder, 0);
    writeId(encoder, place.in);
  }
  if (key !== undefined) encoding.writeVarString(encoder, key);
}

function writeId(encoder: encoding.Encoder, { author, clock }: Id): void {
  encoding.writeVarUint(encoder, author);
  encoding.writeVarUint(encoder, clock);
}

export const chars = (text: string, place: Place): Forged => ({
  content: 4,
  place,
  write: (encoder) => encoding.writeVarString(encoder, text),
});

/** Collected garbage, or (10) a gap: clocks without anything in them. */
export const emptiness = (length: number, content: 0 | 10 = 0): Forged => ({
  content,
  write: (encoder) => encoding.writeVarUint(encoder, length),
});

/** Opens a type: 0 array, 1 map, 2 text, 3 element (which has a name), 4 fragment. */
export const opening = (type: number, place: Place): Forged => ({
  content: 7,
  place,
  write: (encoder) => {
    encoding.writeVarUint(encoder, type);
    if (type === 3) encoding.writeVarString(encoder, "div");
  },
});

export const plain = (value: string | number | boolean, place: Place): Forged => ({
  content: 8,
  place,
  write: (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeAny(encoder, value);
  },
});

export const embed = (value: object, place: Place): Forged => ({
  content: 5,
  place,
  write: (encoder) => encoding.writeVarString(encoder, JSON.stringify(value)),
});

export const format = (mark: string, value: unknown, place: Place): Forged => ({
  content: 6,
  place,
  write: (encoder) => {
    encoding.writeVarString(encoder, mark);
    encoding.writeVarString(encoder, JSON.stringify(value));
  },
});

export const binary = (bytes: Uint8Array, place: Place): Forged => ({
  content: 3,
  place,
  write: (encoder) => encoding.writeVarUint8Array(encoder, bytes),
});
