import { expect, test } from "vitest";
import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import { emptyState } from "../../shared/records/state.ts";
import { offeredTo } from "./offered.ts";

const [ana, ben] = ["ana" as PersonId, "ben" as PersonId];
const [page, other] = ["page" as PageId, "other" as PageId];

const kept = (seq: number, person: PersonId, text: string, on = page): SurveyRecord => {
  const words = text.trim().split(" ").length;
  return { type: "words.kept", page: on, text, words, pieces: [], seq, at: 0, person };
};

function stateOf(...records: SurveyRecord[]) {
  const state = emptyState();
  foldRecords(state, records);
  return state;
}

const none = new Set<number>();

test("kept words are offered to their writer, on their page, all as one text", () => {
  const state = stateOf(
    kept(1, ana, "one "),
    kept(2, ben, "his"),
    kept(3, ana, "two more"),
    kept(4, ana, "far", other),
  );
  expect(offeredTo(ana, page, state, none)).toMatchObject({ text: "one\ntwo more", words: 3 });
  expect(offeredTo(ben, page, state, none)).toMatchObject({ text: "his", words: 1 });
});

test("nothing is offered to others, before it is known who one is, or what is settled or about to be", () => {
  const settled = { type: "words.settled", kept: 1, as: "put-back", seq: 2, at: 0, person: ana } as const;
  expect(offeredTo("eve" as PersonId, page, stateOf(kept(1, ana, "one")), none)).toBeNull();
  expect(offeredTo(null, page, stateOf(kept(1, ana, "one")), none)).toBeNull();
  expect(offeredTo(ana, page, stateOf(kept(1, ana, "one"), settled), none)).toBeNull();
  expect(offeredTo(ana, page, stateOf(kept(1, ana, "one")), new Set([1]))).toBeNull();
});
