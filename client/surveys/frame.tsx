import { UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { to } from "../routes.ts";
import type { Person } from "../session/answers.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuNote, MenuRule } from "../ui/menu.tsx";
import { ThemeChoice } from "../ui/theme-choice.tsx";
import styles from "./frame.module.css";

/** The frame of every screen outside a room: a quiet bar, and one sheet. */
export function Frame({ me, title, children }: { me: Person; title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <title>{t("tabTitle", { title })}</title>
      <header className={styles.bar}>
        <Link href={to.home} className={styles.plenum}>
          {t("plenum")}
        </Link>
        <Menu
          button={
            <Button look="icon" className={styles.me ?? ""} aria-label={t("home.person", { name: me.name })}>
              <span className={styles.name}>{me.name}</span>
              <UserRound aria-hidden />
            </Button>
          }
        >
          <MenuNote>{t("home.person", { name: me.name })}</MenuNote>
          <MenuRule />
          <ThemeChoice />
        </Menu>
      </header>
      <main className={styles.sheet}>{children}</main>
    </>
  );
}
