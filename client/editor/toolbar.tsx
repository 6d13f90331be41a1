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
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "../connection/use-store.ts";
import type { Held } from "../connection/store.ts";
import { LinkForm } from "./link-form.tsx";
import { keyWords } from "../ui/key-words.ts";
import { linkKey, tools, type Tool } from "./tools.ts";
import styles from "./toolbar.module.css";

const icons: { readonly [name in Tool["name"]]: LucideIcon } = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
  heading2: Heading2,
  heading3: Heading3,
  bulletList: List,
  orderedList: ListOrdered,
  quote: Quote,
  codeBlock: SquareCode,
};

type Props = { editor: Editor; linking: Held<boolean> };

/** Appears at the selection: what can be done to the selected words. Arrow keys go along it. */
export function Toolbar({ editor, linking }: Props) {
  const { t } = useTranslation("editor");
  const isLinking = useStore(linking);
  return (
    <BubbleMenu
      editor={editor}
      className={styles.toolbar}
      options={{ placement: "top-start", offset: 8, onHide: () => linking.set(false) }}
    >
      {isLinking ? (
        <LinkForm
          editor={editor}
          onDone={() => {
            linking.set(false);
            editor.commands.focus(null, { scrollIntoView: false });
          }}
        />
      ) : (
        <div
          className={styles.tools}
          role="toolbar"
          tabIndex={-1}
          aria-label={t("tools")}
          onKeyDown={alongTools}
        >
          <Buttons editor={editor} onLink={() => linking.set(true)} />
        </div>
      )}
    </BubbleMenu>
  );
}

function Buttons({ editor, onLink }: { editor: Editor; onLink: () => void }) {
  const { t } = useTranslation("editor");
  const active = useEditorState({ editor, selector: () => tools.map((tool) => tool.isActive(editor)) });
  const isLink = useEditorState({ editor, selector: () => editor.isActive("link") });
  return (
    <>
      {tools.map((tool, n) => (
        <ToolButton
          key={tool.name}
          name={t(tool.name)}
          keys={tool.key}
          icon={icons[tool.name]}
          isActive={active[n] ?? false}
          isFirst={n === 0}
          onPress={() => tool.run(editor)}
        />
      ))}
      <ToolButton
        name={t("link")}
        keys={linkKey}
        icon={Link}
        isActive={isLink}
        isFirst={false}
        onPress={onLink}
      />
    </>
  );
}

type ButtonProps = {
  name: string;
  keys: string;
  icon: LucideIcon;
  isActive: boolean;
  isFirst: boolean;
  onPress: () => void;
};

function ToolButton({ name, keys, icon: Icon, isActive, isFirst, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-pressed={isActive}
      aria-label={name}
      title={`${name} (${keyWords(keys)})`}
      tabIndex={isFirst ? 0 : -1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <Icon size={17} aria-hidden />
    </button>
  );
}

function alongTools(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
  event.preventDefault();
}
