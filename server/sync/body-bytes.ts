import { limits } from "../../shared/base/limits.ts";
import { readOutline, type Folded } from "./outline.ts";
import { emptyUpdate, merge } from "./update/merge.ts";
import { lay, type Laid } from "./update/splice.ts";

/**
 * A page's durable text as bytes: one merged update, and what came since. Merging is put off until somebody
 * needs the whole, and then done once however many need it.
 */
export class BodyBytes {
  #merged: Uint8Array;
  /** Where everything lies in it; not known before something was merged, since most pages are only read. */
  #laid: Laid | null = null;
  /** Says the same of the checkpoint; null where something was merged into it. */
  #outline: Uint8Array | null;
  #tail: Uint8Array[];
  #tailBytes: number;
  /** The size when folding was last tried; what is above it, the next checkpoint would take in. */
  #folded: number;
  /** What came since a checkpoint began to be made; null while none is. */
  #sinceFold: Uint8Array[] | null = null;

  constructor(checkpoint: Folded | null, journal: readonly Uint8Array[], laid: Laid | null = null) {
    this.#merged = checkpoint?.state ?? emptyUpdate;
    this.#outline = checkpoint?.outline ?? null;
    // Whoever comes first has the two merged; a page that is only read keeps no more than its bytes.
    this.#laid = journal.length > 0 ? laid : null;
    this.#tail = [...journal];
    this.#tailBytes = sizeOf(journal);
    this.#folded = this.#merged.length;
  }

  get size(): number {
    return this.#merged.length + this.#tailBytes;
  }

  add(update: Uint8Array): void {
    this.#tail.push(update);
    this.#tailBytes += update.length;
    this.#sinceFold?.push(update);
  }

  /** The whole text as one update. The same bytes until the text changes: they are shared, so never written to. */
  whole(): Uint8Array {
    if (this.#tail.length > 0) {
      this.#laid = merge([this.#layout(), ...this.#tail.map(lay)]);
      this.#merged = this.#laid.update;
      this.#outline = null;
      this.#tail = [];
      this.#tailBytes = 0;
    }
    return this.#merged;
  }

  #layout(): Laid {
    if (this.#laid) return this.#laid;
    const outline = this.#outline && readOutline(this.#outline, this.#merged);
    return outline?.laid ?? lay(this.#merged);
  }

  /** Whether opening this page would be much cheaper with a new checkpoint. */
  wantsFolding(): boolean {
    const share = this.#folded * limits.checkpointTailShare;
    return this.size - this.#folded > Math.max(limits.checkpointTailBytes, share);
  }

  /** A checkpoint of all that is here now is being made. */
  beginFolding(): void {
    this.#sinceFold = [];
  }

  /** The checkpoint that was being made, or null where that failed: then all stays as it is, until there is more. */
  endFolding(checkpoint: Folded | null): void {
    if (checkpoint && this.#sinceFold) {
      this.#merged = checkpoint.state;
      this.#outline = checkpoint.outline;
      this.#laid = null;
      this.#tail = this.#sinceFold;
      this.#tailBytes = sizeOf(this.#tail);
      this.#folded = checkpoint.state.length;
    } else {
      this.#folded = this.size;
    }
    this.#sinceFold = null;
  }
}

function sizeOf(updates: readonly Uint8Array[]): number {
  return updates.reduce((sum, update) => sum + update.length, 0);
}
