import { Plugin } from "@tiptap/pm/state";

/** Whether the Tab key is meant for the screen and not for the text. */
export type Leaving = { isWanted: () => boolean; plugin: Plugin };

/**
 * In the text Tab is a key to write with, which must not keep anybody in it who goes through the screen by keyboard:
 * whoever came in by Tab and has done nothing yet, or has pressed Escape, goes on by Tab, to what follows the text.
 */
export function makeLeaving(): Leaving {
  let isWanted = false;
  let isByPointer = false;
  const plugin = new Plugin({
    props: {
      handleDOMEvents: {
        pointerdown: () => {
          isByPointer = true;
          isWanted = false;
          return false;
        },
        focus: () => {
          isWanted = !isByPointer;
          isByPointer = false;
          return false;
        },
        blur: () => {
          isByPointer = false;
          return false;
        },
        keydown: (view, { key, shiftKey }) => {
          if (key === "Tab" && isWanted) stepOut(view.dom, shiftKey);
          if (key === "Escape") isWanted = true;
          else if (key !== "Tab" && key !== "Shift") isWanted = false;
          return false;
        },
      },
    },
  });
  return { isWanted: () => isWanted, plugin };
}

/** Moves the focus to the text's edge, from where the browser's own Tab goes on: not into boxes and buttons in it. */
function stepOut(text: HTMLElement, isBack: boolean): void {
  if (text.ownerDocument.activeElement !== text) return;
  const edge = text.ownerDocument.createElement("span");
  edge.tabIndex = -1;
  edge.addEventListener("blur", () => queueMicrotask(() => edge.remove()));
  if (isBack) text.before(edge);
  else text.after(edge);
  edge.focus({ preventScroll: true });
}
