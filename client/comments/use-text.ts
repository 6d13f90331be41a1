import { useCallback, useEffect, useReducer, useState } from "react";
import type { CommentText } from "./text.ts";

/** A number that changes after the text moved, at most once in a drawn frame. */
export function useLayoutCount(text: CommentText | null): number {
  const [count, bump] = useReducer((before: number) => before + 1, 0);
  useEffect(() => {
    let frame = 0;
    const stop = text?.onLayout(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(bump);
    });
    return () => {
      cancelAnimationFrame(frame);
      stop?.();
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
