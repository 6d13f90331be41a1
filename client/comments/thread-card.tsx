import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import type { PersonId } from "../../shared/base/ids.ts";
import type { Comment, Thread } from "../../shared/records/state.ts";
import { Avatar } from "../ui/avatar.tsx";
import { when } from "../ui/when.ts";
import { Composer } from "./composer.tsx";
import { folded, neighbour, type Placed } from "./threads.ts";
import styles from "./thread-card.module.css";
import type { Discussion } from "./use-discussion.ts";
import { useWords } from "./words.ts";

type Props = {
  placed: Placed;
  discussion: Discussion;
  /** The quoted words, where the card does not stand beside them; `onQuote` leads to them. */
  onQuote?: () => void;
};

/** One thread: its comments, and what can be done about it. Whatever in it has the focus, it is active then. */
export function ThreadCard({ placed: { thread, top }, discussion, onQuote }: Props) {
  const { t } = useWords();
  const { active, focused, activate, author } = discussion;
  const isActive = active === thread.id;
  const isGone = top === null;
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focused?.id === thread.id) card.current?.focus({ preventScroll: onQuote === undefined });
  }, [focused, thread.id, onQuote]);

  const about = { name: author(thread.by).name, quote: thread.quote.exact };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- no act of its own: it notices the focus
    <article
      ref={card}
      tabIndex={-1}
      className={styles.card}
      data-active={isActive || undefined}
      aria-label={t(isGone ? "threadGone" : "thread", about)}
      onFocus={() => activate(thread.id)}
      onPointerDown={() => activate(thread.id)}
      onKeyDown={(event) => leaveOnEscape(event, discussion)}
    >
      {(isGone || onQuote) && <Quoted quote={thread.quote.exact} isGone={isGone} onQuote={onQuote} />}
      <Comments comments={thread.comments} discussion={discussion} onUnfold={() => card.current?.focus()} />
      {thread.resolved && (
        <p className={styles.resolved}>{t("resolvedBy", { name: author(thread.resolved.by).name })}</p>
      )}
      <Actions thread={thread} discussion={discussion} onReplied={() => card.current?.focus()} />
    </article>
  );
}

function leaveOnEscape(event: KeyboardEvent, { open }: Discussion): void {
  if (event.key === "Escape" && !event.defaultPrevented) open(null);
}

function Quoted({
  quote,
  isGone,
  onQuote,
}: {
  quote: string;
  isGone: boolean;
  onQuote: (() => void) | undefined;
}) {
  const { t } = useWords();
  if (isGone)
    return (
      <p className={styles.gone}>
        <span className="unseen">{t("gone")}: </span>
        <del>{quote}</del>
      </p>
    );
  return (
    <button type="button" className={styles.quote} title={t("goTo")} onClick={onQuote}>
      {quote}
    </button>
  );
}

function Comments(props: { comments: readonly Comment[]; discussion: Discussion; onUnfold: () => void }) {
  const { t } = useWords();
  const [isWhole, setWhole] = useState(false);
  const { shown, hidden } = isWhole ? { shown: props.comments, hidden: 0 } : folded(props.comments);
  const unfold = (): void => {
    setWhole(true);
    // The button goes; the focus must not go with it.
    props.onUnfold();
  };
  const more = hidden > 0 && (
    <button type="button" className={styles.action} onClick={unfold}>
      {t("more", { count: hidden })}
    </button>
  );
  return (
    <ol className={styles.comments}>
      {shown.map((comment, at) => (
        <li key={comment.id} className={styles.comment}>
          <Said by={comment.by} at={comment.at} discussion={props.discussion}>
            {comment.text}
          </Said>
          {at === 0 && more}
        </li>
      ))}
    </ol>
  );
}

function Said(props: { by: PersonId; at: number; discussion: Discussion; children: ReactNode }) {
  const { locale } = useWords();
  const { name, color } = props.discussion.author(props.by);
  const at = new Date(props.at);
  return (
    <>
      <header className={styles.head}>
        <Avatar name={name} color={color} size="card" ring="raised" />
        <b className={styles.name}>{name}</b>
        <time className={styles.time} dateTime={at.toISOString()} title={at.toLocaleString(locale)}>
          {when(props.at, Date.now(), locale)}
        </time>
      </header>
      <p className={styles.text} dir="auto">
        {props.children}
      </p>
    </>
  );
}

function Actions(props: { thread: Thread; discussion: Discussion; onReplied: () => void }) {
  const { t } = useWords();
  const { thread, discussion, onReplied } = props;
  const [isReplying, setReplying] = useState(false);
  const { drafts, mayComment, may, placed, open } = discussion;
  const isOpen = thread.resolved === null;
  const mayTurn = may({ type: isOpen ? "thread.resolved" : "thread.reopened", thread: thread.id });
  const turn = async (): Promise<void> => {
    // The card leaves this list: the focus goes where the reader goes on.
    const next = neighbour(
      placed.map((each) => each.thread),
      thread.id,
      1,
    );
    const refusal = await discussion.setResolved(thread.id, isOpen);
    if (!refusal) open(next === thread.id ? null : next);
  };
  if (isReplying && drafts)
    return (
      <Composer
        label={t("writeReply")}
        send={t("sendReply")}
        drafts={drafts}
        isAway={discussion.isAway}
        draftKey={thread.id}
        onSend={(text) => discussion.sendReply(thread.id, text)}
        onClose={() => {
          setReplying(false);
          onReplied();
        }}
      />
    );
  return (
    <div className={styles.actions}>
      {mayComment && isOpen && (
        <button type="button" className={styles.action} onClick={() => setReplying(true)}>
          {t("reply")}
        </button>
      )}
      {mayTurn && (
        <button type="button" className={styles.action} onClick={() => void turn()}>
          {t(isOpen ? "resolve" : "reopen")}
        </button>
      )}
    </div>
  );
}
