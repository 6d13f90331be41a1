import { Plugin } from "@tiptap/pm/state";
import type { History } from "./history.ts";

/**
 * The browser's own undo, by its menu or by the key while the text has not the focus, knows nothing of others' edits
 * and would put letters anywhere: what was done is taken back by the page's history instead.
 */
export function browserUndo(history: Pick<History, "undo" | "redo">): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        beforeinput: (view, event) => {
          if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return false;
          event.preventDefault();
          // Whoever is elsewhere on the screen keeps their place there: the selection is left alone.
          if (view.editable) history[event.inputType === "historyUndo" ? "undo" : "redo"](() => {});
          return true;
        },
      },
    },
  });
}
