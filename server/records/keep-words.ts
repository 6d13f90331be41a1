import type { PageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { LostPiece, LostRun } from "../../shared/records/lost.ts";
import type { SurveyState } from "../../shared/records/state.ts";

type KeptWords = Extract<Ask, { type: "words.kept" }>;

/**
 * The records that keep what was lost of a page. Whatever is found again, after a crash or by a second look, is in
 * the state already, by its author and clocks: none of it is kept twice, were it cut otherwise. Text without a word
 * is nothing to keep.
 */
export function wordsToKeep(state: SurveyState, page: PageId, lost: readonly LostRun[]): KeptWords[] {
  const kept = [...state.kept.values()].filter((each) => each.page === page).flatMap((each) => each.pieces);
  return lost
    .flatMap(({ author, pieces }) => {
      const own = kept.filter((each) => each.author === author);
      return inRecords(pieces.flatMap((piece) => withoutKept(piece, own))).map((each) => ({ author, each }));
    })
    .map(({ author, each }) => toRecord(page, author, each))
    .filter(({ words }) => words > 0);
}

/** Some that follow on each other, of one Yjs client. */
type Clocks = { readonly clock: number; readonly length: number };

/** What of a piece is not kept: of characters, those; a key's value is one thing. */
function withoutKept(piece: LostPiece, kept: readonly Clocks[]): LostPiece[] {
  const over = kept.find((each) => each.clock < endOf(piece) && endOf(each) > piece.clock);
  if (!over) return [piece];
  if (piece.text.length !== piece.length) return [];
  const before = slice(piece, piece.clock, over.clock);
  const behind = slice(piece, endOf(over), endOf(piece));
  return [...before, ...behind].flatMap((each) => withoutKept(each, kept));
}

function slice(piece: LostPiece, from: number, to: number): LostPiece[] {
  if (from >= to) return [];
  const text = piece.text.slice(from - piece.clock, to - piece.clock);
  return [{ clock: from, length: to - from, text, isApart: piece.isApart || from > piece.clock }];
}

/** Cut so that each fits into a record. */
function inRecords(pieces: readonly LostPiece[]): LostPiece[][] {
  const records: LostPiece[][] = [];
  let room = 0;
  for (const piece of pieces.flatMap(shortened)) {
    if (piece.text.length + 1 > room || records.length === 0) {
      records.push([]);
      room = limits.keptLength;
    }
    records.at(-1)!.push(piece);
    room -= piece.text.length + 1;
  }
  return records;
}

function shortened(piece: LostPiece): LostPiece[] {
  const most = limits.keptLength - 1;
  if (piece.text.length <= most) return [piece];
  if (piece.text.length !== piece.length) return [{ ...piece, text: piece.text.slice(0, most) }];
  const middle = piece.clock + most;
  return [...slice(piece, piece.clock, middle), ...slice(piece, middle, endOf(piece)).flatMap(shortened)];
}

function toRecord(page: PageId, author: number, pieces: readonly LostPiece[]): KeptWords {
  const text = pieces.map((each, at) => (each.isApart && at > 0 ? ` ${each.text}` : each.text)).join("");
  return {
    type: "words.kept",
    page,
    text,
    words: text.split(/\s+/u).filter((word) => /[^\p{P}]/u.test(word)).length,
    pieces: joined(pieces).map(({ clock, length }) => ({ author, clock, length })),
  };
}

/** The clocks of pieces, those that follow on each other as one. */
function joined(pieces: readonly Clocks[]): Clocks[] {
  const runs: { clock: number; length: number }[] = [];
  for (const { clock, length } of pieces.toSorted((a, b) => a.clock - b.clock)) {
    const last = runs.at(-1);
    if (last && endOf(last) === clock) last.length += length;
    else runs.push({ clock, length });
  }
  return runs;
}

const endOf = ({ clock, length }: Clocks): number => clock + length;
