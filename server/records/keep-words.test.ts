import { expect, test } from "vitest";
import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import type { LostPiece, LostRun } from "../../shared/records/lost.ts";
import { emptyState } from "../../shared/records/state.ts";
import { wordsToKeep } from "./keep-words.ts";

const page = "front" as PageId;
const ana = "ana" as PersonId;

const piece = (clock: number, text: string, more: Partial<LostPiece> = {}): LostPiece => ({
  clock,
  text,
  length: text.length,
  isApart: false,
  ...more,
});
const run = (author: number, ...pieces: LostPiece[]): LostRun => ({ author, pieces });

/** Finds these things one after the other, and keeps each time what is to be kept. */
function keep(...found: (readonly LostRun[])[]) {
  const state = emptyState();
  for (const lost of found) {
    const asks = wordsToKeep(state, page, lost);
    foldRecords(
      state,
      asks.map((ask, at) => ({ ...ask, seq: state.seq + at + 1, at: 0, person: ana })),
    );
  }
  return [...state.kept.values()];
}

const texts = (kept: ReturnType<typeof keep>) => kept.map((each) => each.text);

test("what was lost in one place is one record: its text in order, its words, its clocks", () => {
  const lost = run(7, piece(3, "two words"), piece(0, "and"), piece(20, "more", { isApart: true }));
  expect(keep([lost])).toMatchObject([
    {
      text: "two wordsand more",
      words: 3,
      page,
      by: ana,
      settled: null,
      pieces: [
        { author: 7, clock: 0, length: 12 },
        { author: 7, clock: 20, length: 4 },
      ],
    },
  ]);
});

test("what is found again is not kept again, however it is cut then", () => {
  const first = [run(7, piece(5, "hello"))];
  expect(keep(first, first, first)).toHaveLength(1);
  expect(texts(keep(first, [run(7, piece(3, "a hello you"))]))).toEqual(["hello", "a   you"]);
  expect(texts(keep(first, [run(7, piece(6, "ell"))]))).toEqual(["hello"]);
  expect(texts(keep([run(7, piece(5, "hel")), run(7, piece(8, "lo"))], first))).toEqual(["hel", "lo"]);
});

test("the same clocks of another author, or of another page, are other words", () => {
  const state = emptyState();
  const [ask] = wordsToKeep(state, "other" as PageId, [run(7, piece(5, "hello"))]);
  foldRecords(state, [{ ...ask!, seq: 1, at: 0, person: ana }]);
  expect(wordsToKeep(state, page, [run(7, piece(5, "hello"))])).toHaveLength(1);
  expect(texts(keep([run(7, piece(5, "hello"))], [run(8, piece(5, "hallo"))]))).toEqual(["hello", "hallo"]);
});

test("a value of a key is kept whole or not at all", () => {
  const value = [run(7, piece(5, "a picture of us", { length: 1 }))];
  expect(keep(value, value)).toMatchObject([{ text: "a picture of us", words: 4 }]);
});

test("settled words are not found anew", () => {
  const state = emptyState();
  const lost = [run(7, piece(5, "hello"))];
  const [ask] = wordsToKeep(state, page, lost);
  foldRecords(state, [
    { ...ask!, seq: 1, at: 0, person: ana },
    { type: "words.settled", kept: 1, as: "put-aside", seq: 2, at: 0, person: ana },
  ]);
  expect(wordsToKeep(state, page, lost)).toEqual([]);
});

test("spaces and punctuation alone are nothing to keep, and count for nothing", () => {
  expect(keep([run(7, piece(0, " \n\t … "))])).toEqual([]);
  expect(keep([run(7, piece(0, ", so – 字 5!"))])).toMatchObject([{ words: 3 }]);
});

test("what is longer than a record fills several, without losing or repeating a character", () => {
  const long = "word ".repeat(limits.keptLength / 2);
  const kept = keep([run(7, piece(0, long))], [run(7, piece(0, long))]);
  expect(kept.length).toBeGreaterThan(1);
  expect(texts(kept).join("")).toBe(long);
  for (const each of kept) expect(each.text.length).toBeLessThanOrEqual(limits.keptLength);
  const many = Array.from({ length: limits.keptLength }, (_, at) => piece(at * 9, "ab", { isApart: true }));
  for (const each of keep([run(7, ...many)])) expect(each.text.length).toBeLessThanOrEqual(limits.keptLength);
});
