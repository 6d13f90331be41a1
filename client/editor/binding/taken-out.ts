import type { BlockId } from "../../../shared/base/ids.ts";
import type { SegmentChange } from "../../../shared/body/segment-index.ts";

/**
 * The blocks that this person took out of the page, and that nobody has touched since. What they paste under such an
 * id was cut and is moved, and keeps it. Any other id that is not in the page may come back into it, when whoever
 * deleted its block takes that back: then two would have it, and of two that say the same the server deletes one.
 */
export class TakenOut {
  readonly #ids = new Set<BlockId>();

  has(id: BlockId): boolean {
    return this.#ids.has(id);
  }

  /** Takes up what a transaction changed. `isOwn`: by what this person did, and not by taking something back. */
  hear(changes: readonly SegmentChange[], isOwn: boolean): void {
    const idsOf = (side: "removed" | "added") =>
      changes.flatMap((change) => change[side].flatMap(({ block: { id } }) => (id === null ? [] : [id])));
    for (const id of idsOf("removed")) {
      if (isOwn) this.#ids.add(id);
      else this.#ids.delete(id);
    }
    for (const id of idsOf("added")) this.#ids.delete(id);
  }

  clear(): void {
    this.#ids.clear();
  }
}
