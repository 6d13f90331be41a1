import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog.tsx";
import { useMedia } from "../ui/use-media.ts";
import { Bar } from "./bar.tsx";
import styles from "./room.module.css";
import { useShortcut } from "./use-shortcut.ts";

type Props = {
  survey: string;
  page: string;
  banner: ReactNode;
  status: ReactNode;
  presence: ReactNode;
  exports: ReactNode;
  onShare: () => void;
  /** Pages and sections; `close` is to be called when the reader goes somewhere, and does nothing beside the page. */
  contents: (close: () => void) => ReactNode;
  /** The text, or what stands in its place. */
  text: ReactNode;
  /** The comments beside the page. */
  margin: ReactNode;
  /** The comments where they have no place beside it. */
  drawer: (isOpen: boolean, onOpenChange: (isOpen: boolean) => void) => ReactNode;
};

/**
 * The room's screen: the bar, pages and sections at the left, the page, comments in the right margin. Narrower
 * than 1200 px the left column folds into a button, narrower than 1100 px the margin becomes a drawer.
 */
export function Room(props: Props) {
  const { t } = useTranslation();
  const hasLeft = useMedia("(width >= 1200px)");
  const hasMargin = useMedia("(width >= 1100px)");
  const [isLeftWanted, setLeftWanted] = useState(true);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const toggleContents = (): void => (hasLeft ? setLeftWanted(!isLeftWanted) : setSheetOpen(!isSheetOpen));
  useShortcut(".", toggleContents);

  return (
    <div className={styles.room}>
      <title>
        {t("tabTitle", {
          title: props.page === props.survey ? props.survey : `${props.page} · ${props.survey}`,
        })}
      </title>
      <a className={styles.skip} href="#page" onClick={focusPage}>
        {t("skipToPage")}
      </a>
      <div className={styles.top}>
        <Bar
          title={props.survey}
          status={props.status}
          presence={props.presence}
          isContentsShown={hasLeft ? isLeftWanted : isSheetOpen}
          onContents={toggleContents}
          onComments={hasMargin ? null : () => setDrawerOpen(true)}
          onShare={props.onShare}
          exports={props.exports}
        />
        {props.banner}
      </div>
      <div className={styles.desk}>
        <div className={styles.left}>{hasLeft && isLeftWanted && props.contents(stay)}</div>
        <main className={styles.page} id="page" tabIndex={-1}>
          {props.text}
        </main>
        <aside className={styles.margin} aria-label={t("room.comments")}>
          {hasMargin && props.margin}
        </aside>
      </div>
      {!hasLeft && (
        <Dialog open={isSheetOpen} onOpenChange={setSheetOpen} title={props.survey} place="left">
          {props.contents(() => setSheetOpen(false))}
        </Dialog>
      )}
      {!hasMargin && props.drawer(isDrawerOpen, setDrawerOpen)}
    </div>
  );
}

function stay(): void {}

/** By hand: the document's base would make of `#page` an address elsewhere. */
function focusPage(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById("page")?.focus();
}
