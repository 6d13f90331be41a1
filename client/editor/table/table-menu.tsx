import { autoUpdate, computePosition, offset, shift } from "@floating-ui/dom";
import type { Editor } from "@tiptap/core";
import type { Command } from "@tiptap/pm/state";
import { useEditorState } from "@tiptap/react";
import { Table2 } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Align } from "../../../shared/body/blocks.ts";
import { keyWords } from "../../ui/key-words.ts";
import { MenuChoice, MenuRule } from "../../ui/menu.tsx";
import look from "../../ui/menu.module.css";
import { landmarkOf } from "../../ui/landmark.ts";
import {
  addColumn,
  addRow,
  alignColumns,
  alignOf,
  deleteColumns,
  deleteRows,
  deleteTable,
  moveColumns,
  moveRows,
} from "./commands.ts";
import { spotOf } from "./grid.ts";
import styles from "./table.module.css";

type Deed = { name: DeedName; command: Command; key?: string };
type DeedName =
  | "rowAbove"
  | "rowBelow"
  | "columnLeft"
  | "columnRight"
  | "rowUp"
  | "rowDown"
  | "columnToLeft"
  | "columnToRight"
  | "deleteRow"
  | "deleteColumn"
  | "deleteTable";

const groups: readonly (readonly Deed[])[] = [
  [
    { name: "rowAbove", command: addRow(-1) },
    { name: "rowBelow", command: addRow(1) },
    { name: "columnLeft", command: addColumn(-1) },
    { name: "columnRight", command: addColumn(1) },
  ],
  [
    { name: "rowUp", command: moveRows(-1), key: "Alt-Shift-↑" },
    { name: "rowDown", command: moveRows(1), key: "Alt-Shift-↓" },
    { name: "columnToLeft", command: moveColumns(-1), key: "Alt-Shift-←" },
    { name: "columnToRight", command: moveColumns(1), key: "Alt-Shift-→" },
  ],
  [
    { name: "deleteRow", command: deleteRows },
    { name: "deleteColumn", command: deleteColumns },
    { name: "deleteTable", command: deleteTable },
  ],
];

/** Opens the menu from within a table: the key that opens an editor's tools in most programs. */
const menuKey = "Alt-F10";

/** The button at the corner of the table that is worked in, and its menu. */
export function TableMenu({ editor }: { editor: Editor }) {
  const { t } = useTranslation("editor");
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const at = useEditorState({ editor, selector: () => spotOf(editor.state)?.at ?? null });
  const isNear = useNear(editor, button);
  const isShown = at !== null && (isNear || isOpen);
  useCorner(editor, button, isShown ? at : null);
  useKey(editor, isShown, () => setOpen(true));
  if (!isShown) return null;
  return (
    <Radix.Root open={isOpen} modal={false} onOpenChange={setOpen}>
      <Radix.Trigger asChild>
        <button
          ref={button}
          type="button"
          className={styles.corner}
          aria-label={t("tableTools.menu")}
          title={`${t("tableTools.menu")} (${keyWords(menuKey)})`}
        >
          <Table2 size={17} aria-hidden />
        </button>
      </Radix.Trigger>
      <Radix.Portal container={landmarkOf(editor.view.dom)}>
        <Radix.Content
          className={`${look.menu} ${styles.menu}`}
          align="end"
          sideOffset={4}
          collisionPadding={12}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            editor.commands.focus(null, { scrollIntoView: false });
          }}
        >
          <Deeds editor={editor} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Deeds({ editor }: { editor: Editor }) {
  const { t } = useTranslation("editor");
  const run = (command: Command) => command(editor.state, editor.view.dispatch, editor.view);
  const spot = spotOf(editor.state);
  const [first = [], ...others] = groups.map((group) =>
    group
      .filter(({ command }) => command(editor.state))
      .map(({ name, command, key }) => (
        <Radix.Item key={name} className={look.item} onSelect={() => run(command)}>
          <span>{t(`tableTools.${name}`)}</span>
          {key && <span className={styles.key}>{keyWords(key)}</span>}
        </Radix.Item>
      )),
  );
  const aligns = (["none", "left", "center", "right"] as const).map((value) => ({
    value,
    label: t(`tableTools.align.${value}`),
  }));
  const align = spot ? alignOf(spot) : undefined;
  return (
    <>
      {first}
      <MenuRule />
      {others[0]}
      {others[0]?.length ? <MenuRule /> : null}
      <MenuChoice
        label={t("tableTools.align.label")}
        value={align === undefined ? "" : (align ?? "none")}
        options={aligns}
        onChoose={(value) => run(alignColumns(value === "none" ? null : (value as Align)))}
      />
      <MenuRule />
      {others[1]}
    </>
  );
}

/** Whether somebody works in the text, or at the button: on a page that is only read nothing stands at a table. */
function useNear(editor: Editor, button: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(editor.isFocused);
  useEffect(() => {
    const hear = ({ target }: FocusEvent) => {
      const isIn = (element: HTMLElement | null) => element?.contains(target as globalThis.Node) ?? false;
      setNear(isIn(editor.view.dom) || isIn(button.current));
    };
    document.addEventListener("focusin", hear);
    return () => document.removeEventListener("focusin", hear);
  }, [editor, button]);
  return isNear;
}

/** Keeps the button at the corner of the table at this position, whatever moves. */
function useCorner(editor: Editor, button: RefObject<HTMLElement | null>, at: number | null): void {
  useEffect(() => {
    const table = at === null ? null : editor.view.nodeDOM(at);
    const floating = button.current;
    if (!(table instanceof HTMLElement) || !floating) return undefined;
    return autoUpdate(table, floating, () => {
      void computePosition(table, floating, {
        placement: "top-end",
        middleware: [offset(2), shift({ padding: 4 })],
      }).then(({ x, y }) => Object.assign(floating.style, { left: `${x}px`, top: `${y}px` }));
    });
  }, [editor, button, at]);
}

function useKey(editor: Editor, isShown: boolean, open: () => void): void {
  useEffect(() => {
    if (!isShown) return undefined;
    const { dom } = editor.view;
    const hear = (event: KeyboardEvent) => {
      if (!event.altKey || event.key !== "F10") return;
      event.preventDefault();
      open();
    };
    dom.addEventListener("keydown", hear);
    return () => dom.removeEventListener("keydown", hear);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `open` only ever sets the same state
  }, [editor, isShown]);
}
