import { limits } from "../../shared/base/limits.ts";

/** Runs something after a while; answers how to call it off. */
export type Schedule = (run: () => void, afterMs: number) => () => void;

/**
 * Gathers what is due into ticks: after a pause at once, otherwise at most once per window.
 */
export class Tick {
  readonly #run: () => void;
  readonly #windowMs: () => number;
  readonly #schedule: Schedule;
  readonly #nowMs: () => number;
  /** The time of the newest tick that was asked for; open while more can be part of it. */
  #slotMs = -Infinity;
  #isOpen = false;
  #planned: { atMs: number; callOff: () => void } | null = null;

  constructor(run: () => void, windowMs: () => number, schedule: Schedule, nowMs: () => number) {
    this.#run = run;
    this.#windowMs = windowMs;
    this.#schedule = schedule;
    this.#nowMs = nowMs;
  }

  /** The time of the next tick, of which whatever comes now can be part. */
  slotMs(): number {
    const nowMs = this.#nowMs();
    const windowMs = this.#windowMs();
    // A wait longer than the window means that the clock was set back.
    const isAhead = (atMs: number) => atMs >= nowMs && atMs - nowMs <= windowMs;
    if (this.#isOpen && isAhead(this.#slotMs)) return this.#slotMs;
    const nextMs = this.#slotMs + windowMs;
    this.#slotMs = isAhead(nextMs) ? nextMs : nowMs;
    this.#isOpen = true;
    return this.#slotMs;
  }

  /** There will be a tick at this time, or before it. */
  due(atMs = this.slotMs()): void {
    if (this.#planned && this.#planned.atMs <= atMs) return;
    this.#planned?.callOff();
    const askedMs = atMs - this.#nowMs();
    // A time of before the clock was set back must not hold anything up.
    const waitMs = askedMs > this.#windowMs() + limits.commitMs ? 0 : askedMs;
    const callOff = waitMs > 0 ? this.#schedule(() => this.now(), waitMs) : soon(() => this.now());
    this.#planned = { atMs, callOff };
  }

  now(): void {
    this.stop();
    if (this.#slotMs <= this.#nowMs()) this.#isOpen = false;
    this.#run();
  }

  stop(): void {
    this.#planned?.callOff();
    this.#planned = null;
  }
}

/** At once, but behind what happened in the same moment: the edits of one commit leave together. */
export function soon(run: () => void): () => void {
  let isOff = false;
  queueMicrotask(() => {
    if (!isOff) run();
  });
  return () => {
    isOff = true;
  };
}
