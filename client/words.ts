import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { commentMessages } from "./comments/messages.en.ts";
import { editorMessages } from "./editor/messages.en.ts";
import { en } from "./ui/messages/en.ts";

/** Every word that Plenum shows: what all screens share, and what comments and text add. */
const words = { translation: en, comments: commentMessages, editor: editorMessages } as const;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: typeof words;
  }
}

/** Makes the words available to `useTranslation`; call it once, before the first screen is drawn. */
export function startWords(): void {
  void i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    initAsync: false,
    resources: { en: words },
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
}
