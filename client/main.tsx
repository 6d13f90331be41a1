import "./ui/tokens.css";
import "./ui/base.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "@fontsource-variable/source-serif-4/opsz-italic.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/source-sans-3/wght-italic.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { must } from "../shared/base/assert.ts";
import { App } from "./app.tsx";
import { commentMessages } from "./comments/messages.en.ts";
import { editorMessages } from "./editor/messages.en.ts";
import { keptMessages } from "./kept/messages.en.ts";
import { en } from "./ui/messages/en.ts";
import { startWords } from "./ui/messages/words.ts";
import { showTheme } from "./ui/theme.ts";

/** Every word that Plenum shows: what all screens share, and what comments, text and kept words add. */
const words = {
  translation: en,
  comments: commentMessages,
  editor: editorMessages,
  kept: keptMessages,
} as const;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: typeof words;
  }
}

showTheme();
startWords(words);
createRoot(must(document.getElementById("plenum"), "index.html has an element to draw in")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
