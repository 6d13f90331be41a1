import * as buffer from "lib0/buffer";
import * as Y from "yjs";
import { hashOfBody, isComparable } from "../../shared/body/body-hash.ts";
import { readBody } from "../../shared/body/format.ts";

/** What the server told of the page: who has this state vector shows what comes to this hash. */
export type Told = { readonly vector: string; readonly hash: string };

/** An update that says nothing. */
const nothing = Uint8Array.of(0, 0);

type Needs = {
  doc: Y.Doc;
  /** Applies an update behind all that arrived before it, and then acts. */
  take: (update: Uint8Array, then: () => void) => void;
  /** Whether all that was written here is known to be on the server's disk. */
  isSettled: () => boolean;
  /** The page shows what it should. */
  onAgreed: () => void;
  /** The page shows what comes to `own`, and should show what comes to `told`; while `isStill` says so. */
  onDiverged: (hashes: { own: string; told: string }, isStill: () => boolean) => void;
};

/**
 * Compares what this page shows with what the server says that it comes to. Equal state vectors do not tell of
 * deletions, so only where nothing has moved: all that was heard before is applied, all that was written here was on
 * the server's disk before the beacon came, and nothing was heard or written since.
 */
export class Beacon {
  readonly #need: Needs;
  #moves = 0;

  constructor(need: Needs) {
    this.#need = need;
  }

  /** Text arrived, or was written here. */
  moved(): void {
    this.#moves += 1;
  }

  hear(told: Told): void {
    const { isSettled, take } = this.#need;
    if (!isSettled()) return;
    const moves = this.#moves;
    const isStill = () => moves === this.#moves && isSettled();
    take(nothing, () => {
      if (isStill()) this.#compare(told, isStill);
    });
  }

  #compare({ vector, hash }: Told, isStill: () => boolean): void {
    const { doc, onAgreed, onDiverged } = this.#need;
    if (!isSameVector(Y.encodeStateVector(doc), buffer.fromBase64(vector))) return;
    const own = hashOfBody(readBody(doc));
    if (own === hash) onAgreed();
    else if (isComparable(own, hash)) onDiverged({ own, told: hash }, isStill);
  }
}

function isSameVector(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [Y.decodeStateVector(one), Y.decodeStateVector(other)];
  return a.size === b.size && [...a].every(([client, clock]) => b.get(client) === clock);
}
