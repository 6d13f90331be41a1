import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { BubbleMenu } from "@tiptap/react/menus";
import { Bold, Code, Ellipsis, Italic, Link, Strikethrough, type LucideIcon } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "../connection/use-store.ts";
import type { Held } from "../connection/store.ts";
import { LinkForm } from "./link-form.tsx";
import { keyWords } from "../ui/key-words.ts";
import type { Hands } from "./hands.ts";
import { blockMenuKey, inToolbar, linkKey, marks, type MarkTool } from "./tools.ts";
import styles from "./toolbar.module.css";

const icons: { readonly [name in MarkTool["name"]]: LucideIcon } = {
  bold: Bold,
  italic: Italic,
  strike: Strikethrough,
  code: Code,
};

type Props = { editor: Editor; linking: Held<boolean>; hands: Hands };

/** Appears at the selection: what can be done to the selected words. Arrow keys go along it. */
export function Toolbar({ editor, linking, hands }: Props) {
  const { t } = useTranslation("editor");
  const isLinking = useStore(linking);
  return (
    <BubbleMenu editor={editor} className={styles.toolbar} options={place(() => linking.set(false))}>
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
          <Buttons editor={editor} hands={hands} onLink={() => linking.set(true)} />
        </div>
      )}
    </BubbleMenu>
  );
}

/** Above the selection, or below where the room's bar is in the way. */
const place = (onHide: () => void) =>
  ({
    placement: "top-start",
    offset: 8,
    flip: { padding: { top: 60 } },
    shift: { padding: 8 },
    onHide,
  }) as const;

function Buttons({ editor, hands, onLink }: { editor: Editor; hands: Hands; onLink: () => void }) {
  const { t } = useTranslation("editor");
  const blocks = hands.choices.filter(({ name }) => inToolbar.has(name));
  const active = useEditorState({
    editor,
    selector: () => ({
      marks: marks.map(({ name }) => editor.isActive(name)),
      link: editor.isActive("link"),
      blocks: blocks.map(({ isActive }) => isActive(editor.state)),
    }),
  });
  return (
    <>
      {marks.map(({ name, key, run }, n) => (
        <ToolButton
          key={name}
          name={t(name)}
          keys={key}
          icon={icons[name]}
          isActive={active.marks[n] ?? false}
          isFirst={n === 0}
          onPress={() => run(editor)}
        />
      ))}
      <ToolButton name={t("link")} keys={linkKey} icon={Link} isActive={active.link} onPress={onLink} />
      {blocks.map(({ name, key, icon, command }, n) => (
        <ToolButton
          key={name}
          name={t(name)}
          keys={key}
          icon={icon}
          isActive={active.blocks[n] ?? false}
          isOnlyWide={inToolbar.get(name) === "where there is room"}
          onPress={() => hands.run(command)}
        />
      ))}
      <ToolButton
        name={t("moreTools")}
        keys={blockMenuKey}
        icon={Ellipsis}
        onPress={(button) => hands.asked.set({ at: button.getBoundingClientRect() })}
      />
    </>
  );
}

type ButtonProps = {
  name: string;
  keys: string | null;
  icon: LucideIcon;
  /** Absent for a button that is never down. */
  isActive?: boolean;
  isFirst?: boolean;
  isOnlyWide?: boolean;
  onPress: (button: HTMLButtonElement) => void;
};

function ToolButton({ name, keys, icon: Icon, isActive, isFirst, isOnlyWide, onPress }: ButtonProps) {
  return (
    <button
      type="button"
      className={isOnlyWide ? `${styles.tool} ${styles.wide}` : styles.tool}
      aria-pressed={isActive}
      aria-label={name}
      title={keys ? `${name} (${keyWords(keys)})` : name}
      tabIndex={isFirst ? 0 : -1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={({ currentTarget }) => onPress(currentTarget)}
    >
      <Icon size={17} aria-hidden />
    </button>
  );
}

function alongTools(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  const all = [...event.currentTarget.querySelectorAll("button")];
  const buttons = all.filter((button) => button.checkVisibility());
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons.at((at + step) % buttons.length)?.focus();
  event.preventDefault();
}
