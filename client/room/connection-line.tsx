import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "../connection/status.ts";
import { announce } from "../ui/announce.tsx";
import styles from "./connection-line.module.css";
import { statusWords, type StatusWords } from "./status-words.ts";
import { useNow } from "./use-now.ts";

/** How the page stands with the server, in words, at every width. A dot repeats it in colour. */
export function ConnectionLine({ status, onTryNow }: { status: Status; onTryNow: () => void }) {
  const { t } = useTranslation();
  const { words, tone, action } = statusWords(status, useNow(status.retryAtMs !== undefined));
  useSpoken(status.state, tone);
  const act = action === "reload" ? () => location.reload() : onTryNow;
  return (
    <p className={styles.line} data-tone={tone}>
      <span className={styles.dot} aria-hidden />
      <span className={styles.words}>
        {words.key === "reconnectingIn"
          ? t("status.reconnectingIn", { seconds: words.seconds })
          : t(`status.${words.key}`)}
      </span>
      {action && (
        <button type="button" className={styles.action} data-action={action} onClick={act}>
          {action === "reload" ? t("status.reload") : t("status.tryNow")}
        </button>
      )}
    </p>
  );
}

/** Tells of changes, not of seconds; "Saving" is passed over, since it is said with every sentence written. */
function useSpoken(state: Status["state"], tone: StatusWords["tone"]): void {
  const { t } = useTranslation();
  const key = state === "read-only" ? "readOnly" : state;
  useEffect(() => {
    if (key === "saving" || key === "loading") return;
    announce(t(`status.${key}`), tone === "danger" ? "assertive" : "polite");
  }, [key, tone, t]);
}
