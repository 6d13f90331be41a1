import { caretsFrame, presenceFrame } from "./frames-out.ts";
import type { Change } from "./presence.ts";

/** Whoever is told of others' presence: a connection. */
type Hearer = {
  readonly hearsCarets: boolean;
  tellCarets(frame: Uint8Array): void;
  tellPresence(frame: Uint8Array): void;
};

/**
 * What a room tells of presence at one tick, with frames that are written once for all. Who reads carets is told of those
 * who only moved in one frame, its own caret included, which it passes over; of everything else, and everybody else of
 * everything, by entries, where nobody is told of themselves: y-websocket would take that for its newest.
 */
export class PresenceNews {
  readonly #changes: ReadonlyMap<number, Change>;
  readonly #named: ReadonlyMap<number, Change>;
  #carets: Uint8Array | null = null;
  readonly #frames = new Map<ReadonlyMap<number, Change>, Uint8Array>();

  constructor(changes: ReadonlyMap<number, Change>) {
    this.#changes = changes;
    this.#named = new Map([...changes].filter(([, { caret }]) => caret === null));
  }

  /** `own`: the number that the hearer speaks for, or null. */
  tell(hearer: Hearer, own: number | null): void {
    if (!hearer.hearsCarets) return this.#tellEntries(hearer, own, this.#changes);
    this.#tellEntries(hearer, own, this.#named);
    if (this.#named.size < this.#changes.size) hearer.tellCarets(this.#caretsFrame());
  }

  #tellEntries(hearer: Hearer, own: number | null, changes: ReadonlyMap<number, Change>): void {
    if (changes.size === 0) return;
    if (own === null || !changes.has(own)) return hearer.tellPresence(this.#frameOf(changes));
    const others = [...changes].filter(([client]) => client !== own).map(([, { said }]) => said.entry);
    if (others.length > 0) hearer.tellPresence(presenceFrame(others));
  }

  #frameOf(changes: ReadonlyMap<number, Change>): Uint8Array {
    const frame =
      this.#frames.get(changes) ?? presenceFrame([...changes.values()].map(({ said }) => said.entry));
    this.#frames.set(changes, frame);
    return frame;
  }

  #caretsFrame(): Uint8Array {
    this.#carets ??= caretsFrame([...this.#changes.values()].flatMap(({ caret }) => caret ?? []));
    return this.#carets;
  }
}
