import { Extension, InputRule, markInputRule, type Editor } from "@tiptap/core";
import { Plugin, type Command, type EditorState } from "@tiptap/pm/state";
import { isSafeAddress } from "../../shared/body/schema.ts";
import type { Binding, Selected } from "./binding/binding.ts";
import { blockChoices, type BlockChoice } from "./block-choices.ts";
import { typeOver } from "./commands/across.ts";
import { backspace, deleteForward } from "./commands/backspace.ts";
import { breakLine, enter } from "./commands/enter.ts";
import { goToFootnote, returnFromFootnote } from "./commands/footnotes.ts";
import { indent, outdent } from "./commands/indent.ts";
import { toggleTask } from "./commands/lists.ts";
import { moveBlockDown, moveBlockUp } from "./commands/move.ts";
import { lineBehind } from "./commands/put.ts";
import { takeSignByEnter } from "./commands/signs.ts";
import type { History } from "./history.ts";
import type { Leaving } from "./leaving.ts";
import { blockMenuKey, linkKey, marks } from "./tools.ts";
import { isSignJustTaken, typedSigns } from "./typed-signs.ts";

type Options = {
  history: History;
  binding: Binding;
  leaving: Leaving;
  choices?: readonly BlockChoice[];
  onLink: () => void;
  onBlockMenu?: () => void;
};

/** What the keyboard does: shortcuts, and signs that become blocks and marks as they are typed. */
export const Keys = Extension.create<Options>({
  name: "keys",
  priority: 200,

  addKeyboardShortcuts() {
    const { editor } = this;
    const { history, binding, leaving, onLink } = this.options;
    const { choices = blockChoices(), onBlockMenu = () => {} } = this.options;
    const select = (selected: Selected) => restore(editor, binding, selected);
    /** Does the first of these that applies, as a step that undo takes back by itself. */
    const structural =
      (...commands: readonly Command[]) =>
      () => {
        const { view } = editor;
        if (!commands.some((each) => each(view.state))) return false;
        history.cut();
        return commands.some((each) => each(view.state, view.dispatch, view));
      };
    // In plain text Tab does nothing: whoever writes on would else write into nothing.
    const ofText = (command: Command) => () => !leaving.isWanted() && (structural(command)() || true);
    const back = () =>
      isSignJustTaken(editor.state) ? history.undo(select) || true : structural(backspace)();
    const forward = structural(deleteForward);
    const asks = (ask: () => void) => () => {
      ask();
      return true;
    };
    return {
      ...Object.fromEntries(marks.map(({ key, run }) => [key, () => run(editor)])),
      ...Object.fromEntries(choices.flatMap(({ key, command }) => (key ? [[key, structural(command)]] : []))),
      [linkKey]: asks(onLink),
      [blockMenuKey]: asks(onBlockMenu),
      "Mod-z": () => history.undo(select) || true,
      "Mod-Shift-z": () => history.redo(select) || true,
      "Mod-y": () => history.redo(select) || true,
      Enter: structural(takeSignByEnter, enter),
      "Shift-Enter": structural(breakLine),
      "Mod-Enter": structural(toggleTask(), goToFootnote, returnFromFootnote, lineBehindSource),
      Escape: () => returnFromFootnote(editor.state, editor.view.dispatch),
      Tab: ofText(indent),
      "Shift-Tab": ofText(outdent),
      Backspace: back,
      "Shift-Backspace": back,
      "Mod-Backspace": structural(backspace),
      Delete: forward,
      "Mod-Delete": forward,
      "Alt-Shift-ArrowUp": structural(moveBlockUp),
      "Alt-Shift-ArrowDown": structural(moveBlockDown),
      ArrowDown: () => isAtEndOfLastPlainBlock(editor) && structural(lineBehind)(),
    };
  },

  addProseMirrorPlugins() {
    const { leaving, history } = this.options;
    return [leaving.plugin, typedSigns(() => history.cut()), typedOver()];
  },

  addInputRules() {
    const { marks: types } = this.editor.schema;
    return [
      markInputRule({ find: /(?:^|\s)(\*\*(?!\s)([^*]+)(?<!\s)\*\*)$/, type: types["bold"]! }),
      markInputRule({ find: /(?:^|[^*])(\*(?![\s*])([^*]+)(?<!\s)\*)$/, type: types["italic"]! }),
      markInputRule({ find: /(?:^|[\s(])(_(?![\s_])([^_]+)(?<!\s)_)$/, type: types["italic"]! }),
      new InputRule({
        find: /\[([^\]]+)\]\(([^)\s]+)\)$/,
        handler: ({ state, range, match: [, words = "", href = ""] }) => {
          if (!isSafeAddress(href)) return null;
          const link = types["link"]!.create({ href });
          state.tr.replaceWith(range.from, range.to, state.schema.text(words, [link]));
          return undefined;
        },
      }),
      markInputRule({ find: /(?:^|\s)(~~(?!\s)([^~]+)(?<!\s)~~)$/, type: types["strike"]! }),
      markInputRule({ find: /(?:^|[^`])(`([^`]+)`)$/, type: types["code"]! }),
    ];
  },
});

/** What is typed over a selection that reaches from one line into another. */
const typedOver = (): Plugin =>
  new Plugin({
    props: { handleTextInput: ({ state, dispatch }, _from, _to, text) => typeOver(text)(state, dispatch) },
  });

/** Puts the selection back where an undone step had it, if that place is still in the page. */
function restore(editor: Editor, binding: Binding, selected: Selected): void {
  const { doc } = editor.state;
  const from = binding.position(doc, selected.anchor);
  const to = binding.position(doc, selected.head);
  if (from === null || to === null) return;
  editor.commands.setTextSelection({ from, to });
  editor.commands.scrollIntoView();
}

const isSource = ({ selection }: EditorState): boolean => selection.$to.parent.type.spec.code === true;

/** Out of source, where Enter is a new line of it. */
const lineBehindSource: Command = (state, dispatch) => isSource(state) && lineBehind(state, dispatch);

/** The end of a page that ends in source: there is no line below to go to, so one is made. */
function isAtEndOfLastPlainBlock({ state }: Editor): boolean {
  const { doc, selection } = state;
  return selection.empty && isSource(state) && selection.$to.pos === doc.content.size - 1;
}
