import { useCallback, useEffect, useReducer, useState } from "react";
import { limits } from "../../shared/base/limits.ts";
import type { CommentText } from "./text.ts";

/** A number that changes after the text moved: at once, and then at most once in `limits.marginMs`. */
export function useLayoutCount(text: CommentText | null): number {
  const [count, bump] = useReducer((before: number) => before + 1, 0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let movedAgain = false;
    const look = (): void => {
      bump();
      movedAgain = false;
      timer = setTimeout(() => {
        timer = null;
        if (movedAgain) look();
      }, limits.marginMs);
    };
    const stop = text?.onLayout(() => {
      if (timer === null) look();
      else movedAgain = true;
    });
    return () => {
      stop?.();
      if (timer !== null) clearTimeout(timer);
    };
  }, [text]);
  return count;
}

/** The top of the selected words, kept true as selection and text change; null where none are selected. */
export function useSelectionTop(text: CommentText | null): number | null {
  const [top, setTop] = useState<number | null>(null);
  const read = useCallback(() => setTop(text?.selectionTop() ?? null), [text]);
  const layout = useLayoutCount(text);
  useEffect(read, [read, layout]);
  useEffect(() => text?.onSelection(read), [text, read]);
  return top;
}
