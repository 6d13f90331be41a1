import { autoUpdate, computePosition, flip, offset, shift, size } from "@floating-ui/dom";
import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { keyWords } from "../ui/key-words.ts";
import type { BlockChoice } from "./block-choices.ts";
import { landmarkOf } from "../ui/landmark.ts";
import { currentOf, slashListId, slashOf, slashOptionId, type SlashMenu as Menu } from "./slash.ts";
import look from "./slash-menu.module.css";

/** The list of blocks at the caret, while a slash has it open. The text keeps the focus. */
export function SlashMenu({ editor, menu }: { editor: Editor; menu: Menu }) {
  const { t } = useTranslation("editor");
  const list = useRef<HTMLDivElement>(null);
  const { from, offered, current } = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const choices = menu.offered(state);
      return { from: slashOf(state)?.from ?? null, offered: choices, current: currentOf(state, choices) };
    },
    equalityFn: (a, b) =>
      b !== null &&
      a.from === b.from &&
      a.current === b.current &&
      a.offered.map(({ name }) => name).join() === b.offered.map(({ name }) => name).join(),
  });
  const isOpen = from !== null && offered.length > 0;

  useEffect(() => {
    if (!isOpen || !list.current) return undefined;
    return follow(editor, from, list.current);
  }, [editor, isOpen, from]);

  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [current, offered]);

  if (!isOpen) return null;
  return createPortal(
    <div ref={list} id={slashListId} className={look.list} role="listbox" aria-label={t("blocks")}>
      {offered.map((choice, n) => (
        <Option
          key={choice.name}
          choice={choice}
          isCurrent={n === current}
          onChoose={() => menu.choose(editor.view, choice)}
        />
      ))}
    </div>,
    landmarkOf(editor.view.dom),
  );
}

type OptionProps = { choice: BlockChoice; isCurrent: boolean; onChoose: () => void };

function Option({ choice, isCurrent, onChoose }: OptionProps) {
  const { t } = useTranslation("editor");
  const { name, icon: Icon, markdown, key } = choice;
  return (
    // Keys are heard by the text, which keeps the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={slashOptionId(choice)}
      className={look.option}
      role="option"
      aria-selected={isCurrent}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Icon size={18} aria-hidden />
      <span className={look.name}>{t(name)}</span>
      {markdown && <code className={look.sign}>{markdown}</code>}
      {key && <kbd className={look.keys}>{keyWords(key)}</kbd>}
    </div>
  );
}

/** Keeps the list at its slash, below it or above, wherever the page is scrolled. */
function follow(editor: Editor, from: number, list: HTMLElement): () => void {
  const slash = {
    contextElement: editor.view.dom,
    getBoundingClientRect: () => {
      const { left, top, bottom } = editor.view.coordsAtPos(from);
      return new DOMRect(left, top, 0, bottom - top);
    },
  };
  return autoUpdate(slash, list, () => {
    void computePosition(slash, list, {
      strategy: "fixed",
      placement: "bottom-start",
      middleware: [
        offset(6),
        flip({ padding: 12 }),
        shift({ padding: 12 }),
        size({
          padding: 12,
          apply: ({ availableHeight }) => {
            list.style.maxHeight = `${Math.min(availableHeight, 340)}px`;
          },
        }),
      ],
    }).then(({ x, y }) => Object.assign(list.style, { left: `${x}px`, top: `${y}px` }));
  });
}
