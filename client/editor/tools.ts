import type { Editor } from "@tiptap/core";
import type { BlockName } from "./block-choices.ts";

/** A mark that selected words can have: by a key, or by the toolbar. */
export type MarkTool = {
  name: "bold" | "italic" | "strike" | "code";
  /** Its key, as ProseMirror's keymaps write it. */
  key: string;
  run: (editor: Editor) => boolean;
};

const mark = (name: MarkTool["name"], key: string): MarkTool => ({
  name,
  key,
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
});

/** In the order of the toolbar. */
export const marks: readonly MarkTool[] = [
  mark("bold", "Mod-b"),
  mark("italic", "Mod-i"),
  mark("strike", "Mod-Shift-s"),
  mark("code", "Mod-e"),
];

/** The kinds of blocks that have a button in the toolbar, on any screen or on a wide one; all stand in its menu. */
export const inToolbar: ReadonlyMap<BlockName, "always" | "where there is room"> = new Map([
  ["heading2", "always"],
  ["heading3", "where there is room"],
  ["bulletList", "always"],
  ["orderedList", "where there is room"],
  ["taskList", "always"],
  ["quote", "where there is room"],
  ["callout", "always"],
  ["collapsible", "always"],
  ["codeBlock", "where there is room"],
]);

/** The key that asks for a link's address. */
export const linkKey = "Mod-k";

/** The key that opens the menu of the block with the caret. */
export const blockMenuKey = "Mod-Shift-Enter";
