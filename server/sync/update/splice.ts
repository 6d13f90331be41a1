import * as encoding from "lib0/encoding";
import type { Spans } from "./spans.ts";
import { deletesFrom, stretchesIn, type Stretch } from "./walk.ts";

/** An update, and where in it everybody's structs lie: found once, and known of what is made of it. */
export type Laid = {
  readonly update: Uint8Array;
  readonly stretches: readonly Stretch[];
  readonly deletes: ReadonlyMap<number, Spans>;
};

export function lay(update: Uint8Array): Laid {
  const { stretches, to } = stretchesIn(update);
  return { update, stretches, deletes: deletesFrom(update, to) };
}

/**
 * One update that says what all of these say, made by copying: each author's structs one behind the other. Null where
 * that is not enough, since something is said twice, or something between is missing; then Yjs has to look into them.
 *
 * Costs the bytes that are copied, however many updates there are; what Yjs does costs ten times that for a few
 * keystrokes, and the whole page for one.
 */
export function splice(parts: readonly Laid[]): Laid | null {
  const authors = byAuthor(parts);
  if (!authors) return null;
  const encoder = encoderFor(parts);
  const stretches: Stretch[] = [];
  encoding.writeVarUint(encoder, authors.length);
  for (const pieces of authors) stretches.push(writeAuthor(encoder, pieces));
  const deletes = joined(parts.map((part) => part.deletes));
  writeDeletes(encoder, deletes);
  return { update: writtenIn(encoder), stretches, deletes };
}

/** With room for all of it: else its memory is doubled again and again, three pages for one. */
function encoderFor(parts: readonly Laid[]): encoding.Encoder {
  const encoder = encoding.createEncoder();
  encoder.cbuf = new Uint8Array(parts.reduce((sum, { update }) => sum + update.length, 64));
  return encoder;
}

const writtenIn = (encoder: encoding.Encoder): Uint8Array =>
  encoder.bufs.length > 0 ? encoding.toUint8Array(encoder) : encoder.cbuf.subarray(0, encoder.cpos);

type Piece = { stretch: Stretch; update: Uint8Array };

/** What each author wrote, in order, the authors as Yjs orders them; null where the pieces do not join on to each other. */
function byAuthor(parts: readonly Laid[]): Piece[][] | null {
  const authors = new Map<number, Piece[]>();
  for (const { update, stretches } of parts)
    for (const stretch of stretches) {
      const pieces = authors.get(stretch.author) ?? [];
      const joinsOn = pieces.length === 0 || pieces.at(-1)!.stretch.end === stretch.clock;
      if (!joinsOn || stretch.hasGap) return null;
      pieces.push({ stretch, update });
      authors.set(stretch.author, pieces);
    }
  return [...authors].sort(([a], [b]) => b - a).map(([, pieces]) => pieces);
}

function writeAuthor(encoder: encoding.Encoder, pieces: readonly Piece[]): Stretch {
  const { author, clock } = pieces[0]!.stretch;
  const count = pieces.reduce((sum, { stretch }) => sum + stretch.count, 0);
  for (const number of [count, author, clock]) encoding.writeVarUint(encoder, number);
  const from = encoding.length(encoder);
  for (const { stretch, update } of pieces)
    encoding.writeUint8Array(encoder, update.subarray(stretch.from, stretch.to));
  const { end } = pieces.at(-1)!.stretch;
  return { author, clock, end, count, from, to: encoding.length(encoder), hasGap: false };
}

/** The same deletions without repetitions, those of one author together and in order. */
function joined(parts: readonly Laid["deletes"][]): Map<number, Spans> {
  const authors = new Map<number, Spans>();
  for (const part of parts)
    for (const [author, spans] of part) {
      const all = authors.get(author);
      if (all) spans.each((clock, end) => all.addUpTo(clock, end));
      else authors.set(author, spans.copy());
    }
  return new Map([...authors].sort(([a], [b]) => b - a));
}

function writeDeletes(encoder: encoding.Encoder, deletes: Laid["deletes"]): void {
  encoding.writeVarUint(encoder, deletes.size);
  for (const [author, spans] of deletes) {
    encoding.writeVarUint(encoder, author);
    encoding.writeVarUint(encoder, spans.count);
    spans.each((clock, end) => {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, end - clock);
    });
  }
}
