import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { personId, type PageId, type PersonId } from "../../../shared/base/ids.ts";
import { limits } from "../../../shared/base/limits.ts";
import type { JournalEntry } from "../storage.ts";

/*
 * The entries of all pages stand in one table, in the order in which they came, so that a commit writes at its end
 * alone. Which of them are a page's says an index that follows behind:
 *
 *     log        1 2 3 4 5 6 7 8 9 10 … 8,192 │ 8,193 … 8,200
 *     log_index  home: 1 3 4 9 …  causes: 2 …  │ not yet: read, and those of other pages passed over
 *                                              └ log_indexed
 *
 * An index that is up to date with every commit costs a whole page of the file for each room in it, and that twice:
 * in the write-ahead log and in the database. That is fifty times what somebody typed. Brought up to date for some
 * thousand entries at a time, it costs the same pages once for all of them.
 */

const entryRow = z.object({ id: z.int(), at: z.int(), author: personId, data: z.instanceof(Uint8Array) });
const idRow = z.object({ id: z.int() });

/** An entry as a row that waits to be kept: its bytes are the store's own. */
export type NewRow = readonly [page: PageId, at: number, author: PersonId, data: Uint8Array];

/**
 * The tables `log`, `log_index` and `log_indexed`. No more than `unindexed` entries are behind the index: that many
 * rows, of all pages, are looked through by each read at worst, and those only that are above the number from which
 * on it is asked (so an open room hears of other nodes' entries for next to nothing). A row costs some 60 ns; one
 * that is larger than a page of the file costs no more than its first page. What is in the index is found one by one.
 */
export function sqliteLog(
  database: Pick<DatabaseSync, "prepare">,
  unindexed: number = limits.unindexedEntries,
) {
  const addRow = database.prepare("INSERT INTO log (page, at, author, data) VALUES (?, ?, ?, ?)");
  const indexed = database.prepare("SELECT id FROM log_indexed");
  const fillIndex = database.prepare(
    `INSERT INTO log_index (page, id)
     SELECT page, id FROM log WHERE id > (SELECT id FROM log_indexed) ORDER BY page, id`,
  );
  const keepIndexed = database.prepare("UPDATE log_indexed SET id = ?");
  const inIndex = database.prepare(
    `SELECT log.id, at, author, data FROM log_index CROSS JOIN log ON log.id = log_index.id
     WHERE log_index.page = ? AND log_index.id > ? ORDER BY log_index.id`,
  );
  const behindIndex = database.prepare(
    `SELECT id, at, author, data FROM log
     WHERE id > max(?, (SELECT id FROM log_indexed)) AND page = ? ORDER BY id`,
  );
  return {
    /** Adds the rows within the transaction that the caller has begun; answers the number of each. */
    add(rows: readonly NewRow[]): number[] {
      const ids = rows.map((row) => Number(addRow.run(...row).lastInsertRowid));
      const last = ids.at(-1) ?? 0;
      if (last - idRow.parse(indexed.get()).id > unindexed) {
        fillIndex.run();
        keepIndexed.run(last);
      }
      return ids;
    },
    /** A page's entries with numbers above `after`, in order. */
    read(page: PageId, after: number): JournalEntry[] {
      return [...inIndex.all(page, after), ...behindIndex.all(after, page)].map((row) => {
        const { id, at, author, data } = entryRow.parse(row);
        return { number: id, page, at, person: author, update: data };
      });
    },
  };
}
