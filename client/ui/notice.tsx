import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** One thing to know and one thing to do, in the middle of an otherwise empty screen. */
export function Notice({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <main className={styles.notice}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.text}>{text}</p>
      {action}
    </main>
  );
}
