import {
  Extension,
  InputRule,
  markInputRule,
  nodeInputRule,
  textblockTypeInputRule,
  wrappingInputRule,
  type Editor,
} from "@tiptap/core";
import { isSafeAddress } from "../../shared/body/schema.ts";
import type { History } from "./history.ts";
import type { Binding, Selected } from "./binding/binding.ts";
import { joinItemForward } from "./join-item.ts";
import type { Leaving } from "./leaving.ts";
import { linkKey, tools } from "./tools.ts";

type Options = { history: History; binding: Binding; leaving: Leaving; onLink: () => void };

/** What the keyboard does: shortcuts, and signs that become blocks and marks as they are typed. */
export const Keys = Extension.create<Options>({
  name: "keys",
  priority: 200,

  addKeyboardShortcuts() {
    const { editor } = this;
    const { history, binding, leaving, onLink } = this.options;
    const select = (selected: Selected) => restore(editor, binding, selected);
    const structural = (run: () => boolean) => () => {
      history.cut();
      return run();
    };
    const setHeading = (level: number) => editor.commands.toggleNode("heading", "paragraph", { level });
    const ofTools = tools.map((tool) => {
      const run = () => tool.run(editor);
      return [tool.key, tool.isStructural ? structural(run) : run] as const;
    });
    return {
      ...Object.fromEntries(ofTools),
      [linkKey]: () => {
        onLink();
        return true;
      },
      "Mod-Alt-1": structural(() => setHeading(1)),
      "Mod-Alt-4": structural(() => setHeading(4)),
      "Mod-Alt-0": structural(() => editor.commands.setNode("paragraph")),
      "Mod-z": () => history.undo(select) || true,
      "Mod-Shift-z": () => history.redo(select) || true,
      "Mod-y": () => history.redo(select) || true,
      Enter: structural(() => enter(editor)),
      "Shift-Enter": () =>
        editor.commands.newlineInCode() || editor.commands.insertContent({ type: "hardBreak" }),
      Tab: structural(() => !leaving.isWanted() && tab(editor)),
      "Shift-Tab": structural(() => !leaving.isWanted() && editor.commands.liftListItem("listItem")),
      ArrowDown: () => isAtEndOfLastPlainBlock(editor) && editor.commands.exitCode(),
      Delete: () =>
        isInList(editor) && structural(() => joinItemForward(editor.state, editor.view.dispatch))(),
      Backspace: () => atBlockStart(editor) && structural(() => plainer(editor))(),
    };
  },

  addProseMirrorPlugins() {
    return [this.options.leaving.plugin];
  },

  addInputRules() {
    const { nodes, marks } = this.editor.schema;
    return [
      textblockTypeInputRule({
        find: /^(#{1,6})\s$/,
        type: nodes["heading"]!,
        getAttributes: (match) => ({ level: match[1]!.length }),
      }),
      textblockTypeInputRule({
        find: /^```([\w+#-]*)\s$/,
        type: nodes["codeBlock"]!,
        getAttributes: (match) => ({ lang: match[1] || null }),
      }),
      wrappingInputRule({ find: /^[-*+]\s$/, type: nodes["bulletList"]! }),
      wrappingInputRule({ find: /^1[.)]\s$/, type: nodes["orderedList"]! }),
      wrappingInputRule({ find: /^>\s$/, type: nodes["blockquote"]! }),
      nodeInputRule({ find: /^(?:---|\*\*\*)$/, type: nodes["horizontalRule"]! }),
      markInputRule({ find: /(?:^|\s)(\*\*(?!\s)([^*]+)(?<!\s)\*\*)$/, type: marks["bold"]! }),
      markInputRule({ find: /(?:^|[^*])(\*(?![\s*])([^*]+)(?<!\s)\*)$/, type: marks["italic"]! }),
      markInputRule({ find: /(?:^|[\s(])(_(?![\s_])([^_]+)(?<!\s)_)$/, type: marks["italic"]! }),
      new InputRule({
        find: /\[([^\]]+)\]\(([^)\s]+)\)$/,
        handler: ({ state, range, match: [, words = "", href = ""] }) => {
          if (!isSafeAddress(href)) return null;
          const link = marks["link"]!.create({ href });
          state.tr.replaceWith(range.from, range.to, state.schema.text(words, [link]));
          return undefined;
        },
      }),
      markInputRule({ find: /(?:^|\s)(~~(?!\s)([^~]+)(?<!\s)~~)$/, type: marks["strike"]! }),
      markInputRule({ find: /(?:^|[^`])(`([^`]+)`)$/, type: marks["code"]! }),
    ];
  },
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

/**
 * Enter. Words selected across blocks go first: the editor's own commands cannot split where two items end. In a
 * list it makes an item, on an empty line it leaves the item or the quote; elsewhere the editor's own rules hold.
 */
function enter(editor: Editor): boolean {
  const { $from, $to, empty } = editor.state.selection;
  if (!empty && !$from.sameParent($to)) editor.commands.deleteSelection();
  return editor.commands.splitListItem("listItem") || leaveEmptyLine(editor);
}

function leaveEmptyLine(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock || $from.parent.content.size > 0 || $from.depth < 2) return false;
  const around = $from.node(-1).type.name;
  if (around === "listItem") return editor.commands.liftListItem("listItem");
  return around === "blockquote" && editor.commands.lift("blockquote");
}

/** Tab moves an item in, and indents code. Elsewhere it goes on to the next thing on the screen. */
function tab(editor: Editor): boolean {
  if (editor.isActive("codeBlock")) return editor.commands.insertContent("  ");
  return editor.commands.sinkListItem("listItem");
}

/** The end of a page that ends in source: there is no line below to go to, so one is made. */
function isAtEndOfLastPlainBlock({ state: { doc, selection } }: Editor): boolean {
  const { $to, empty } = selection;
  return empty && $to.parent.type.spec.code === true && $to.pos === doc.content.size - 1;
}

const isInList = (editor: Editor): boolean => editor.isActive("listItem");

function atBlockStart({ state: { selection } }: Editor): boolean {
  return selection.empty && selection.$from.parent.isTextblock && selection.$from.parentOffset === 0;
}

/** Backspace at a block's start makes it plainer, one step at a time, before it joins what stands above. */
function plainer(editor: Editor): boolean {
  const { $from } = editor.state.selection;
  const { name } = $from.parent.type;
  if (name === "heading" || name === "codeBlock") return editor.commands.setNode("paragraph");
  const isFirst = $from.depth > 1 && $from.index(-1) === 0;
  if (!isFirst) return false;
  const around = $from.node(-1).type.name;
  if (around === "listItem") return editor.commands.liftListItem("listItem");
  return around === "blockquote" && editor.commands.lift("blockquote");
}
