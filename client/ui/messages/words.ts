import i18next, { type ResourceLanguage } from "i18next";
import { initReactI18next } from "react-i18next";

/** Makes these words, by namespace, available to `useTranslation`; call it once, before the first screen is drawn. */
export function startWords(words: ResourceLanguage): void {
  void i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    initAsync: false,
    resources: { en: words },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
}
