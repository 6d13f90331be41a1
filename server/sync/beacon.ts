import * as buffer from "lib0/buffer";
import { limits } from "../../shared/base/limits.ts";
import type { HashText } from "./folder.ts";
import { sayFrame } from "./frames-out.ts";
import type { Schedule } from "./tick.ts";

/** Whoever can compare what they show with what they should: told once of each state. */
type Watcher = { tellBeacon: (frame: Uint8Array) => boolean };

type Needs = {
  /** The durable text, and its state vector. */
  whole: () => Uint8Array;
  vector: () => Uint8Array;
  /** Whether everything that was let in is durable and told. */
  isQuiet: () => boolean;
  /** Those who can compare. */
  watchers: () => readonly Watcher[];
  hash: HashText;
  schedule: Schedule;
  nowMs: () => number;
  report: (error: unknown) => void;
};

/**
 * Tells those in a quiet room what the page's text comes to, so that a browser that shows something else although it
 * knows the same notices. Equal state vectors do not promise equal texts: Yjs has had bugs, and may have others.
 */
export class Beacon {
  readonly #need: Needs;
  #edits = 0;
  #editedMs = -Infinity;
  #made: { edits: number; frame: Uint8Array } | null = null;
  #told = new WeakSet<Watcher>();
  #callOff: (() => void) | null = null;
  #isStopped = false;

  constructor(need: Needs) {
    this.#need = need;
  }

  /** The text is another now. */
  edited(): void {
    this.#edits += 1;
    this.#editedMs = this.#need.nowMs();
    this.arm();
  }

  /** Somebody may have come who can compare. */
  arm(waitMs: number = limits.beaconMs): void {
    if (!this.#callOff && !this.#isStopped) this.#callOff = this.#need.schedule(() => this.#due(), waitMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
  }

  #due(): void {
    this.#callOff = null;
    const sinceMs = this.#need.nowMs() - this.#editedMs;
    // Less than nothing: the clock was set back.
    if (sinceMs >= 0 && sinceMs < limits.beaconMs) return this.arm(limits.beaconMs - sinceMs);
    if (!this.#need.isQuiet()) return this.arm();
    const untold = this.#untold();
    if (untold.length > 0) this.#tell(untold).catch((error: unknown) => this.#fail(error));
  }

  /** A room that closes does not wait for what its page comes to: the work may end under it. */
  #fail(error: unknown): void {
    if (!this.#isStopped) this.#need.report(error);
  }

  #untold(): readonly Watcher[] {
    const isOld = this.#made?.edits !== this.#edits;
    return this.#need.watchers().filter((watcher) => isOld || !this.#told.has(watcher));
  }

  async #tell(watchers: readonly Watcher[]): Promise<void> {
    const frame = this.#made?.edits === this.#edits ? this.#made.frame : await this.#make();
    if (!frame || !this.#need.isQuiet()) return this.arm();
    for (const watcher of watchers) if (watcher.tellBeacon(frame)) this.#told.add(watcher);
    // Who lagged behind is told once they have caught up.
    if (watchers.some((watcher) => !this.#told.has(watcher))) this.arm();
  }

  /** Null where the text changed meanwhile. */
  async #make(): Promise<Uint8Array | null> {
    const { whole, vector, hash } = this.#need;
    const edits = this.#edits;
    const state = buffer.toBase64(vector());
    const frame = sayFrame({ say: "beacon", vector: state, hash: await hash(whole()) });
    if (edits !== this.#edits) return null;
    this.#made = { edits, frame };
    this.#told = new WeakSet();
    return frame;
  }
}
