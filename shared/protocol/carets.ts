import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";

/*
 * Carets that moved, as frame 10 carries them: of people whose names and colors the browser was told before. A caret
 * in y-protocols' JSON is 300 bytes; here it is some 20.
 *
 *   carets = clock, count, then for each: client, how much newer than the clock, flags, anchor, head
 *   anchor, head = as the flags say: [type] [name] [item], each where it is there
 *   flags: of the anchor 1 type, 2 name, 4 item, 8 assoc, 16 assoc is behind; of the head the same times 32;
 *          1024 the head is where the anchor is, 2048 there is no cursor
 */

type Id = { client: number; clock: number };

/** A relative position, as Yjs writes it in JSON. */
export type CaretPlace = {
  type?: Id | null | undefined;
  tname?: string | null | undefined;
  item?: Id | null | undefined;
  assoc?: number | undefined;
};
export type CaretCursor = { anchor: CaretPlace; head: CaretPlace };
/** `clock` orders what is said of one client, as in y-protocols. */
export type Caret = { client: number; clock: number; cursor: CaretCursor | null };

const has = { type: 1, name: 2, item: 4, assoc: 8, behind: 16 } as const;
const headShift = 5;
const headIsAnchor = 1024;
const noCursor = 2048;

export function writeCarets(encoder: encoding.Encoder, carets: readonly Caret[]): void {
  const first = carets.reduce((least, { clock }) => Math.min(least, clock), Infinity);
  encoding.writeVarUint(encoder, carets.length > 0 ? first : 0);
  encoding.writeVarUint(encoder, carets.length);
  for (const { client, clock, cursor } of carets) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock - first);
    if (cursor) writeCursor(encoder, cursor);
    else encoding.writeVarUint(encoder, noCursor);
  }
}

/** Throws where the bytes are not carets. */
export function readCarets(decoder: decoding.Decoder): Caret[] {
  const first = decoding.readVarUint(decoder);
  const carets: Caret[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const client = decoding.readVarUint(decoder);
    const clock = first + decoding.readVarUint(decoder);
    carets.push({ client, clock, cursor: readCursor(decoder) });
  }
  return carets;
}

function writeCursor(encoder: encoding.Encoder, { anchor, head }: CaretCursor): void {
  const isOne = isEqual(anchor, head);
  const flags = flagsOf(anchor) | (isOne ? headIsAnchor : flagsOf(head) << headShift);
  encoding.writeVarUint(encoder, flags);
  writePlace(encoder, anchor);
  if (!isOne) writePlace(encoder, head);
}

function readCursor(decoder: decoding.Decoder): CaretCursor | null {
  const flags = decoding.readVarUint(decoder);
  if (flags & noCursor) return null;
  const anchor = readPlace(decoder, flags);
  return { anchor, head: flags & headIsAnchor ? anchor : readPlace(decoder, flags >> headShift) };
}

function flagsOf({ type, tname, item, assoc }: CaretPlace): number {
  const named = typeof tname === "string" ? has.name : 0;
  const sided = assoc === undefined ? 0 : has.assoc | (assoc < 0 ? has.behind : 0);
  return (type ? has.type : 0) | named | (item ? has.item : 0) | sided;
}

function writePlace(encoder: encoding.Encoder, { type, tname, item }: CaretPlace): void {
  if (type) writeId(encoder, type);
  if (typeof tname === "string") encoding.writeVarString(encoder, tname);
  if (item) writeId(encoder, item);
}

function readPlace(decoder: decoding.Decoder, flags: number): CaretPlace {
  return {
    ...(flags & has.type && { type: readId(decoder) }),
    ...(flags & has.name && { tname: decoding.readVarString(decoder) }),
    ...(flags & has.item && { item: readId(decoder) }),
    ...(flags & has.assoc && { assoc: flags & has.behind ? -1 : 0 }),
  };
}

function writeId(encoder: encoding.Encoder, { client, clock }: Id): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

function readId(decoder: decoding.Decoder): Id {
  return { client: decoding.readVarUint(decoder), clock: decoding.readVarUint(decoder) };
}

function isEqual(one: CaretPlace, other: CaretPlace): boolean {
  const isSame = (a?: Id | null, b?: Id | null) => a?.client === b?.client && a?.clock === b?.clock;
  return (
    isSame(one.type, other.type) &&
    isSame(one.item, other.item) &&
    (one.tname ?? null) === (other.tname ?? null) &&
    one.assoc === other.assoc
  );
}
