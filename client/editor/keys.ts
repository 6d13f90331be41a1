import {
  Extension,
  markInputRule,
  nodeInputRule,
  textblockTypeInputRule,
  wrappingInputRule,
  type Editor,
} from "@tiptap/core";
import type { History } from "./history.ts";
import type { Binding, Selected } from "./binding/binding.ts";

const levels = [1, 2, 3, 4] as const;

/** What the keyboard does: shortcuts, and signs that become blocks and marks as they are typed. */
export const Keys = Extension.create<{ history: History; binding: Binding }>({
  name: "keys",
  priority: 200,

  addKeyboardShortcuts() {
    const { editor } = this;
    const { history, binding } = this.options;
    const select = (selected: Selected) => restore(editor, binding, selected);
    const structural = (run: () => boolean) => () => {
      history.cut();
      return run();
    };
    const headings = levels.map((level) => [
      `Mod-Alt-${level}`,
      structural(() => editor.commands.toggleNode("heading", "paragraph", { level })),
    ]);
    return {
      ...Object.fromEntries(headings),
      "Mod-Alt-0": structural(() => editor.commands.setNode("paragraph")),
      "Mod-Alt-c": structural(() => editor.commands.toggleNode("codeBlock", "paragraph")),
      "Mod-Shift-b": structural(() => editor.commands.toggleWrap("blockquote")),
      "Mod-Shift-7": structural(() => editor.commands.toggleList("orderedList", "listItem")),
      "Mod-Shift-8": structural(() => editor.commands.toggleList("bulletList", "listItem")),
      "Mod-b": () => editor.commands.toggleMark("bold"),
      "Mod-i": () => editor.commands.toggleMark("italic"),
      "Mod-Shift-s": () => editor.commands.toggleMark("strike"),
      "Mod-e": () => editor.commands.toggleMark("code"),
      "Mod-z": () => history.undo(select) || true,
      "Mod-Shift-z": () => history.redo(select) || true,
      "Mod-y": () => history.redo(select) || true,
      Enter: structural(() => editor.commands.splitListItem("listItem") || leaveItem(editor)),
      "Shift-Enter": () => editor.commands.first([({ commands }) => commands.newlineInCode(), lineBreak]),
      Tab: structural(
        () => editor.isActive("listItem") && (editor.commands.sinkListItem("listItem") || true),
      ),
      "Shift-Tab": structural(
        () => editor.isActive("listItem") && (editor.commands.liftListItem("listItem") || true),
      ),
      Backspace: () => atBlockStart(editor) && structural(() => plainer(editor))(),
    };
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

const lineBreak = ({ editor }: { editor: Editor }): boolean =>
  editor.commands.insertContent({ type: "hardBreak" });

/** Enter on an empty line leaves the item; an empty quoted line leaves the quote by the editor's own rule. */
function leaveItem(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection;
  const isEmptyItem = empty && $from.parent.content.size === 0 && $from.node(-1).type.name === "listItem";
  return isEmptyItem && editor.commands.liftListItem("listItem");
}

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
