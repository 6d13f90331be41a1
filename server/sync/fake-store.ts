import type { PageId } from "../../shared/base/ids.ts";
import type { Checkpoint, Journal, JournalEntry } from "../storage/storage.ts";

/** For tests: the disk under a journal. It outlives the journals on it, as a disk outlives a process. */
export class FakeDisk {
  readonly entries: JournalEntry[] = [];
  readonly checkpoints = new Map<PageId, Checkpoint>();
  /** How many entries each commit kept. */
  readonly commits: number[] = [];
}

type Commit = { entries: readonly Omit<JournalEntry, "number">[]; answer: PromiseWithResolvers<number[]> };

/** For tests: a journal that commits on command, or at once while `isHeld` is false. */
export class FakeJournal implements Journal {
  isHeld = false;
  readonly #disk: FakeDisk;
  #waiting: Commit[] = [];

  constructor(disk: FakeDisk = new FakeDisk()) {
    this.#disk = disk;
  }

  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  append(entries: readonly Omit<JournalEntry, "number">[]): Promise<number[]> {
    const commit = { entries: structuredClone(entries), answer: Promise.withResolvers<number[]>() };
    this.#waiting.push(commit);
    if (!this.isHeld) this.commit();
    return commit.answer.promise;
  }

  /** What waits becomes durable. */
  commit(): void {
    for (const { entries, answer } of this.#waiting.splice(0)) answer.resolve(this.#keep(entries));
  }

  /** What waits becomes durable, and nobody is told: the process died just then. */
  commitUnheard(): void {
    for (const { entries } of this.#waiting.splice(0)) this.#keep(entries);
  }

  fail(error: Error): void {
    for (const { answer } of this.#waiting.splice(0)) answer.reject(error);
  }

  async read(page: PageId, after: number): Promise<JournalEntry[]> {
    return structuredClone(this.#disk.entries.filter((each) => each.page === page && each.number > after));
  }

  async checkpoint(page: PageId): Promise<Checkpoint | null> {
    return structuredClone(this.#disk.checkpoints.get(page) ?? null);
  }

  async keepCheckpoint(page: PageId, checkpoint: Checkpoint): Promise<void> {
    if (checkpoint.number >= (this.#disk.checkpoints.get(page)?.number ?? 0))
      this.#disk.checkpoints.set(page, structuredClone(checkpoint));
  }

  #keep(entries: readonly Omit<JournalEntry, "number">[]): number[] {
    this.#disk.commits.push(entries.length);
    return entries.map((entry) =>
      this.#disk.entries.push({ ...entry, number: this.#disk.entries.length + 1 }),
    );
  }
}
