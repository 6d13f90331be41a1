import { expect, test } from "vitest";
import type { PageId, PersonId } from "../../shared/base/ids.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { Kept } from "../../shared/records/state.ts";
import { takeBack } from "./take-back.ts";

const record = (number: number, text: string): Kept => ({
  number,
  page: "page" as PageId,
  by: "ana" as PersonId,
  at: 0,
  text,
  words: 1,
  pieces: [],
  settled: null,
});

const both = [record(1, "one "), record(2, "two")];
const conflict: Refusal = { code: "conflict" };

/** Begins to take both back; the server answers when it is told to. */
function begin(isThere: boolean) {
  const written: string[] = [];
  const answers: ((refusal: Refusal | null) => void)[] = [];
  const ask = () => new Promise<Refusal | null>((answer) => answers.push(answer));
  const refused = takeBack(both, { isThere, ask }, (words) => written.push(words));
  const hears = (...refusals: (Refusal | null)[]) => {
    for (const [at, refusal] of refusals.entries()) answers[at]!(refusal);
    return refused;
  };
  return { written, hears };
}

test("words are written once the server has granted them, and not before", async () => {
  const { written, hears } = begin(true);
  expect(written).toEqual([]);
  expect(await hears(null, null)).toEqual([]);
  expect(written).toEqual(["one\ntwo"]);
});

test("what another tab took is not written again, and what is refused is offered on", async () => {
  const some = begin(true);
  expect(await some.hears(conflict, null)).toEqual([1]);
  expect(some.written).toEqual(["two"]);
  const none = begin(true);
  expect(await none.hears(conflict, conflict)).toEqual([1, 2]);
  expect(none.written).toEqual([]);
});

test("without a server they are written at once, and never offered again here", async () => {
  const { written, hears } = begin(false);
  expect(written).toEqual(["one\ntwo"]);
  expect(await hears(conflict, conflict)).toEqual([]);
  expect(written).toHaveLength(1);
});
