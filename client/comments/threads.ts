import type { Role } from "../../shared/access/roles.ts";
import type { CommentId, PageId, PersonId, ThreadId } from "../../shared/base/ids.ts";
import { decide } from "../../shared/records/decide.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { Comment, SurveyState, Thread } from "../../shared/records/state.ts";

export const filters = ["open", "resolved"] as const;
export type Filter = (typeof filters)[number];

/** A thread and the top of its words in the text, or null where they are gone. */
export type Placed = { readonly thread: Thread; readonly top: number | null };

/** The threads of one page, the oldest first. */
export function threadsOf(state: SurveyState, page: PageId): Thread[] {
  return [...state.threads.values()].filter((thread) => thread.page === page);
}

export function isShown(thread: Thread, filter: Filter): boolean {
  return (filter === "resolved") === (thread.resolved !== null);
}

/**
 * Threads in the order of their words, those whose words are gone at the end in the order of opening. `startOf` says
 * where in the text a thread's words begin; it is asked about threads on one line only.
 */
export function inOrder(
  threads: readonly Thread[],
  topOf: (thread: Thread) => number | null,
  startOf: (thread: Thread) => number,
): Placed[] {
  const byStart = (a: Thread, b: Thread) => startOf(a) - startOf(b) || a.at - b.at;
  return threads
    .map((thread) => ({ thread, top: topOf(thread) }))
    .sort((a, b) => {
      if (a.top === b.top) return a.top === null ? a.thread.at - b.thread.at : byStart(a.thread, b.thread);
      return (a.top ?? Infinity) - (b.top ?? Infinity);
    });
}

/** The thread after (1) or before (-1) the active one, round and round; null where there is none. */
export function neighbour(
  threads: readonly { id: ThreadId }[],
  active: ThreadId | null,
  step: 1 | -1,
): ThreadId | null {
  const at = threads.findIndex(({ id }) => id === active);
  const next = at < 0 ? (step > 0 ? 0 : -1) : (at + step) % threads.length;
  return threads.at(next)?.id ?? null;
}

/** Whether the server would accept this from this person: asked of the same rules that it asks. */
export function mayAsk(state: SurveyState, person: PersonId | null, role: Role | null, ask: Ask): boolean {
  return person !== null && "accepted" in decide(state, { person, role }, ask);
}

/** The comments of a thread that are drawn while it is not active: the first and the last, and how many between. */
export function folded(comments: readonly Comment[]): { shown: readonly Comment[]; hidden: number } {
  const [first, last] = [comments[0], comments.at(-1)];
  if (comments.length <= 3 || !first || !last) return { shown: comments, hidden: 0 };
  return { shown: [first, last], hidden: comments.length - 2 };
}

/** A comment that was not there before: by whom, and whether it opened its thread. */
export type News = { id: CommentId; by: PersonId; isReply: boolean };

/** Others' comments that are not among those known. */
export function newsOf(
  threads: readonly Thread[],
  known: ReadonlySet<CommentId>,
  me: PersonId | null,
): News[] {
  return threads.flatMap((thread) =>
    thread.comments
      .map(({ id, by }, at) => ({ id, by, isReply: at > 0 }))
      .filter(({ id, by }) => by !== me && !known.has(id)),
  );
}
