import { Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { to } from "../routes.ts";
import type { Person } from "../session/answers.ts";
import { later } from "../session/later.ts";
import styles from "./frame.module.css";

const PersonMenu = later(async () => (await import("./person-menu.tsx")).PersonMenu);

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
        <Suspense fallback={<span>{me.name}</span>}>
          <PersonMenu me={me} />
        </Suspense>
      </header>
      <main className={styles.sheet}>{children}</main>
    </>
  );
}
