import * as decoding from "lib0/decoding";
import * as Y from "yjs";

/** Called for each author of an update: the clocks from `from` up to before `end` are in it. */
export type HearClocks = (author: number, from: number, end: number) => void;

const stringContent = 4;
const namesAfter = 128;
const namesBefore = 64;

/**
 * Whose characters an update brings. Typed characters are read as bytes, which costs a reader next to nothing;
 * anything else is left to Yjs.
 */
export function clocksIn(update: Uint8Array, hear: HearClocks): void {
  const found: number[] = [];
  if (readTyped(update, found))
    for (let at = 0; at < found.length; at += 3) hear(found[at]!, found[at + 1]!, found[at + 2]!);
  else {
    const { from, to } = Y.parseUpdateMeta(update);
    for (const [author, end] of to) hear(author, from.get(author) ?? 0, end);
  }
}

function readTyped(update: Uint8Array, found: number[]): boolean {
  const decoder = decoding.createDecoder(update);
  for (let runs = decoding.readVarUint(decoder); runs > 0; runs -= 1) {
    let structs = decoding.readVarUint(decoder);
    const author = decoding.readVarUint(decoder);
    const from = decoding.readVarUint(decoder);
    let end = from;
    for (; structs > 0; structs -= 1) {
      const length = readCharacters(decoder);
      if (length === 0) return false;
      end += length;
    }
    found.push(author, from, end);
  }
  return decoding.readVarUint(decoder) === 0;
}

/** The length of a struct of plain characters; 0 for anything else. */
function readCharacters(decoder: decoding.Decoder): number {
  const info = decoding.readUint8(decoder);
  if ((info & 31) !== stringContent || (info & (namesAfter | namesBefore)) === 0) return 0;
  for (const names of [namesAfter, namesBefore])
    if (info & names) {
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
    }
  const bytes = decoding.readVarUint(decoder);
  const isAscii = decoder.arr.subarray(decoder.pos, decoder.pos + bytes).every((byte) => byte < 128);
  decoder.pos += bytes;
  return isAscii ? bytes : 0;
}
