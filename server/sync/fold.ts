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
  const state = foldedBy(updates);
  const clocks = clocksOf([state]);
  const wanted = clocksOf(updates);
  const isWhole =
    clocks.size === wanted.size && [...clocks].every(([author, clock]) => wanted.get(author) === clock);
  if (!isWhole) throw new Error("A page's checkpoint does not hold its journal.");
  return { state, outline: verified(outlineOf(state), state) };
}

function foldedBy([first, ...rest]: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  try {
    // The first is the checkpoint before, nearly all of the page: it is not copied to be merged with what came since.
    if (first) Y.applyUpdate(doc, first);
    Y.applyUpdate(doc, mergeUpdates(rest));
    const { pendingStructs, pendingDs } = doc.store;
    if (pendingStructs || pendingDs) throw new Error("A page's journal has a hole.");
    return Y.encodeStateAsUpdate(doc);
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

/** Up to which clock each author's structs go in these. */
function clocksOf(updates: readonly Uint8Array[]): Map<number, number> {
  const clocks = new Map<number, number>();
  for (const update of updates)
    for (const { author, end } of lay(update).stretches)
      clocks.set(author, Math.max(end, clocks.get(author) ?? 0));
  return clocks;
}
