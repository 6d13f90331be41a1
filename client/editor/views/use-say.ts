import { useTranslation } from "react-i18next";
import type { Say } from "./furniture.ts";

/** The words of what is drawn around the text. */
export function useSay(): Say {
  const { t } = useTranslation("editor");
  // The number that some of the words name: which ones do is for them to know.
  return (word, values) => t(`view.${word}`, { number: 0, ...values });
}
