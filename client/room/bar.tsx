import { EllipsisVertical, MessageSquareText, PanelLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { to } from "../routes.ts";
import { Button } from "../ui/button.tsx";
import { keyWords } from "../ui/key-words.ts";
import { Menu, MenuItem, MenuRule } from "../ui/menu.tsx";
import { ThemeChoice } from "../ui/theme-choice.tsx";
import styles from "./bar.module.css";

type Props = {
  title: string;
  status: ReactNode;
  presence: ReactNode;
  /** Whether pages and sections are shown beside the page, and what the button does about it. */
  isContentsShown: boolean;
  onContents: () => void;
  /** Opens the comments where they have no room beside the page; null where they have. */
  onComments: (() => void) | null;
  onShare: () => void;
  /** The items of the export menu. */
  exports: ReactNode;
};

/** The bar of a room: where this is, how it stands, who is here, what can be taken out and who can be let in. */
export function Bar(props: Props) {
  const { t } = useTranslation();
  return (
    <header className={styles.bar}>
      <Button
        look="icon"
        className={styles.contents ?? ""}
        aria-label={props.isContentsShown ? t("room.hide") : t("room.show")}
        title={`${props.isContentsShown ? t("room.hide") : t("room.show")} (${keyWords("Mod-.")})`}
        aria-expanded={props.isContentsShown}
        onClick={props.onContents}
      >
        <PanelLeft aria-hidden />
      </Button>
      <Link href={to.home} className={styles.plenum} title={t("toSurveys")}>
        {t("plenum")}
      </Link>
      <h1 className={styles.title} title={props.title}>
        {props.title}
      </h1>
      <div className={styles.status}>{props.status}</div>
      <div className={styles.presence}>{props.presence}</div>
      {props.onComments && (
        <Button
          look="icon"
          className={styles.wide ?? ""}
          aria-label={t("room.showComments")}
          onClick={props.onComments}
        >
          <MessageSquareText aria-hidden />
        </Button>
      )}
      <div className={styles.actions}>
        <Menu button={<Button>{t("export.open")}</Button>}>{props.exports}</Menu>
        <Button look="primary" onClick={props.onShare}>
          {t("share.open")}
        </Button>
      </div>
      <PhoneMenu {...props} />
    </header>
  );
}

/** Everything that the bar has no room for on a phone. */
function PhoneMenu({ onContents, onComments, onShare, exports }: Props) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <div className={styles.phone}>
      <Menu
        button={
          <Button look="icon" aria-label={t("room.menu")}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuItem onChoose={onContents}>{t("room.label")}</MenuItem>
        {onComments && <MenuItem onChoose={onComments}>{t("room.comments")}</MenuItem>}
        <MenuItem onChoose={onShare}>{t("share.open")}</MenuItem>
        <MenuRule />
        {exports}
        <MenuRule />
        <MenuItem onChoose={() => go(to.home)}>{t("toSurveys")}</MenuItem>
        <ThemeChoice />
      </Menu>
    </div>
  );
}
