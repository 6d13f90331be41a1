import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { may } from "../../shared/access/may.ts";
import { makeId, type CommentId, type PersonId, type ThreadId } from "../../shared/base/ids.ts";
import { rangeOf } from "../../shared/body/anchors.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { Thread } from "../../shared/records/state.ts";
import type { PageConnection } from "../connection/page-connection.ts";
import type { Status } from "../connection/status.ts";
import { useStore } from "../connection/use-store.ts";
import { authorOf, type Author } from "./authors.ts";
import { Drafts } from "./drafts.ts";
import type { Anchor, CommentText } from "./text.ts";
import { inOrder, isShown, mayAsk, neighbour, threadsOf, type Filter } from "./threads.ts";
import { useKeys } from "./use-keys.ts";
import { useNews } from "./use-news.ts";
import { useLayoutCount } from "./use-text.ts";
import { useWords } from "./words.ts";

export type Discussion = ReturnType<typeof useDiscussion>;

/**
 * The comments of a page as one value, for whatever draws them. Threads are what the records say, nothing else;
 * what is this tab's own is the filter, the active thread, and the comment that is being written.
 * `onOpen` is called when somebody asks, from the text or by a key, to see a card.
 */
export function useDiscussion(connection: PageConnection, text: CommentText | null, onOpen?: () => void) {
  const view = useStore(connection.survey);
  const person = useStore(connection.me)?.id ?? null;
  const [filter, setFilter] = useState<Filter>("open");
  const { page } = connection;
  const all = useMemo(() => threadsOf(view.state, page), [view, page]);
  const shown = useMemo(() => all.filter((thread) => isShown(thread, filter)), [all, filter]);
  const layout = useLayoutCount(text);
  const placed = useMemo(
    () =>
      inOrder(
        shown,
        (thread) => text?.topOf(thread) ?? null,
        (thread) => rangeOf(connection.doc, thread.place)?.start ?? Infinity,
      ),
    // oxlint-disable-next-line react/exhaustive-deps -- the layout's count stands for where the text's words are
    [shown, text, layout, connection],
  );
  const authors = useAuthors(connection);
  const cards = useCards(placed, text, onOpen);
  useHighlights(text, shown, cards);
  useNews(all, view.state.seq > 0, person, authors.nameOf);
  useKeys({ onBegin: cards.begin, onStep: cards.step });
  const { role } = view;
  return {
    ...cards,
    ...authors,
    placed,
    filter,
    setFilter,
    counts: { open: all.filter((each) => isShown(each, "open")).length, all: all.length },
    mayComment: person !== null && may(role, "thread.open"),
    may: (ask: Ask) => mayAsk(view.state, person, role, ask),
    drafts: useMemo(() => person && new Drafts(localStorage, person, page), [person, page]),
    isAway: useIsAway(connection),
    ...useAsks(connection, (thread) => {
      cards.stop();
      cards.activate(thread);
    }),
  };
}

function useAuthors(connection: PageConnection) {
  const { t } = useWords();
  const view = useStore(connection.survey);
  const people = useStore(connection.people);
  const author = useCallback(
    (id: PersonId): Author => authorOf(id, view.state.members, people) ?? { name: t("somebody"), color: 0 },
    [view, people, t],
  );
  return { author, nameOf: useCallback((id: PersonId) => author(id).name, [author]) };
}

/** Which card is active, which shall have the focus, and which one is being written. */
function useCards(placed: ReturnType<typeof inOrder>, text: CommentText | null, onOpen?: () => void) {
  const [active, setActive] = useState<ThreadId | null>(null);
  const [focused, setFocused] = useState<{ id: ThreadId } | null>(null);
  const [composing, setComposing] = useState<Anchor | null>(null);

  useEffect(
    () =>
      text?.onClickThread((id) => {
        setActive(id);
        onOpen?.();
      }),
    [text, onOpen],
  );

  /** Makes a card active and gives it the focus, with its words in view; nothing at all gives it to the text. */
  const open = (id: ThreadId | null): void => {
    setActive(id);
    setFocused(id && { id });
    if (!id) return text?.focus();
    text?.goTo(id);
    onOpen?.();
  };
  return {
    active,
    activate: setActive,
    focused,
    open,
    step: (step: 1 | -1) =>
      open(
        neighbour(
          placed.map(({ thread }) => thread),
          active,
          step,
        ),
      ),
    composing,
    begin: () => {
      const selected = text?.selectedPlace();
      if (!selected) return;
      setActive(null);
      setComposing({ id: newId<ThreadId>(), ...selected });
      onOpen?.();
    },
    stop: () => setComposing(null),
  };
}

/** The words of the threads shown are highlighted, and those of the comment that is being written. */
function useHighlights(
  text: CommentText | null,
  shown: readonly Thread[],
  { composing, active }: { composing: Anchor | null; active: ThreadId | null },
): void {
  useEffect(() => {
    text?.show(composing ? [...shown, composing] : shown, composing?.id ?? active);
  }, [text, shown, composing, active]);
  useEffect(() => () => text?.show([], null), [text]);
}

function useIsAway({ status }: PageConnection): boolean {
  return useSyncExternalStore(status.subscribe, () => awayStates.has(status.get().state));
}

const awayStates: ReadonlySet<Status["state"]> = new Set(["loading", "offline", "reconnecting"]);

/** What can be asked. Each answers null once the record stands, or why it does not. */
function useAsks(connection: PageConnection, onOpened: (thread: ThreadId) => void) {
  const open = async (at: Anchor, text: string): Promise<Refusal | null> => {
    const { id: thread, place, quote } = at;
    const comment = newId<CommentId>();
    const ask = {
      type: "thread.opened",
      thread,
      comment,
      page: connection.page,
      place,
      quote,
      text,
    } as const;
    const refusal = await connection.ask(ask);
    if (!refusal) onOpened(thread);
    return refusal;
  };
  return {
    sendNew: open,
    sendReply: (thread: ThreadId, text: string) =>
      connection.ask({ type: "comment.added", thread, comment: newId<CommentId>(), text }),
    setResolved: (thread: ThreadId, isResolved: boolean) =>
      connection.ask({ type: isResolved ? "thread.resolved" : "thread.reopened", thread }),
  };
}

function newId<Id extends string>(): Id {
  return makeId<Id>((bytes) => crypto.getRandomValues(bytes));
}
