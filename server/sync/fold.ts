import { isDeepStrictEqual } from "node:util";
import * as Y from "yjs";
import { outlineOf, readOutline, type Folded } from "./outline.ts";
import { mergeUpdates } from "./update/merge.ts";
import { lay } from "./update/splice.ts";

/**
 * A page's checkpoint: the updates folded into one document and written out again, without what was deleted.
 * Builds a document, so it belongs in a worker (worker.ts).
 *
 * Throws unless the result holds everything: nothing is left pending, and its clocks are those of the updates.
 */
export function fold(updates: readonly Uint8Array[]): Folded {
  const merged = mergeUpdates(updates);
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, merged);
    const { pendingStructs, pendingDs } = doc.store;
    if (pendingStructs || pendingDs) throw new Error("A page's journal has a hole.");
    const state = Y.encodeStateAsUpdate(doc);
    if (!hasEqualClocks(state, merged)) throw new Error("A page's checkpoint does not hold its journal.");
    return { state, outline: verified(outlineOf(state), state) };
  } finally {
    doc.destroy();
  }
}

/** The outline, where what is read from it is what reading the state finds. */
function verified(outline: Uint8Array, state: Uint8Array): Uint8Array {
  const read = readOutline(outline, state);
  if (!read || !isDeepStrictEqual(read.laid.stretches, lay(state).stretches))
    throw new Error("An outline is not its state's.");
  return outline;
}

function hasEqualClocks(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [clocksOf(one), clocksOf(other)];
  return a.size === b.size && [...a].every(([author, clock]) => b.get(author) === clock);
}

function clocksOf(update: Uint8Array): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update));
}
