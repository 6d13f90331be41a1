import { useTranslation } from "react-i18next";

/** The comments' own words, and those that all of Plenum shares. */
export function useWords() {
  const { t, i18n } = useTranslation("comments");
  const { t: shared } = useTranslation();
  return { t, shared, locale: i18n.language };
}
