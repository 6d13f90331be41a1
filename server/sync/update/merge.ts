import * as Y from "yjs";
import { lay, splice, type Laid } from "./splice.ts";

/** The update that says nothing. */
export const emptyUpdate: Uint8Array = Uint8Array.of(0, 0);

/** One update that says what all of these say. Each author's clocks must join on to each other. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length <= 1) return updates[0] ?? emptyUpdate;
  return merge(updates.map(lay)).update;
}

/** The same of updates of which it is known where everything lies. */
export function merge(parts: readonly Laid[]): Laid {
  return splice(parts) ?? lay(mergeByYjs(parts.map(({ update }) => update)));
}

/*
 * Yjs' merging costs the square of the number of updates (20,000 of them: 8 s), so many are merged in bundles
 * and the bundles again.
 */
const bundle = 32;

function mergeByYjs(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length <= bundle) return Y.mergeUpdates([...updates]);
  const bundles: Uint8Array[] = [];
  for (let from = 0; from < updates.length; from += bundle)
    bundles.push(Y.mergeUpdates(updates.slice(from, from + bundle)));
  return mergeByYjs(bundles);
}

/** What somebody with this state vector lacks of a state: the structs that they have not, and every deletion. */
export function lackOf(state: Uint8Array, vector: Uint8Array): Uint8Array {
  return Y.diffUpdate(state, vector);
}
