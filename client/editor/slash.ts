import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { BlockChoice } from "./block-choices.ts";
import { caretOf } from "./commands/where.ts";
import type { Run } from "./run-command.ts";

/*
 * A slash at the beginning of a line, or after a space, opens a list of blocks at the caret. What is typed on
 * narrows it down; it stands in the text like any other words until one is chosen, and stays where none is.
 */

/** Where the slash stands, and which of the offered blocks is the current one. */
type Open = { readonly slash: number; readonly current: number };
export type Slash = {
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly current: number;
};

const key = new PluginKey<Open | null>("slash menu");

/** The list's id, and that of one block in it: what has the focus, the text, says which one is current. */
export const slashListId = "slash-menu";
export const slashOptionId = (choice: BlockChoice): string => `${slashListId}-${choice.name}`;

/** What stands behind the slash up to the caret, while the list is open. */
export function slashOf(state: EditorState): Slash | null {
  const open = key.getState(state);
  const $at = open ? caretOf(state.tr) : null;
  if (!open || !$at || open.slash < $at.start() || open.slash >= $at.pos) return null;
  const words = state.doc.textBetween(open.slash, $at.pos, null, "\uFFFC");
  const [, query] = /^\/([\p{L}\d]*(?: [\p{L}\d]*)?)$/u.exec(words) ?? [];
  return query === undefined ? null : { from: open.slash, to: $at.pos, query, current: open.current };
}

/** The blocks that a query leaves: those whose name, or a word of it, or whose sign begins with it. */
export function matching(
  choices: readonly BlockChoice[],
  query: string,
  nameOf: (choice: BlockChoice) => string,
): readonly BlockChoice[] {
  const wanted = query.toLowerCase();
  return choices.filter((choice) => {
    const name = nameOf(choice).toLowerCase();
    const words = [name, ...name.split(/[\s-]+/), name.replaceAll(" ", "")];
    return words.some((word) => word.startsWith(wanted));
  });
}

function mayOpen(state: EditorState): boolean {
  const $at = caretOf(state.tr);
  if (!$at || !["paragraph", "heading"].includes($at.parent.type.name)) return false;
  return /(?:^|\s)$/.test($at.parent.textBetween(0, $at.parentOffset, null, "\uFFFC"));
}

type Needs = {
  readonly choices: readonly BlockChoice[];
  readonly nameOf: (choice: BlockChoice) => string;
  readonly run: Run;
};

/** The list's part in the text: it opens, is gone through by keys, and puts in what is chosen. */
export class SlashMenu {
  readonly #needs: Needs;
  readonly plugin: Plugin<Open | null>;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.plugin = new Plugin<Open | null>({
      key,
      state: { init: () => null, apply: openAfter },
      props: {
        attributes: (state) => this.#attributes(state),
        handleTextInput: (view, from, _to, text, write) => {
          if (text !== "/" || !mayOpen(view.state)) return false;
          view.dispatch(write().setMeta(key, { slash: from, current: 0 }));
          return true;
        },
        handleKeyDown: (view, event) => this.#keyDown(view, event),
        handleDOMEvents: {
          blur: (view) => {
            this.close(view);
            return false;
          },
        },
      },
    });
  }

  /** What is offered now; empty where the list is closed. */
  offered(state: EditorState): readonly BlockChoice[] {
    const slash = slashOf(state);
    return slash ? matching(this.#needs.choices, slash.query, this.#needs.nameOf) : [];
  }

  close(view: EditorView): void {
    if (key.getState(view.state)) view.dispatch(view.state.tr.setMeta(key, "close"));
  }

  /** Makes this block of the line; the slash, and what was typed behind it, go. */
  choose(view: EditorView, { command }: BlockChoice): void {
    const slash = slashOf(view.state);
    if (!slash) return;
    this.#needs.run((state, dispatch) => {
      dispatch?.(state.tr.delete(slash.from, slash.to).setMeta(key, "close"));
      return command(view.state, view.dispatch, view);
    });
  }

  #attributes(state: EditorState): { [name: string]: string } {
    const offered = this.offered(state);
    const current = offered[currentOf(state, offered)];
    return current ? { "aria-controls": slashListId, "aria-activedescendant": slashOptionId(current) } : {};
  }

  #keyDown(view: EditorView, event: KeyboardEvent): boolean {
    const offered = this.offered(view.state);
    if (offered.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const current = currentOf(view.state, offered);
    switch (event.key) {
      case "ArrowDown":
        return this.#go(view, (current + 1) % offered.length);
      case "ArrowUp":
        return this.#go(view, (current + offered.length - 1) % offered.length);
      case "Enter":
        if (event.shiftKey) return false;
        this.choose(view, offered[current]!);
        return true;
      case "Escape":
        this.close(view);
        return true;
      default:
        return false;
    }
  }

  #go(view: EditorView, current: number): true {
    const slash = slashOf(view.state);
    if (slash) view.dispatch(view.state.tr.setMeta(key, { slash: slash.from, current }));
    return true;
  }
}

/** Which of the offered blocks is the current one. */
export function currentOf(state: EditorState, offered: readonly BlockChoice[]): number {
  return Math.min(key.getState(state)?.current ?? 0, Math.max(0, offered.length - 1));
}

function openAfter(transaction: Transaction, open: Open | null, before: EditorState): Open | null {
  const asked = transaction.getMeta(key) as Open | "close" | undefined;
  if (asked !== undefined) return asked === "close" ? null : asked;
  if (!open) return null;
  const slash = transaction.mapping.mapResult(open.slash, 1);
  if (slash.deletedAfter || transaction.doc.textBetween(slash.pos, slash.pos + 1) !== "/") return null;
  // What is typed on begins the list anew.
  const isTyped = transaction.docChanged && transaction.doc.content.size !== before.doc.content.size;
  return { slash: slash.pos, current: isTyped ? 0 : open.current };
}
