import type { Editor } from "@tiptap/core";
import { GripVertical } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Held } from "../connection/store.ts";
import { keyWords } from "../ui/key-words.ts";
import { blockAtHeight, dragBlock, selectIn, type Drop, type Handled } from "./blocks-on-screen.ts";
import look from "./block-handle.module.css";
import type { AskedBlock } from "./hands.ts";
import { landmarkOf } from "./landmark.ts";
import type { Run } from "./run-command.ts";
import { blockMenuKey } from "./tools.ts";

type Props = { editor: Editor; run: Run; asked: Held<AskedBlock | null> };

/** In the left margin, beside the block under the pointer: click for its menu, drag to move it. */
export function BlockHandle({ editor, run, asked }: Props) {
  const { t } = useTranslation("editor");
  const block = useBlockUnderPointer(editor);
  const [drop, setDrop] = useState<Drop | null>(null);
  const ending = useRef<(() => void) | null>(null);

  const begin = (event: DragEvent<HTMLButtonElement>): void => {
    const shown = block && editor.view.nodeDOM(block.from);
    if (!block) return;
    event.dataTransfer.effectAllowed = "move";
    // Firefox drags only what carries something; other programs get nothing of the text.
    event.dataTransfer.setData("application/x-plenum-block", "");
    if (shown instanceof HTMLElement) event.dataTransfer.setDragImage(shown, 0, 0);
    ending.current = dragBlock(editor.view, block, setDrop, run);
  };
  const end = (): void => {
    ending.current?.();
    ending.current = null;
  };
  if (!block) return null;
  const { left } = editor.view.dom.getBoundingClientRect();
  return createPortal(
    <>
      <button
        type="button"
        className={look.handle}
        style={{ top: block.top + (block.height - 26) / 2, left: left - 32 }}
        data-block-handle=""
        // By key the menu opens from the text, so this is no stop on the way through the screen.
        tabIndex={-1}
        aria-label={t("blockMenu")}
        title={t("blockHandle", { keys: keyWords(blockMenuKey) })}
        draggable
        onDragStart={begin}
        onDragEnd={end}
        onClick={({ currentTarget }) => {
          selectIn(editor.view, block);
          editor.view.focus();
          asked.set({ at: currentTarget.getBoundingClientRect() });
        }}
      >
        <GripVertical size={17} aria-hidden />
      </button>
      {drop && <div className={look.drop} style={{ top: drop.top, left: drop.left, width: drop.width }} />}
    </>,
    landmarkOf(editor.view.dom),
  );
}

/** Follows the pointer while it is over the text or its margin, and lets go when somebody types or scrolls. */
function useBlockUnderPointer(editor: Editor): Handled | null {
  const [block, setBlock] = useState<Handled | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = ({ clientX, clientY, target, pointerType, buttons }: PointerEvent): void => {
      cancelAnimationFrame(frame);
      if (pointerType !== "mouse" || buttons !== 0 || isHandle(target)) return;
      frame = requestAnimationFrame(() => {
        const { left, right } = editor.view.dom.getBoundingClientRect();
        const isNear = clientX > left - 48 && clientX < right && isOverText(editor, target);
        setBlock(isNear ? blockAtHeight(editor.view, clientY) : null);
      });
    };
    const leave = () => setBlock(null);
    document.addEventListener("pointermove", look);
    document.addEventListener("scroll", leave, true);
    editor.on("update", leave);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("pointermove", look);
      document.removeEventListener("scroll", leave, true);
      editor.off("update", leave);
    };
  }, [editor]);
  return block;
}

const isHandle = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-block-handle]") !== null;

/** Over the text, or over the paper that it lies on: not over a menu or a dialog in front of it. */
const isOverText = (editor: Editor, target: EventTarget | null): boolean =>
  target instanceof Element && (editor.view.dom.contains(target) || target.contains(editor.view.dom));
