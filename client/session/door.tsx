import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./door.module.css";

type Props = { above?: string; title: string; lead: string; children: ReactNode };

/** The screen before a room: what is behind the door, and how to get in. */
export function Door({ above, title, lead, children }: Props) {
  const { t } = useTranslation();
  return (
    <main className={styles.door}>
      <p className={styles.plenum}>{t("plenum")}</p>
      <div className={styles.sheet}>
        <div>
          {above !== undefined && <p className={styles.above}>{above}</p>}
          <h1 className={styles.title}>{title}</h1>
        </div>
        <p className={styles.lead}>{lead}</p>
        {children}
      </div>
    </main>
  );
}
