import { setImmediate as endOfTurn } from "node:timers/promises";
import { cannotSave } from "../cannot-save.ts";
import type { Entrance } from "../entrance.ts";

/*
 * Group commit. A commit costs an fsync, whether it holds one row or a thousand; so all that is asked to be
 * written within one turn of the event loop waits for the end of the turn and goes in one transaction:
 *
 *     write a ─┐
 *     write b ─┼─ end of turn ─ BEGIN a b c COMMIT (one fsync) ─ a, b, c are told ─ reads that waited
 *     write c ─┘
 *
 * Should the transaction fail, one of the group may be to blame and the others not. It is rolled back and each
 * half of the group is tried as a group of its own, down to single writes: every write comes to its own outcome,
 * and one bad write among a thousand costs some twenty commits, not a thousand. (Savepoints would not do: when
 * the disk is full SQLite may give up the whole transaction by itself.)
 */

/** What the queue uses of a database. */
export type Transactional = { exec(sql: string): void; readonly isTransaction: boolean };

/** A write that waits. `make` makes the change and answers how to tell its writer once it is on disk. */
type Change = { make: () => () => void; fail: (error: unknown) => void };

export class CommitQueue {
  readonly #database: Transactional;
  readonly #entrance: Entrance;
  #changes: Change[] = [];
  /** The commit at the end of this turn, or null while nothing waits for one. */
  #commit: Promise<void> | null = null;

  constructor(database: Transactional, entrance: Entrance) {
    this.#database = database;
    this.#entrance = entrance;
  }

  /**
   * Makes the change in the commit at the end of this turn, after those asked before; resolves when it is on
   * disk. The change may be made more than once (only the last counts), so it changes the database alone.
   */
  write<T>(change: () => T): Promise<T> {
    return this.#entrance.run(
      () =>
        new Promise<T>((resolve, fail) => {
          const make = () => {
            const made = change();
            return () => resolve(made);
          };
          this.#changes.push({ make, fail });
          this.#commit ??= this.#commitAtEndOfTurn();
        }),
    );
  }

  /** Looks after everything that was asked to be written before is on disk (or was refused). */
  read<T>(look: () => T): Promise<T> {
    return this.#entrance.run(async () => {
      await this.#commit;
      return look();
    });
  }

  async #commitAtEndOfTurn(): Promise<void> {
    await endOfTurn();
    const changes = this.#changes;
    this.#changes = [];
    this.#commit = null;
    for (const tell of commitEach(this.#database, changes)) tell();
  }
}

/** Commits as many of the changes as can be, in as few commits as that takes; answers how to tell each writer. */
function commitEach(database: Transactional, changes: readonly Change[]): (() => void)[] {
  try {
    return commitTogether(database, changes);
  } catch (error) {
    if (changes.length === 1) return changes.map((only) => () => only.fail(cannotSave(error)));
    const half = changes.length >> 1;
    return [...commitEach(database, changes.slice(0, half)), ...commitEach(database, changes.slice(half))];
  }
}

function commitTogether(database: Transactional, changes: readonly Change[]): (() => void)[] {
  database.exec("BEGIN IMMEDIATE");
  try {
    const tell = changes.map((change) => change.make());
    database.exec("COMMIT");
    return tell;
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
