import { expect, test } from "vitest";
import type { CommentId, PageId, PersonId, ThreadId } from "../../shared/base/ids.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import { emptyState, type SurveyState } from "../../shared/records/state.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import { hasHappened } from "./asks.ts";

const thread = "t" as ThreadId;
const page = "p" as PageId;
const by = "ana" as PersonId;

const opened: Ask = {
  type: "thread.opened",
  thread,
  comment: "c1" as CommentId,
  page,
  place: { start: "AA==", end: "AA==" },
  quote: { exact: "words", prefix: "", suffix: "" },
  text: "Is it so?",
};
const added: Ask = { type: "comment.added", thread, comment: "c2" as CommentId, text: "It is." };
const resolved: Ask = { type: "thread.resolved", thread };
const reopened: Ask = { type: "thread.reopened", thread };
const renamed: Ask = { type: "page.renamed", page, title: "New" };
const joined: Ask = { type: "member.joined", member: by, name: "Ana", role: "reader" };
const set: Ask = { type: "member.set", member: by, role: "editor" };

function stateAfter(...asks: Ask[]): SurveyState {
  const state = emptyState();
  foldRecords(
    state,
    asks.map((ask, at) => ({ ...ask, seq: at + 1, at: 0, person: by })),
  );
  return state;
}

test.each([
  [opened, stateAfter(), stateAfter(opened)],
  [added, stateAfter(opened), stateAfter(opened, added)],
  [resolved, stateAfter(opened), stateAfter(opened, resolved)],
  [reopened, stateAfter(opened, resolved), stateAfter(opened, resolved, reopened)],
  [set, stateAfter(joined), stateAfter(joined, set)],
  [
    { type: "survey.renamed", title: "T" } as Ask,
    stateAfter(),
    stateAfter({ type: "survey.renamed", title: "T" }),
  ],
  [
    renamed,
    stateAfter({ type: "page.added", page, title: "Old", parent: null, path: "index.md" }),
    stateAfter({ type: "page.added", page, title: "Old", parent: null, path: "index.md" }, renamed),
  ],
])("%o has happened exactly once its record is folded", (ask, before, afterwards) => {
  expect(hasHappened(before, ask)).toBe(false);
  expect(hasHappened(afterwards, ask)).toBe(true);
});
