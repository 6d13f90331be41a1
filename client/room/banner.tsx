import { useTranslation } from "react-i18next";
import type { Status } from "../connection/status.ts";
import { Button } from "../ui/button.tsx";
import styles from "./banner.module.css";
import { bannerOf } from "./status-words.ts";
import { useNow } from "./use-now.ts";

type Props = { status: Status; refusalWords: (status: Status) => string };

/** Said across the whole width, at every width, and not to be put away: words are in danger, or the door is shut. */
export function Banner({ status, refusalWords }: Props) {
  const { t } = useTranslation();
  const banner = bannerOf(status, useNow(status.unsavedSinceMs !== undefined));
  if (!banner) return null;
  if (banner.is === "unsaved")
    return (
      <div className={styles.banner} role="alert">
        <strong>
          {banner.words === 0 ? t("status.unsavedSome") : t("status.unsaved", { count: banner.words })}
        </strong>
        <span>{t("status.unsavedHint")}</span>
      </div>
    );
  return (
    <div className={styles.banner} role="alert" data-is={banner.is}>
      <span>{banner.is === "outdated" ? t("failed.outdatedHint") : refusalWords(status)}</span>
      {banner.is === "outdated" && <Button onClick={() => location.reload()}>{t("reload")}</Button>}
    </div>
  );
}
