import { z } from "zod/mini";
import { commentId, pageId, threadId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Refusal } from "../protocol/refusals.ts";
import { kind } from "./record.ts";
import type { SurveyState, Thread } from "./state.ts";

const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.commentLength));
const position = z.string().check(z.regex(/^[A-Za-z0-9+/]{1,400}={0,2}$/));
const context = z.string().check(z.maxLength(limits.quoteContextLength * 2));

/** A thread stands at a place of a page's text and opens with its first comment. */
export const threadOpened = kind({
  type: "thread.opened",
  said: z.object({
    thread: threadId,
    comment: commentId,
    page: pageId,
    place: z.object({ start: position, end: position }),
    quote: z.object({
      exact: z.string().check(z.minLength(1), z.maxLength(limits.quoteLength)),
      prefix: context,
      suffix: context,
    }),
    text,
  }),
  action: "thread.open",
  refuse: (state, said) => {
    if (state.threads.has(said.thread)) return { code: "conflict", details: "a thread has this id already" };
    if (!state.tree.some((node) => node.id === said.page && node.kind === "page"))
      return { code: "not-found", details: "page" };
    return null;
  },
  apply: (state, record) => {
    state.threads.set(record.thread, {
      id: record.thread,
      page: record.page,
      place: record.place,
      quote: record.quote,
      by: record.person,
      at: record.at,
      comments: [{ id: record.comment, by: record.person, at: record.at, text: record.text }],
      resolved: null,
    });
  },
});

export const commentAdded = kind({
  type: "comment.added",
  said: z.object({ thread: threadId, comment: commentId, text }),
  action: "thread.open",
  refuse: (state, said) => {
    const missing = missingThread(state, said);
    if (missing) return missing;
    const taken = state.threads.get(said.thread)?.comments.some((each) => each.id === said.comment);
    return taken ? { code: "conflict", details: "a comment has this id already" } : null;
  },
  apply: (state, record) => {
    const comment = { id: record.comment, by: record.person, at: record.at, text: record.text };
    change(state, record, (thread) => ({ ...thread, comments: [...thread.comments, comment] }));
  },
});

/** Resolving is an editor's, or of whoever raised it; so is taking it up again. */
const resolving = (state: SurveyState, said: Pick<Said, "thread">, asker: { person: string }) =>
  state.threads.get(said.thread)?.by === asker.person ? "thread.resolve-own" : "thread.resolve";

export const threadResolved = kind({
  type: "thread.resolved",
  said: z.object({ thread: threadId }),
  action: resolving,
  refuse: missingThread,
  apply: (state, record) => {
    change(state, record, (thread) => ({ ...thread, resolved: { by: record.person, at: record.at } }));
  },
});

export const threadReopened = kind({
  type: "thread.reopened",
  said: z.object({ thread: threadId }),
  action: resolving,
  refuse: missingThread,
  apply: (state, record) => {
    change(state, record, (thread) => ({ ...thread, resolved: null }));
  },
});

type Said = { thread: Thread["id"] };

function missingThread(state: SurveyState, said: Said): Refusal | null {
  return state.threads.has(said.thread) ? null : { code: "not-found", details: "thread" };
}

function change(state: SurveyState, said: Said, next: (thread: Thread) => Thread): void {
  const thread = state.threads.get(said.thread);
  if (thread) state.threads.set(thread.id, next(thread));
}
