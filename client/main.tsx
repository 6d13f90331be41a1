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
import { startWords } from "./words.ts";
import { showTheme } from "./ui/theme.ts";

showTheme();
startWords();
createRoot(must(document.getElementById("plenum"), "index.html has an element to draw in")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
