import { Plugin } from "@tiptap/pm/state";

/**
 * While somebody composes (an input method, a dead key, a phone's keyboard), what others type waits: a text that
 * changes under a composition breaks it. `hold` and `release` are the connection's.
 */
export function composition(incoming: { hold: () => void; release: () => void }): Plugin {
  let isHeld = false;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    incoming.release();
  };
  return new Plugin({
    view: (view) => {
      const settle = (): void => {
        if (view.isDestroyed || !view.composing) release();
        else requestAnimationFrame(settle);
      };
      const onEnd = (): void => void requestAnimationFrame(settle);
      view.dom.addEventListener("compositionend", onEnd);
      return {
        destroy: () => {
          view.dom.removeEventListener("compositionend", onEnd);
          release();
        },
      };
    },
    props: {
      handleDOMEvents: {
        compositionstart: () => {
          if (!isHeld) incoming.hold();
          isHeld = true;
          return false;
        },
      },
    },
  });
}
