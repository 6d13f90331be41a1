import * as Y from "yjs";

/** The update that says nothing. */
export const emptyUpdate: Uint8Array = Uint8Array.of(0, 0);

/*
 * Yjs' merging costs the square of the number of updates (20,000 of them: 8 s), so many are merged in bundles
 * and the bundles again.
 */
const bundle = 32;

/** One update that says what all of these say. Each author's clocks must join on to each other. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length <= bundle) return updates.length === 0 ? emptyUpdate : Y.mergeUpdates([...updates]);
  const bundles: Uint8Array[] = [];
  for (let from = 0; from < updates.length; from += bundle)
    bundles.push(Y.mergeUpdates(updates.slice(from, from + bundle)));
  return mergeUpdates(bundles);
}

/** What somebody with this state vector lacks of a state: the structs that they have not, and every deletion. */
export function lackOf(state: Uint8Array, vector: Uint8Array): Uint8Array {
  return Y.diffUpdate(state, vector);
}
