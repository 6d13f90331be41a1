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
  #lastMs = -Infinity;
  #callOff: (() => void) | null = null;

  constructor(run: () => void, windowMs: () => number, schedule: Schedule, nowMs: () => number) {
    this.#run = run;
    this.#windowMs = windowMs;
    this.#schedule = schedule;
    this.#nowMs = nowMs;
  }

  due(): void {
    if (this.#callOff) return;
    const windowMs = this.#windowMs();
    const waitMs = this.#lastMs + windowMs - this.#nowMs();
    // A wait longer than the window means that the clock was set back.
    if (waitMs <= 0 || waitMs > windowMs) this.#callOff = soon(() => this.now());
    else this.#callOff = this.#schedule(() => this.now(), waitMs);
  }

  now(): void {
    this.stop();
    this.#lastMs = this.#nowMs();
    this.#run();
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}

/** At once, but behind what happened in the same moment: the edits of one commit leave together. */
function soon(run: () => void): () => void {
  let isOff = false;
  queueMicrotask(() => {
    if (!isOff) run();
  });
  return () => {
    isOff = true;
  };
}
