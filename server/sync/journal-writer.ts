import { limits } from "../../shared/base/limits.ts";
import type { Journal, JournalEntry } from "../storage/storage.ts";
import type { Schedule } from "./tick.ts";

export type NewEntry = Omit<JournalEntry, "number">;

type Waiting = { entry: NewEntry; resolve: (number: number) => void; reject: (error: unknown) => void };

type Needs = {
  journal: Pick<Journal, "append">;
  schedule: Schedule;
  nowMs: () => number;
  /** Is told of a failed commit once, however many waited for it. */
  report: (error: unknown) => void;
};

/**
 * Writes the edits of all rooms into the journal, in groups: one commit at a time, and what arrives meanwhile is
 * the next one. After a pause an edit is committed at once; commits begin no closer together than
 * `limits.commitMs`.
 *
 * Entries are kept in the order in which they were written. If a commit fails, so does everything that was
 * waiting behind it: it may build on what was lost.
 */
export class JournalWriter {
  readonly #journal: Pick<Journal, "append">;
  readonly #schedule: Schedule;
  readonly #nowMs: () => number;
  readonly #report: (error: unknown) => void;
  #queue: Waiting[] = [];
  #isBusy = false;
  #lastMs = -Infinity;
  #idle: (() => void)[] = [];

  constructor({ journal, schedule, nowMs, report }: Needs) {
    this.#journal = journal;
    this.#schedule = schedule;
    this.#nowMs = nowMs;
    this.#report = report;
  }

  /** Answers the entry's number once it is durable. */
  write(entry: NewEntry): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#queue.push({ entry, resolve, reject });
    this.#start();
    return promise;
  }

  /** Resolves when nothing is waiting to be written. */
  async idle(): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #start(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    const waitMs = this.#lastMs + limits.commitMs - this.#nowMs();
    // A clock that was set back must not hold anybody's text up.
    if (waitMs > 0 && waitMs <= limits.commitMs) this.#schedule(() => void this.#commit(), waitMs);
    else queueMicrotask(() => void this.#commit());
  }

  async #commit(): Promise<void> {
    const group = this.#queue;
    this.#queue = [];
    this.#lastMs = this.#nowMs();
    try {
      const numbers = await this.#journal.append(group.map((each) => each.entry));
      group.forEach((each, at) => each.resolve(numbers[at]!));
    } catch (error) {
      this.#report(error);
      for (const each of [...group, ...this.#queue.splice(0)]) each.reject(error);
    }
    this.#isBusy = false;
    if (this.#queue.length > 0) this.#start();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }
}
