import { limits } from "../../shared/base/limits.ts";
import type { Journal, JournalEntry } from "../storage/storage.ts";
import { soon, type Schedule } from "./tick.ts";

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
 * the next one. A commit begins when the first of those that wait cannot wait longer, after a pause at once; commits
 * begin no closer together than `limits.commitMs`.
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
  /** When the next commit is to begin, and how to call it off; null while nothing waits, or one is under way. */
  #planned: { atMs: number; callOff: () => void } | null = null;
  #isCommitting = false;
  /** By when the first of those that wait is to be committed. */
  #dueMs = Infinity;
  #lastMs = -Infinity;
  #idle: (() => void)[] = [];

  constructor({ journal, schedule, nowMs, report }: Needs) {
    this.#journal = journal;
    this.#schedule = schedule;
    this.#nowMs = nowMs;
    this.#report = report;
  }

  /** Answers the entry's number once it is durable. Its commit may wait until this time for others to share it. */
  write(entry: NewEntry, byMs = -Infinity): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.#queue.push({ entry, resolve, reject });
    this.#dueMs = Math.min(this.#dueMs, byMs);
    if (!this.#isCommitting) this.#plan();
    return promise;
  }

  /** Resolves when nothing is waiting to be written. */
  async idle(): Promise<void> {
    if (this.#queue.length > 0 || this.#isCommitting)
      await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #plan(): void {
    const nowMs = this.#nowMs();
    const restMs = this.#lastMs + limits.commitMs - nowMs;
    const shareMs = this.#dueMs - nowMs;
    // A clock that was set back must not hold anybody's text up.
    const waitMs = Math.max(
      shareMs > limits.roomWindowMostMs ? 0 : shareMs,
      restMs > limits.commitMs ? 0 : restMs,
      0,
    );
    if (this.#planned && this.#planned.atMs <= nowMs + waitMs) return;
    this.#planned?.callOff();
    const callOff =
      waitMs > 0 ? this.#schedule(() => void this.#commit(), waitMs) : soon(() => void this.#commit());
    this.#planned = { atMs: nowMs + waitMs, callOff };
  }

  async #commit(): Promise<void> {
    const group = this.#queue;
    this.#queue = [];
    this.#planned = null;
    this.#isCommitting = true;
    this.#dueMs = Infinity;
    this.#lastMs = this.#nowMs();
    try {
      const numbers = await this.#journal.append(group.map((each) => each.entry));
      group.forEach((each, at) => each.resolve(numbers[at]!));
    } catch (error) {
      this.#report(error);
      for (const each of [...group, ...this.#queue.splice(0)]) each.reject(error);
    }
    this.#isCommitting = false;
    if (this.#queue.length > 0) this.#plan();
    else for (const resolve of this.#idle.splice(0)) resolve();
  }
}
