import { expect, test } from "vitest";
import type { CommentId, PageId, PersonId, ThreadId } from "../../shared/base/ids.ts";
import { roles } from "../../shared/access/roles.ts";
import { emptyState, type Thread } from "../../shared/records/state.ts";
import { folded, inOrder, isShown, mayAsk, neighbour, newsOf, threadsOf } from "./threads.ts";

const page = "p" as PageId;
const ana = "ana" as PersonId;
const bo = "bo" as PersonId;

function thread(id: string, more: Partial<Thread> = {}): Thread {
  const comments = [{ id: `${id}-1` as CommentId, by: ana, at: 0, text: "Is it so?" }];
  const place = { start: "AA==", end: "AA==" };
  const quote = { exact: "words", prefix: "", suffix: "" };
  return { id: id as ThreadId, page, place, quote, by: ana, at: 0, comments, resolved: null, ...more };
}

function stateWith(...threads: Thread[]) {
  const state = emptyState();
  for (const each of threads) state.threads.set(each.id, each);
  return state;
}

const comment = (id: string, by = bo) => ({ id: id as CommentId, by, at: 0, text: "" });

test("only the page's own threads are listed", () => {
  const state = stateWith(thread("a"), thread("b", { page: "other" as PageId }));
  expect(threadsOf(state, page).map(({ id }) => id)).toEqual(["a"]);
});

test("each thread is shown by exactly one filter", () => {
  const open = thread("a");
  const resolved = thread("b", { resolved: { by: bo, at: 1 } });
  expect([isShown(open, "open"), isShown(open, "resolved")]).toEqual([true, false]);
  expect([isShown(resolved, "open"), isShown(resolved, "resolved")]).toEqual([false, true]);
});

test("threads stand in the order of their words, and those whose words are gone at the end", () => {
  const tops = new Map<string, number | null>([
    ["a", 300],
    ["b", null],
    ["e", null],
    ["c", 20],
    ["d", 20],
  ]);
  const threads = ["e", "b", "d", "a", "c"].map((id, at) => thread(id, { at }));
  const placed = inOrder(
    threads,
    ({ id }) => tops.get(id) ?? null,
    ({ id }) => "cd".indexOf(id),
  );
  expect(placed.map((each) => each.thread.id)).toEqual(["c", "d", "a", "e", "b"]);
});

test("next and previous go round", () => {
  const list = [thread("a"), thread("b"), thread("c")];
  const from = (id: string | null, step: 1 | -1) => neighbour(list, id as ThreadId | null, step);
  expect([from(null, 1), from("a", 1), from("c", 1)]).toEqual(["a", "b", "a"]);
  expect([from(null, -1), from("c", -1), from("a", -1)]).toEqual(["c", "b", "c"]);
  expect(neighbour([], null, 1)).toBeNull();
});

test("resolving is offered to editors, and to whoever raised the thread", () => {
  const state = stateWith(thread("a"));
  const ask = { type: "thread.resolved", thread: "a" as ThreadId } as const;
  const offered = (person: PersonId) => roles.filter((role) => mayAsk(state, person, role, ask));
  expect(offered(bo)).toEqual(["editor", "owner"]);
  expect(offered(ana)).toEqual(["commenter", "suggester", "editor", "owner"]);
  expect(mayAsk(state, null, "owner", ask)).toBe(false);
});

test("a long thread folds to its first and its last comment", () => {
  const comments = ["1", "2", "3", "4"].map((id) => comment(id));
  expect(folded(comments)).toEqual({ shown: [comments[0], comments[3]], hidden: 2 });
  expect(folded(comments.slice(1))).toEqual({ shown: comments.slice(1), hidden: 0 });
});

test("news are others' comments that were not known", () => {
  const threads = [thread("a", { comments: [comment("1"), comment("2", ana), comment("3")] })];
  const known = new Set(["1" as CommentId]);
  expect(newsOf(threads, known, ana)).toEqual([{ id: "3", by: bo, isReply: true }]);
  expect(newsOf(threads, new Set(), ana).map(({ isReply }) => isReply)).toEqual([false, true]);
});
