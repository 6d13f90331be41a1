import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import {
  Bold,
  Code,
  Heading2,
  Heading3,
  Italic,
  Link,
  List,
  ListOrdered,
  Quote,
  SquareCode,
  Strikethrough,
  type LucideIcon,
} from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { editorMessages } from "./messages.en.ts";
import { LinkForm } from "./link-form.tsx";
import styles from "./toolbar.module.css";

type Tool = {
  name: keyof typeof editorMessages;
  keys: string;
  icon: LucideIcon;
  isActive: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
};

const mark = (name: "bold" | "italic" | "strike" | "code", keys: string, icon: LucideIcon): Tool => ({
  name,
  keys,
  icon,
  isActive: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleMark(name).run(),
});

const heading = (level: 2 | 3, icon: LucideIcon): Tool => ({
  name: `heading${level}`,
  keys: `Ctrl+Alt+${level}`,
  icon,
  isActive: (editor) => editor.isActive("heading", { level }),
  run: (editor) => editor.chain().focus().toggleNode("heading", "paragraph", { level }).run(),
});

const list = (name: "bulletList" | "orderedList", keys: string, icon: LucideIcon): Tool => ({
  name,
  keys,
  icon,
  isActive: (editor) => editor.isActive(name),
  run: (editor) => editor.chain().focus().toggleList(name, "listItem").run(),
});

const tools: readonly (Tool | "link")[] = [
  mark("bold", "Ctrl+B", Bold),
  mark("italic", "Ctrl+I", Italic),
  mark("strike", "Ctrl+Shift+S", Strikethrough),
  mark("code", "Ctrl+E", Code),
  "link",
  heading(2, Heading2),
  heading(3, Heading3),
  list("bulletList", "Ctrl+Shift+8", List),
  list("orderedList", "Ctrl+Shift+7", ListOrdered),
  {
    name: "quote",
    keys: "Ctrl+Shift+B",
    icon: Quote,
    isActive: (editor) => editor.isActive("blockquote"),
    run: (editor) => editor.chain().focus().toggleWrap("blockquote").run(),
  },
  {
    name: "codeBlock",
    keys: "Ctrl+Alt+C",
    icon: SquareCode,
    isActive: (editor) => editor.isActive("codeBlock"),
    run: (editor) => editor.chain().focus().toggleNode("codeBlock", "paragraph").run(),
  },
];

/** Appears at the selection: what can be done to the selected words. Arrow keys go along it. */
export function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation("editor");
  const [isLinking, setLinking] = useState(false);
  const active = useEditorState({
    editor,
    selector: () => tools.map((tool) => (tool === "link" ? editor.isActive("link") : tool.isActive(editor))),
  });
  return (
    <BubbleMenu
      editor={editor}
      className={styles.toolbar}
      role="toolbar"
      aria-label={t("tools")}
      onKeyDown={alongTools}
      options={{ placement: "top-start", offset: 8, onHide: () => setLinking(false) }}
    >
      {isLinking ? (
        <LinkForm editor={editor} onDone={() => setLinking(false)} />
      ) : (
        tools.map((tool, n) => {
          const isLink = tool === "link";
          const name = isLink ? "link" : tool.name;
          const Icon = isLink ? Link : tool.icon;
          return (
            <button
              key={name}
              type="button"
              className={styles.tool}
              aria-pressed={active[n] ?? false}
              aria-label={t(name)}
              title={`${t(name)} (${isLink ? "Ctrl+K" : tool.keys})`}
              tabIndex={n === 0 ? 0 : -1}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => (isLink ? setLinking(true) : tool.run(editor))}
            >
              <Icon size={17} aria-hidden />
            </button>
          );
        })
      )}
    </BubbleMenu>
  );
}

function alongTools(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0 || event.target instanceof HTMLInputElement) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
  event.preventDefault();
}
