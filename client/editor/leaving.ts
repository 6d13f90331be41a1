import { Plugin } from "@tiptap/pm/state";

/** Whether the Tab key is meant for the screen and not for the text. */
export type Leaving = { isWanted: () => boolean; plugin: Plugin };

/**
 * In lists and code Tab is a key to write with, which must not keep anybody in the text who goes through the
 * screen by keyboard: whoever came in by Tab and has done nothing yet, or has pressed Escape, goes on by Tab.
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
        keydown: (_view, { key }) => {
          if (key === "Escape") isWanted = true;
          else if (key !== "Tab" && key !== "Shift") isWanted = false;
          return false;
        },
      },
    },
  });
  return { isWanted: () => isWanted, plugin };
}
