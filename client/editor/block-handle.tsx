import type { Editor, EditorEvents } from "@tiptap/core";
import { GripVertical } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent, type RefObject } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Held } from "../connection/store.ts";
import { keyWords } from "../ui/key-words.ts";
import { fromText } from "./binding/canonical.ts";
import { dragBlock } from "./block-handle-drag.ts";
import look from "./block-handle.module.css";
import { blockAtHeight, handledAgain, selectIn, type Drop, type Handled } from "./blocks-on-screen.ts";
import type { AskedBlock } from "./hands.ts";
import { landmarkOf } from "../ui/landmark.ts";
import type { Run } from "./run-command.ts";
import { blockMenuKey } from "./tools.ts";

type Props = { editor: Editor; run: Run; asked: Held<AskedBlock | null> };

/** In the left margin, beside the block under the pointer: click for its menu, drag to move it. */
export function BlockHandle({ editor, run, asked }: Props) {
  const { t } = useTranslation("editor");
  const ending = useRef<(() => void) | null>(null);
  const block = useBlockUnderPointer(editor, ending);
  const [drop, setDrop] = useState<Drop | null>(null);
  useEffect(() => () => ending.current?.(), [editor]);

  const begin = (event: DragEvent<HTMLButtonElement>): void => {
    ending.current?.();
    const { view } = editor;
    const dragged = block && handledAgain(view, block);
    if (!dragged) return event.preventDefault();
    const shown = view.nodeDOM(dragged.from);
    if (shown instanceof HTMLElement) event.dataTransfer.setDragImage(shown, 0, 0);
    const onEnd = (): void => {
      ending.current = null;
      setDrop(null);
    };
    ending.current = dragBlock(event.dataTransfer, { view, block: dragged, show: setDrop, run, onEnd });
  };
  const open = (at: DOMRect): void => {
    const pressed = block && handledAgain(editor.view, block);
    if (!pressed) return;
    selectIn(editor.view, pressed);
    editor.view.focus();
    asked.set({ at });
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
        onClick={({ currentTarget }) => open(currentTarget.getBoundingClientRect())}
      >
        <GripVertical size={17} aria-hidden />
      </button>
      {drop && <div className={look.drop} style={{ top: drop.top, left: drop.left, width: drop.width }} />}
    </>,
    landmarkOf(editor.view.dom),
  );
}

/**
 * Follows the pointer while it is over the text or its margin, and lets go when this person types or scrolls. What
 * others do to the page leaves it at its block, wherever that goes; so does a drag, since a browser tells nobody of
 * the end of a drag whose beginning is no longer in the page.
 */
function useBlockUnderPointer(editor: Editor, dragging: RefObject<unknown>): Handled | null {
  const [block, setBlock] = useState<Handled | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = ({ clientX, clientY, target, pointerType, buttons }: PointerEvent): void => {
      if (pointerType !== "mouse" || buttons !== 0 || isHandle(target)) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const { left, right } = editor.view.dom.getBoundingClientRect();
        const isNear = clientX > left - 48 && clientX < right && isOverText(editor, target);
        setBlock(isNear ? blockAtHeight(editor.view, clientY) : null);
      });
    };
    const leave = () => dragging.current === null && setBlock(null);
    const again = () =>
      setBlock((old) => old && (handledAgain(editor.view, old) ?? (dragging.current ? old : null)));
    const follow = ({ transaction }: EditorEvents["update"]): void => {
      cancelAnimationFrame(frame);
      if (!transaction.getMeta(fromText) && dragging.current === null) return setBlock(null);
      frame = requestAnimationFrame(again);
    };
    document.addEventListener("pointermove", look);
    document.addEventListener("scroll", leave, true);
    editor.on("update", follow);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("pointermove", look);
      document.removeEventListener("scroll", leave, true);
      editor.off("update", follow);
    };
  }, [editor, dragging]);
  return block;
}

const isHandle = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-block-handle]") !== null;

/** Over the text, or over the paper that it lies on: not over a menu or a dialog in front of it. */
const isOverText = (editor: Editor, target: EventTarget | null): boolean =>
  target instanceof Element && (editor.view.dom.contains(target) || target.contains(editor.view.dom));
