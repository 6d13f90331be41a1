import { crc32 } from "node:zlib";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { assert, must } from "../../shared/base/assert.ts";
import type { Checkpoint } from "../storage/storage.ts";
import { Doubt, type Ground } from "./doubt.ts";
import { lay, type Laid } from "./update/splice.ts";
import { Spans } from "./update/spans.ts";
import { deletesFrom, walk, type Stretch } from "./update/walk.ts";

/*
 * What a room has to know of a checkpoint, kept beside it so that opening a page reads none of its text:
 *
 *   outline = form, checksum of the state, stretches, isNested, garbage
 *   stretches = count, then for each author of the state, in its order: first clock behind, bytes of structs
 *   garbage = count, then for each author: author, count, then that many (clock, length)
 *
 * With that, whose structs lie where in the state is known, and so where its deletions begin, which are read there.
 */

/** A whole state, and its outline as it is kept. */
export type Folded = { state: Uint8Array; outline: Uint8Array };

/** The checkpoint as it lies there, and what of it raises doubts (doubt.ts). */
export type Outline = { laid: Laid; ground: Ground };

const form = 1;

/** The outline of a whole state. Reads all of it, so it belongs in a worker. */
export function outlineOf(state: Uint8Array): Uint8Array {
  const { stretches } = lay(state);
  assert(
    stretches.every(({ clock, hasGap }) => clock === 0 && !hasGap),
    "a whole state has everybody's structs from their first",
  );
  const doubt = new Doubt();
  doubt.learn(walk(state));
  const { isNested, garbage } = doubt.ground();
  return encoding.encode((encoder) => {
    for (const number of [form, crc32(state), stretches.length]) encoding.writeVarUint(encoder, number);
    for (const { end, from, to } of stretches)
      for (const number of [end, to - from]) encoding.writeVarUint(encoder, number);
    encoding.writeVarUint(encoder, Number(isNested));
    writeSpans(encoder, garbage);
  });
}

/** An outline, read; null where it is not of this state, or of a form that is not known here. */
export function readOutline(outline: Uint8Array, state: Uint8Array): Outline | null {
  try {
    const decoder = decoding.createDecoder(outline);
    if (decoding.readVarUint(decoder) !== form || decoding.readVarUint(decoder) !== crc32(state)) return null;
    const laid = readLaid(decoder, state);
    const isNested = decoding.readVarUint(decoder) === 1;
    const garbage = readSpans(decoder);
    if (decoding.hasContent(decoder)) return null;
    return { laid, ground: { isNested, garbage, mayHoldId: (id) => mayHold(state, id) } };
  } catch {
    return null; // The state itself is read instead: it says all of it, too.
  }
}

/** A checkpoint with its outline. That of one from before there were any is made here: it costs reading it all. */
export function outlined({ state, outline }: Checkpoint): { folded: Folded } & Outline {
  const read = outline && readOutline(outline, state);
  if (read) return { folded: { state, outline }, ...read };
  const made = outlineOf(state);
  return { folded: { state, outline: made }, ...must(readOutline(made, state), "an outline is its state's") };
}

function readLaid(outline: decoding.Decoder, state: Uint8Array): Laid {
  const decoder = decoding.createDecoder(state);
  const stretches: Stretch[] = [];
  const authors = decoding.readVarUint(decoder);
  assert(decoding.readVarUint(outline) === authors, "an outline has all authors of its state");
  for (let left = authors; left > 0; left -= 1) {
    const end = decoding.readVarUint(outline);
    const bytes = decoding.readVarUint(outline);
    const count = decoding.readVarUint(decoder);
    const author = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const from = decoder.pos;
    decoder.pos += bytes;
    assert(decoder.pos < state.length, "an outline ends where its state does");
    stretches.push({ author, clock, end, count, from, to: decoder.pos, hasGap: false });
  }
  return { update: state, stretches, deletes: deletesFrom(state, decoder.pos) };
}

function writeSpans(encoder: encoding.Encoder, all: ReadonlyMap<number, Spans>): void {
  encoding.writeVarUint(encoder, all.size);
  for (const [author, spans] of all) {
    for (const number of [author, spans.count]) encoding.writeVarUint(encoder, number);
    spans.each((clock, end) => {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, end - clock);
    });
  }
}

function readSpans(decoder: decoding.Decoder): Map<number, Spans> {
  const all = new Map<number, Spans>();
  for (let authors = decoding.readVarUint(decoder); authors > 0; authors -= 1) {
    const author = decoding.readVarUint(decoder);
    const spans = new Spans();
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clock = decoding.readVarUint(decoder);
      spans.addUpTo(clock, clock + decoding.readVarUint(decoder));
    }
    all.set(author, spans);
  }
  return all;
}

/** Whether a block of a state may have this id: whether it says it anywhere. Ids that may be written otherwise, may. */
function mayHold(state: Uint8Array, id: string): boolean {
  const { buffer, byteOffset, length } = state;
  return !/^[\w-]+$/.test(id) || Buffer.from(buffer, byteOffset, length).includes(id, 0, "latin1");
}
