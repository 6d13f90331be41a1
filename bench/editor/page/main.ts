import "../../../client/ui/tokens.css";
import "../../../client/ui/base.css";
import "@fontsource-variable/source-serif-4/opsz.css";
import "@fontsource-variable/source-serif-4/opsz-italic.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { Stage } from "./stage.ts";

const isPlenum = location.search === "?plenum";
const { show } = isPlenum ? await import("./plenum.tsx") : await import("./tiptap.tsx");
window.stage = new Stage(show);
