import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { to } from "../routes.ts";
import { buttonClass } from "../ui/button.tsx";

/** The way out of a screen that leads nowhere else. */
export function HomeLink() {
  const { t } = useTranslation();
  return (
    <Link href={to.home} className={buttonClass("secondary")}>
      {t("toSurveys")}
    </Link>
  );
}
