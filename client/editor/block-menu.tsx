import type { Editor } from "@tiptap/core";
import { DropdownMenu as Radix } from "radix-ui";
import { useTranslation } from "react-i18next";
import type { Command, EditorState } from "@tiptap/pm/state";
import { useStore } from "../connection/use-store.ts";
import { keyWords } from "../ui/key-words.ts";
import { useMedia } from "../ui/use-media.ts";
import { MenuItem, MenuRule } from "../ui/menu.tsx";
import menuLook from "../ui/menu.module.css";
import type { BlockChoice } from "./block-choices.ts";
import look from "./block-menu.module.css";
import { deleteBlock, duplicateBlock } from "./commands/delete-block.ts";
import { unwrap } from "./commands/lift.ts";
import { moveBlockDown, moveBlockUp } from "./commands/move.ts";
import { addTab, removeTab } from "./commands/tabs.ts";
import { addTitle } from "./commands/wraps.ts";
import type { Hands } from "./hands.ts";
import { landmarkOf } from "../ui/landmark.ts";
import type { Run } from "./run-command.ts";

type Props = { editor: Editor; hands: Hands };

/** What can be done to the block with the caret: at its handle, at the caret by key, or from the toolbar. */
export function BlockMenu({ editor, hands }: Props) {
  const { t } = useTranslation("editor");
  const { asked } = hands;
  const now = useStore(asked);
  if (!now) return null;
  const { left, top, width, height } = now.at;
  return (
    <Radix.Root open modal={false} onOpenChange={(isOpen) => !isOpen && asked.set(null)}>
      <Radix.Trigger asChild>
        <span
          aria-hidden
          tabIndex={-1}
          style={{ position: "fixed", left, top, width, height, pointerEvents: "none" }}
        />
      </Radix.Trigger>
      <Radix.Portal container={landmarkOf(editor.view.dom)}>
        <Radix.Content
          className={`${menuLook.menu} ${look.menu}`}
          aria-label={t("blockMenu")}
          align="start"
          sideOffset={4}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.view.focus();
          }}
        >
          <BlockActions editor={editor} hands={hands} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function BlockActions({ editor, hands: { choices, run } }: Props) {
  const { t } = useTranslation("editor");
  const isWide = useMedia("(width >= 720px)");
  const { state } = editor;
  const lines = choices.filter(({ turns }) => turns);
  const address = headingAddress(editor);
  const acts: readonly [string, Command][] = [
    [t("addTitle"), addTitle],
    [t("view.addTab"), addTab],
    [t("removeTab"), removeTab],
    [t("takeOut"), unwrap],
  ];
  const offered = acts.filter(([, command]) => command(state));
  return (
    <>
      {isWide && <TurnInto editor={editor} choices={lines} state={state} run={run} />}
      {offered.map(([name, command]) => (
        <MenuItem key={name} onChoose={() => run(command)}>
          {name}
        </MenuItem>
      ))}
      {(isWide || offered.length > 0) && <MenuRule />}
      <Keyed name={t("moveUp")} keys="Alt-Shift-ArrowUp" onChoose={() => run(moveBlockUp)} />
      <Keyed name={t("moveDown")} keys="Alt-Shift-ArrowDown" onChoose={() => run(moveBlockDown)} />
      <MenuItem onChoose={() => run(duplicateBlock)}>{t("duplicate")}</MenuItem>
      {address && (
        <MenuItem onChoose={() => void navigator.clipboard.writeText(address)}>{t("copyBlockLink")}</MenuItem>
      )}
      <MenuRule />
      <MenuItem onChoose={() => run(deleteBlock)}>{t("deleteBlock")}</MenuItem>
      {!isWide && (
        <>
          <MenuRule />
          <Radix.Label className={menuLook.label}>{t("turnInto")}</Radix.Label>
          <Choices choices={lines} state={state} run={run} />
        </>
      )}
    </>
  );
}

type LinesProps = { choices: readonly BlockChoice[]; state: EditorState; run: Run };

/** A menu beside the menu. On a narrow screen there is no room for it: there the choices stand below the rest. */
function TurnInto({ editor, ...props }: LinesProps & { editor: Editor }) {
  const { t } = useTranslation("editor");
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={menuLook.item}>
        {t("turnInto")}
        <span aria-hidden>›</span>
      </Radix.SubTrigger>
      <Radix.Portal container={landmarkOf(editor.view.dom)}>
        <Radix.SubContent className={menuLook.menu} collisionPadding={12}>
          <Choices {...props} />
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

function Choices({ choices, state, run }: LinesProps) {
  return choices.map((choice) => (
    <Choice key={choice.name} choice={choice} isActive={choice.isActive(state)} run={run} />
  ));
}

function Choice({ choice, isActive, run }: { choice: BlockChoice; isActive: boolean; run: Run }) {
  const { t } = useTranslation("editor");
  const { name, icon: Icon, key, command } = choice;
  return (
    <Radix.CheckboxItem
      className={`${menuLook.item} ${look.choice}`}
      checked={isActive}
      onSelect={() => run(command)}
    >
      <span className={look.name}>
        <Icon size={16} aria-hidden />
        {t(name)}
      </span>
      {key && <kbd className={look.keys}>{keyWords(key)}</kbd>}
    </Radix.CheckboxItem>
  );
}

function Keyed({ name, keys, onChoose }: { name: string; keys: string; onChoose: () => void }) {
  return (
    <Radix.Item className={menuLook.item} onSelect={onChoose}>
      <span>{name}</span>
      <kbd className={look.keys}>{keyWords(keys)}</kbd>
    </Radix.Item>
  );
}

/** The address of the heading with the caret, for others to go there; null where the caret is in none. */
function headingAddress({ state: { selection } }: Editor): string | null {
  const { type, attrs } = selection.$from.parent;
  if (type.name !== "heading" || typeof attrs["id"] !== "string") return null;
  return new URL(`#h-${attrs["id"]}`, location.href).href;
}
