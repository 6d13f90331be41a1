import { useSyncExternalStore } from "react";
import type { Store } from "./store.ts";

/** The store's value now; the component is drawn again after each change. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
