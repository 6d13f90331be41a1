import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { refusals, Refused, type Refusal } from "../../shared/protocol/refusals.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Unreachable } from "./api.ts";

/** A refusal in words for people, with its details if there are any. */
export function useRefusalWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof Unreachable) return `${t("failed.unreachable")}. ${t("failed.unreachableHint")}`;
    const refusal: Refusal = error instanceof Refused ? error.refusal : { code: "internal" };
    const message = t(`refusal.${refusal.code}`);
    return refusal.details ? t("refusalWith", { message, details: refusal.details }) : message;
  };
}

/** A whole screen for what could not be shown: what is the matter and the one thing to do about it. */
export function Failure({ error, onRetry, home }: { error: unknown; onRetry: () => void; home: ReactNode }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const code = error instanceof Refused ? error.refusal.code : null;
  const retry = <Button onClick={onRetry}>{t("tryAgain")}</Button>;
  if (error instanceof Unreachable)
    return <Notice title={t("failed.unreachable")} text={t("failed.unreachableHint")} action={retry} />;
  if (code === "not-found") return <Notice title={t("failed.notFound")} text={words(error)} action={home} />;
  if (code === "not-allowed")
    return <Notice title={t("failed.notAllowed")} text={t("failed.notAllowedHint")} action={home} />;
  if (code && refusals[code].next === "reload") return <Outdated />;
  return <Notice title={t("failed.other")} text={words(error)} action={retry} />;
}

/** A whole screen for one that could not be drawn: because a part of it cannot be had, or by our mistake. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error instanceof Unreachable || error instanceof Refused)
    return <Failure error={error} onRetry={() => location.reload()} home={null} />;
  return <Notice title={t("failed.broken")} text={t("failed.brokenHint")} action={<Reload />} />;
}

/** The server has moved on; only a reload helps. */
function Outdated() {
  const { t } = useTranslation();
  return <Notice title={t("failed.outdated")} text={t("failed.outdatedHint")} action={<Reload />} />;
}

function Reload() {
  const { t } = useTranslation();
  return (
    <Button look="primary" onClick={() => location.reload()}>
      {t("reload")}
    </Button>
  );
}
