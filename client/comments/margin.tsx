import { useCallback, useEffect, useRef } from "react";
import type { Thread } from "../../shared/records/state.ts";
import type { PageConnection } from "../connection/page-connection.ts";
import { Boundary } from "../ui/boundary.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { BeginButton } from "./begin-button.tsx";
import { FilterChoice } from "./filter.tsx";
import { seatCards } from "./layout.ts";
import styles from "./margin.module.css";
import { NewThread } from "./new-thread.tsx";
import type { CommentText } from "./text.ts";
import { ThreadCard } from "./thread-card.tsx";
import { useDiscussion, type Discussion } from "./use-discussion.ts";
import { useHeights } from "./use-heights.ts";
import { useWords } from "./words.ts";

type Props = { connection: PageConnection; text: CommentText | null };
type DrawerProps = Props & { open: boolean; onOpenChange: (open: boolean) => void };

const gap = 12;
/** Below the filter's line, where there is one. */
const filterHeight = 38;

/** The comments beside the page, each at its words; the top of this element is the top of the page's. */
export function CommentMargin(props: Props) {
  return (
    <Boundary instead={() => <Broken />}>
      <Margin {...props} />
    </Boundary>
  );
}

function Margin({ connection, text }: Props) {
  const { t } = useWords();
  const discussion = useDiscussion(connection, text);
  const { heights, observe } = useHeights();
  const root = useLeaving(discussion);
  const { placed, composing, active, counts, stop } = discussion;
  const cards = placed.map(({ thread, top }) => ({ id: thread.id, top }));
  if (composing) cards.push({ id: composing.id, top: text?.topOf(composing) ?? null });
  const from = counts.all > 0 ? filterHeight : 0;
  const { tops, end } = seatCards(cards, heights, composing?.id ?? active, { gap, from });
  const leaveNew = (): void => {
    stop();
    text?.focus();
  };
  return (
    <div ref={root} className={styles.margin} style={{ minBlockSize: end }}>
      {counts.all > 0 && <FilterChoice discussion={discussion} />}
      <BeginButton discussion={discussion} text={text} place="line" />
      {composing && (
        <div
          ref={observe}
          data-seat={composing.id}
          data-active
          className={styles.seat}
          style={{ insetBlockStart: tops.get(composing.id) }}
        >
          <NewThread discussion={discussion} composing={composing} onClose={leaveNew} />
        </div>
      )}
      <ol aria-label={t("list")}>
        {placed.map((each) => (
          <li
            key={each.thread.id}
            ref={observe}
            data-seat={each.thread.id}
            data-active={active === each.thread.id || undefined}
            className={styles.seat}
            style={{ insetBlockStart: tops.get(each.thread.id) }}
          >
            <ThreadCard placed={each} discussion={discussion} />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The same comments where there is no room beside the page: a drawer over it, each with the words it is about. */
export function CommentDrawer(props: DrawerProps) {
  return (
    <Boundary instead={() => <BrokenDrawer {...props} />}>
      <Drawer {...props} />
    </Boundary>
  );
}

function Drawer({ connection, text, open, onOpenChange }: DrawerProps) {
  const { t } = useWords();
  const discussion = useDiscussion(
    connection,
    text,
    useCallback(() => onOpenChange(true), [onOpenChange]),
  );
  const { placed, composing, counts, stop } = discussion;
  const leaveFor = ({ id }: Thread): void => {
    onOpenChange(false);
    text?.goTo(id);
  };
  const change = (isOpen: boolean): void => {
    if (!isOpen) stop();
    onOpenChange(isOpen);
  };
  return (
    <>
      {!open && <BeginButton discussion={discussion} text={text} place="thumb" />}
      <Dialog open={open} onOpenChange={change} title={t("title")} place="right">
        {counts.all > 0 && <FilterChoice discussion={discussion} />}
        {composing && <NewThread discussion={discussion} composing={composing} isQuoted onClose={stop} />}
        {placed.length === 0 && !composing && <Nothing discussion={discussion} />}
        <ol aria-label={t("list")} className={styles.list}>
          {placed.map((each) => (
            <li key={each.thread.id}>
              <ThreadCard placed={each} discussion={discussion} onQuote={() => leaveFor(each.thread)} />
            </li>
          ))}
        </ol>
      </Dialog>
    </>
  );
}

function Nothing({ discussion: { counts, filter, mayComment } }: { discussion: Discussion }) {
  const { t } = useWords();
  const none = mayComment ? t("none") : t("noneForReaders");
  const noneShown = filter === "open" ? t("noneOpen") : t("noneResolved");
  return <p className={styles.nothing}>{counts.all > 0 ? noneShown : none}</p>;
}

/** In the place of comments that cannot be drawn. */
function Broken() {
  const { t } = useWords();
  return (
    <p role="alert" className={styles.nothing}>
      {t("broken")}
    </p>
  );
}

function BrokenDrawer({ open, onOpenChange }: DrawerProps) {
  const { t } = useWords();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} place="right">
      <Broken />
    </Dialog>
  );
}

/** A ref to the margin: pressing anywhere else leaves the active card. (Pressing its words makes it active again.) */
function useLeaving({ activate }: Discussion) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) activate(null);
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [activate]);
  return root;
}
