import { useEffect, useRef } from "react";
import type { CommentId, PersonId } from "../../shared/base/ids.ts";
import type { Thread } from "../../shared/records/state.ts";
import { announce } from "../ui/announce.tsx";
import { newsOf } from "./threads.ts";
import { useWords } from "./words.ts";

/**
 * Says others' new comments to people who listen to the screen. What was there when the page's records first came
 * (`hasRecords`) is no news.
 */
export function useNews(
  threads: readonly Thread[],
  hasRecords: boolean,
  me: PersonId | null,
  nameOf: (id: PersonId) => string,
): void {
  const { t } = useWords();
  const known = useRef<ReadonlySet<CommentId> | null>(null);
  useEffect(() => {
    if (!hasRecords) return;
    const news = known.current ? newsOf(threads, known.current, me) : [];
    known.current = new Set(threads.flatMap(({ comments }) => comments.map(({ id }) => id)));
    for (const { by, isReply } of news) announce(t(isReply ? "replied" : "commented", { name: nameOf(by) }));
  }, [threads, hasRecords, me, nameOf, t]);
}
