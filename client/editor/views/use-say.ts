import { useTranslation } from "react-i18next";
import type { Say } from "./furniture.ts";

/** The editor's words for what is drawn outside React. */
export function useSay(): Say {
  const { t } = useTranslation("editor");
  // Every value that any of the words names: which one does is for them to know.
  return (word, values) => t(word, { keys: "", number: 0, ...values });
}
