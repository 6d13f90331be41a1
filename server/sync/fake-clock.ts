import type { Schedule } from "./tick.ts";

/** In one passing of time; without a bound, what makes itself due again would hang its test. */
const mostRuns = 200_000;

type Due = { atMs: number; order: number; run: () => void };

/** For tests: time that passes only when told to. What is due at one moment runs in the order it was scheduled. */
export class FakeClock {
  #nowMs: number;
  #order = 0;
  #due: Due[] = [];

  constructor(startMs = 1_000_000) {
    this.#nowMs = startMs;
  }

  readonly nowMs = (): number => this.#nowMs;

  readonly schedule: Schedule = (run, afterMs) => {
    const due = { atMs: this.#nowMs + Math.max(0, afterMs), order: this.#order++, run };
    this.#due.push(due);
    return () => {
      this.#due = this.#due.filter((each) => each !== due);
    };
  };

  /** Runs whatever falls due in this time, letting everything that waits for it happen in between. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    let runs = 0;
    await settle();
    for (let next = this.#nextUntil(endMs); next; next = this.#nextUntil(endMs)) {
      this.#due = this.#due.filter((each) => each !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      runs += 1;
      if (runs > mostRuns) throw new Error("Time does not pass: ever more is due at once.");
      next.run();
      await settle();
    }
    this.#nowMs = endMs;
  }

  #nextUntil(endMs: number): Due | undefined {
    const due = this.#due.filter((each) => each.atMs <= endMs);
    return due.sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }
}

/** Resolves when everything that follows from what has happened has happened, but for timers. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
