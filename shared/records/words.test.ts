import { expect, test } from "vitest";
import type { PageId, PersonId } from "../base/ids.ts";
import { decide } from "./decide.ts";
import { foldRecords } from "./fold.ts";
import type { Ask, SurveyRecord } from "./kinds.ts";
import { emptyState } from "./state.ts";

const ana = "ana" as PersonId;
const ben = "ben" as PersonId;
const page = "front" as PageId;
const pieces = [{ author: 7, clock: 0, length: 5 }];
const keptWords: Ask = { type: "words.kept", page, text: "hello", words: 1, pieces };

function begun(...after: Ask[]) {
  const state = emptyState();
  const records = [keptWords, ...after].map((ask, at): SurveyRecord => ({
    ...ask,
    seq: at + 1,
    at,
    person: ana,
  }));
  foldRecords(state, records);
  return state;
}

const settle = (kept: number) => ({ type: "words.settled", kept, as: "put-back" }) as const;

test("words are kept for whoever signs their record, under its number", () => {
  expect(begun().kept.get(1)).toEqual({
    number: 1,
    page,
    by: ana,
    at: 0,
    text: "hello",
    words: 1,
    pieces,
    settled: null,
  });
});

test("nobody can ask for words to be kept: the server alone says it", () => {
  for (const role of ["reader", "owner"] as const)
    expect(decide(begun(), { person: ana, role }, keptWords)).toEqual({ refused: { code: "not-allowed" } });
});

test("their writer settles them, in whatever role, once; nobody else does", () => {
  const asked = (state: ReturnType<typeof begun>, person: PersonId, kept = 1) =>
    decide(state, { person, role: "reader" }, settle(kept));
  expect(asked(begun(), ana)).toEqual({ accepted: settle(1) });
  expect(asked(begun(), ben)).toMatchObject({ refused: { code: "not-allowed" } });
  expect(asked(begun(), ana, 2)).toMatchObject({ refused: { code: "not-found" } });
  expect(asked(begun(settle(1)), ana)).toMatchObject({ refused: { code: "conflict" } });
});

test("settled words keep their place in the state, and lose their text there", () => {
  expect(begun(settle(1)).kept.get(1)).toMatchObject({ settled: "put-back", text: "", pieces });
});
