import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Status } from "../connection/status.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./banner.module.css";
import { bannerOf, isOfText, type Banner as Shown, type Offer } from "./status-words.ts";
import { useNow } from "./use-now.ts";

type Props = {
  status: Status;
  refusalWords: (status: Status) => string;
  /** Saves the text as this device has it. */
  onDownload: () => void;
  /** Gives up what only this device has. */
  onDiscard: () => void;
};

/** Said across the whole width, at every width, and not to be put away: words are in danger, or the door is shut. */
export function Banner(props: Props) {
  const { status } = props;
  const [isAsking, setAsking] = useState(false);
  const banner = bannerOf(status, useNow(status.unsavedSinceMs !== undefined));
  if (!banner) return null;
  const act: Record<Offer, () => void> = {
    reload: () => location.reload(),
    // Opened anew, Plenum asks for a name, or finds the one that was given in another tab.
    "sign-in": () => location.reload(),
    download: props.onDownload,
    discard: () => setAsking(true),
  };
  return (
    <div className={styles.banner} role="alert" data-is={banner.is}>
      <Words banner={banner} {...props} />
      {banner.offers.map((offer) => (
        <OfferButton key={offer} offer={offer} onPress={act[offer]} />
      ))}
      <DiscardDialog {...props} open={isAsking} onOpenChange={setAsking} />
    </div>
  );
}

function Words({ banner, status, refusalWords }: { banner: Shown } & Props) {
  const { t } = useTranslation();
  const { is, words: count } = banner;
  const onlyHere = count === 0 ? t("status.onlyHereSome") : t("status.onlyHere", { count: count ?? 0 });
  switch (is) {
    case "unsaved":
      return (
        <>
          <strong>
            {count === 0 ? t("status.unsavedSome") : t("status.unsaved", { count: count ?? 0 })}
          </strong>
          <span>{t("status.unsavedHint")}</span>
        </>
      );
    case "kept-back":
      return (
        <>
          <strong>{onlyHere}</strong>
          <span>{t("status.keptBackHint")}</span>
        </>
      );
    case "outdated":
      return <span>{t("failed.outdatedHint")}</span>;
    case "refused":
      return (
        <>
          <span>{refusalWords(status)}</span>
          {count !== null && <strong>{onlyHere}</strong>}
          {status.refusal && isOfText(status.refusal) && <span>{t("status.notTakenHint")}</span>}
        </>
      );
  }
}

function OfferButton({ offer, onPress }: { offer: Offer; onPress: () => void }) {
  const { t } = useTranslation();
  return <Button onClick={onPress}>{t(`status.offer.${offer}`)}</Button>;
}

function DiscardDialog(props: Props & { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={t("status.discardTitle")}
      lead={t("status.discardHint")}
    >
      <div className={styles.choice}>
        <OfferButton offer="download" onPress={props.onDownload} />
        <OfferButton offer="discard" onPress={props.onDiscard} />
      </div>
    </Dialog>
  );
}
