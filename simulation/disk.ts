import type { PageId, SurveyId } from "../shared/base/ids.ts";
import type { SurveyRecord } from "../shared/records/kinds.ts";
import type {
  Checkpoint,
  Epochs,
  IndexEntry,
  Journal,
  JournalEntry,
  NewQuarantined,
  Quarantine,
  RecordLog,
} from "../server/storage/storage.ts";
import type { Schedule } from "../server/sync/tick.ts";
import type { Fault } from "./plan.ts";

type DiskEars = {
  onEntry: (entry: JournalEntry) => void;
  onRecord: (survey: SurveyId, record: SurveyRecord) => void;
};

/** What outlives every process: journal, checkpoints, records, what was refused, epochs; and what is wrong with it just now. */
export class Disk {
  readonly entries: JournalEntry[] = [];
  readonly checkpoints = new Map<PageId, Checkpoint>();
  readonly records = new Map<SurveyId, SurveyRecord[]>();
  readonly pages = new Map<PageId, SurveyId>();
  readonly epochs = new Map<PageId, number>();
  readonly refused: NewQuarantined[] = [];
  fault: Fault | null = null;
  /** A commit that was answered with a failure and may stand there after a crash all the same. */
  ghost: (() => void) | null = null;
  readonly #ears: DiskEars;

  constructor(ears: DiskEars) {
    this.#ears = ears;
  }

  keepEntries(entries: readonly Omit<JournalEntry, "number">[]): number[] {
    return entries.map((entry) => {
      const kept = { ...structuredClone(entry), number: this.entries.length + 1 };
      this.entries.push(kept);
      this.#ears.onEntry(kept);
      return kept.number;
    });
  }

  keepRecords(
    survey: SurveyId,
    records: Parameters<RecordLog["append"]>[1],
    index: readonly IndexEntry[],
  ): SurveyRecord[] {
    const log = this.records.get(survey) ?? [];
    this.records.set(survey, log);
    for (const each of index) if (each.index === "page") this.pages.set(each.page, each.survey);
    return records.map((record) => {
      const kept = { ...structuredClone(record), seq: log.length + 1 };
      log.push(kept);
      this.#ears.onRecord(survey, kept);
      return structuredClone(kept);
    });
  }
}

type Pending = { write: () => unknown; resolve: (value: unknown) => void; reject: (error: Error) => void };
type Around = { disk: Disk; schedule: Schedule; pick: (below: number) => number };

/**
 * One process' way to the disk. One commit at a time; each takes its time, and then stands there or, as the disk's
 * fault has it, does not. A commit of a process that dies meanwhile stands there whole, or not at all.
 */
export class Store {
  readonly journal: Journal;
  readonly log: RecordLog;
  readonly epochs: Pick<Epochs, "of">;
  readonly quarantine: Pick<Quarantine, "keep">;
  readonly #disk: Disk;
  readonly #schedule: Schedule;
  readonly #pick: (below: number) => number;
  readonly #queue: Pending[] = [];
  #isDead = false;

  constructor({ disk, schedule, pick }: Around) {
    this.#disk = disk;
    this.#schedule = schedule;
    this.#pick = pick;
    this.journal = {
      append: (entries) => this.#commit(() => disk.keepEntries(entries)),
      read: (page, after) =>
        this.#read(() => disk.entries.filter((each) => each.page === page && each.number > after)),
      checkpoint: (page) => this.#read(() => disk.checkpoints.get(page) ?? null),
      keepCheckpoint: (page, checkpoint) =>
        this.#commit(() => {
          if (checkpoint.number >= (disk.checkpoints.get(page)?.number ?? 0))
            disk.checkpoints.set(page, structuredClone(checkpoint));
        }),
    };
    this.log = {
      append: (survey, records, index) => this.#commit(() => disk.keepRecords(survey, records, index)),
      read: (survey, after) =>
        this.#read(() => (disk.records.get(survey) ?? []).filter(({ seq }) => seq > after)),
      surveyOf: (page) => this.#read(() => disk.pages.get(page) ?? null),
      surveysOf: async () => [],
    };
    this.epochs = { of: async (page) => this.#look(() => disk.epochs.get(page) ?? 0) };
    this.quarantine = {
      keep: (refused) => this.#commit(() => disk.refused.push(structuredClone(refused)) > 0),
    };
  }

  /** The process is no more. */
  die(hasArrived: boolean): void {
    if (this.#isDead) return;
    this.#isDead = true;
    const { ghost } = this.#disk;
    this.#disk.ghost = null;
    if (!hasArrived) return;
    if (ghost) ghost();
    else this.#queue[0]?.write();
  }

  #commit<T>(write: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (this.#isDead) return promise;
    this.#queue.push({ write, resolve: resolve as Pending["resolve"], reject });
    if (this.#queue.length === 1) this.#begin();
    return promise;
  }

  #begin(): void {
    const takesMs = this.#disk.fault === "slow" ? 50 + this.#pick(250) : this.#pick(12);
    this.#schedule(() => this.#end(), takesMs);
  }

  #end(): void {
    const pending = this.#queue[0];
    if (this.#isDead || !pending) return;
    this.#settle(pending);
    this.#queue.shift();
    if (this.#queue.length > 0) this.#begin();
  }

  #settle({ write, resolve, reject }: Pending): void {
    const { fault } = this.#disk;
    if (fault === "full") return reject(new Error("ENOSPC: no space left on device"));
    if (fault === "flaky" && this.#pick(3) === 0) return reject(new Error("EIO: i/o error"));
    if (fault === "doubtful" && this.#pick(3) === 0) {
      this.#disk.ghost = write;
      return reject(new Error("EIO: fsync failed"));
    }
    this.#disk.ghost = null;
    resolve(write());
  }

  #read<T>(read: () => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    this.#schedule(() => {
      try {
        resolve(this.#look(read));
      } catch (error) {
        reject(error);
      }
    }, this.#pick(4));
    return promise;
  }

  #look<T>(read: () => T): T {
    if (this.#disk.fault === "unreadable") throw new Error("EIO: i/o error");
    return structuredClone(read());
  }
}
