import type { Editor } from "@tiptap/core";

/** Something that can be done to the selected words: by a key, or by the toolbar. */
export type Tool = {
  name:
    | "bold"
    | "italic"
    | "strike"
    | "code"
    | "heading2"
    | "heading3"
    | "bulletList"
    | "orderedList"
    | "quote"
    | "codeBlock";
  /** Its key, as ProseMirror's keymaps write it. */
  key: string;
  /** Whether it changes what the words stand in: then undo takes it back by itself. */
  isStructural: boolean;
  isActive: (editor: Editor) => boolean;
  run: (editor: Editor) => boolean;
};

const mark = (name: "bold" | "italic" | "strike" | "code", key: string): Tool => ({
  name,
  key,
  isStructural: false,
  isActive: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
});

const heading = (level: 2 | 3): Tool => ({
  name: `heading${level}`,
  key: `Mod-Alt-${level}`,
  isStructural: true,
  isActive: (editor) => editor.isActive("heading", { level }),
  run: (editor) => editor.chain().focus().toggleNode("heading", "paragraph", { level }).run(),
});

const list = (name: "bulletList" | "orderedList", key: string): Tool => ({
  name,
  key,
  isStructural: true,
  isActive: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleList(name, "listItem").run(),
});

/** In the order of the toolbar. */
export const tools: readonly Tool[] = [
  mark("bold", "Mod-b"),
  mark("italic", "Mod-i"),
  mark("strike", "Mod-Shift-s"),
  mark("code", "Mod-e"),
  heading(2),
  heading(3),
  list("bulletList", "Mod-Shift-8"),
  list("orderedList", "Mod-Shift-7"),
  {
    name: "quote",
    key: "Mod-Shift-b",
    isStructural: true,
    isActive: (editor) => editor.isActive("blockquote"),
    run: (editor) => editor.chain().focus().toggleWrap("blockquote").run(),
  },
  {
    name: "codeBlock",
    key: "Mod-Alt-c",
    isStructural: true,
    isActive: (editor) => editor.isActive("codeBlock"),
    run: (editor) => editor.chain().focus().toggleNode("codeBlock", "paragraph").run(),
  },
];

/** The key that asks for a link's address. */
export const linkKey = "Mod-k";
