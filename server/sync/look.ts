import * as Y from "yjs";
import { mendDoubles } from "../../shared/body/doubles.ts";
import type { LostRun } from "../../shared/records/lost.ts";
import { LostWords } from "./lost-words.ts";

/** What is looked at: a page's checkpoint, and the entries of its journal that came since. */
export type ToLook = { state: Uint8Array | null; updates: readonly Uint8Array[] };

export type Seen = {
  lost: readonly LostRun[];
  /** What takes doubled blocks away, or null where there is none. */
  mend: Uint8Array | null;
};

/**
 * Looks at what happened to a page since its checkpoint: which words died unseen, which blocks stand there twice.
 * Answers the same whenever the same is looked at. Builds a document, so it belongs in a worker.
 */
export function look({ state, updates }: ToLook): Seen {
  const doc = new Y.Doc({ gc: false });
  try {
    if (state) Y.applyUpdate(doc, state);
    const words = new LostWords(doc);
    for (const update of updates) words.apply(update);
    return { lost: words.runs(), mend: mendOf(doc) };
  } finally {
    doc.destroy();
  }
}

/** Only deletions, so it has no author and is the same whoever makes it. */
function mendOf(doc: Y.Doc): Uint8Array | null {
  const updates: Uint8Array[] = [];
  doc.once("update", (update: Uint8Array) => updates.push(update));
  mendDoubles(doc);
  return updates[0] ?? null;
}
