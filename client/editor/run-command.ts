import type { Command } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { History } from "./history.ts";

/** Does something to the page by a command, as a step of its own that undo takes back by itself. */
export type Run = (command: Command) => boolean;

/** How menus and buttons act on a view: the text has the focus again afterwards. */
export const runOn =
  (view: () => EditorView, history: Pick<History, "cut">): Run =>
  (command) => {
    history.cut();
    const { state, dispatch } = view();
    const isDone = command(state, dispatch, view());
    history.cut();
    view().focus();
    return isDone;
  };
