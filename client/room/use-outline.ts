import { useSyncExternalStore } from "react";
import type { Store } from "../connection/store.ts";
import type { Heading } from "./sections.ts";

const none: readonly Heading[] = [];
const never = (): (() => void) => () => {};

/** The headings of the text as they are now; none before there is a text. */
export function useOutline(text: { outline: Store<readonly Heading[]> } | null): readonly Heading[] {
  return useSyncExternalStore(text?.outline.subscribe ?? never, text?.outline.get ?? (() => none));
}
