import type { EditorView } from "@tiptap/pm/view";
import { Held } from "../connection/store.ts";
import { blockChoices, type BlockChoice, type BlockName, type Plugged } from "./block-choices.ts";
import type { History } from "./history.ts";
import { runOn, type Run } from "./run-command.ts";
import { SlashMenu } from "./slash.ts";

/** The menu of the block with the caret is asked for, at this place of the screen. */
export type AskedBlock = { readonly at: DOMRect };

/** What all that acts on blocks shares: which there are, how to act, and what is open just now. */
export type Hands = {
  readonly choices: readonly BlockChoice[];
  readonly run: Run;
  readonly slash: SlashMenu;
  readonly asked: Held<AskedBlock | null>;
  /** Asks for the menu of the block with the caret, beside the caret. */
  readonly askAtCaret: () => void;
};

type Needs = {
  readonly view: () => EditorView;
  readonly history: Pick<History, "cut">;
  readonly nameOf: (name: BlockName) => string;
  readonly plugged: Plugged;
};

export function makeHands({ view, history, nameOf, plugged }: Needs): Hands {
  const choices = blockChoices(plugged);
  const run = runOn(view, history);
  const asked = new Held<AskedBlock | null>(null);
  const askAtCaret = (): void => {
    const { left, top, bottom } = view().coordsAtPos(view().state.selection.from);
    asked.set({ at: new DOMRect(left, top, 0, bottom - top) });
  };
  const slash = new SlashMenu({ choices, nameOf: ({ name }) => nameOf(name), run });
  return { choices, run, slash, asked, askAtCaret };
}
