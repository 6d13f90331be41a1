import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openAssetFolder } from "./asset-folder.ts";
import { makeFolder, syncFolder } from "./disk.ts";
import { Entrance } from "./entrance.ts";
import { migrate } from "./migrations.ts";
import { CommitQueue } from "./sqlite/commits.ts";
import { sqliteEpochs } from "./sqlite/epochs.ts";
import { sqliteJournal } from "./sqlite/journal.ts";
import { lockFolder } from "./sqlite/lock.ts";
import { sqliteLinks, sqlitePeople } from "./sqlite/people.ts";
import { sqliteQuarantine } from "./sqlite/quarantine.ts";
import { sqliteRecords } from "./sqlite/records.ts";
import type { Storage } from "./storage.ts";

/*
 * The embedded store: everything that Plenum keeps, in one folder.
 *
 *     plenum.db        the SQLite database (migrations.ts has its tables): journal, checkpoints, records with
 *                      their look-up tables, people, links, quarantine
 *     plenum.db-wal    what was committed last and is not in plenum.db yet: it belongs to it, never delete it
 *     plenum.db-shm    SQLite's index into the file above, made anew when missing
 *     assets/          uploaded files, each named by the SHA-256 of its bytes
 *     plenum.lock      empty; locked for as long as a process has the folder open
 *
 * A write resolves when it is on disk: the database runs with a write-ahead log that is synced at every commit
 * (synchronous=FULL), and what is asked for within one turn of the event loop shares one commit
 * (sqlite/commits.ts). An asset's bytes and name are synced before it is answered (disk.ts). A write that the
 * disk does not take is refused with "cannot-save" and leaves nothing behind; the next one is tried afresh.
 *
 * A copy of the folder made while a server has it open may be torn. Copy it while the server is stopped, or use
 * SQLite's online backup for plenum.db and copy assets/ after it: assets are never changed, only added.
 */

/**
 * Opens the store in this folder, making it if it is missing and bringing an older one to this program's format.
 * Throws, saying what to do, where another process has the folder open or a newer program wrote it; what the
 * folder holds is untouched then.
 */
export async function openSqliteStorage(folder: string): Promise<Storage> {
  await makeFolder(folder);
  const lock = lockFolder(folder);
  try {
    return await openLocked(folder, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openLocked(folder: string, release: () => void): Promise<Storage> {
  const entrance = new Entrance();
  const database = openDatabase(join(folder, "plenum.db"));
  const assets = await openAssetFolder(join(folder, "assets"), entrance).catch((error: unknown) => {
    database.close();
    throw error;
  });
  await syncFolder(folder);
  const commits = new CommitQueue(database, entrance);
  let closing: Promise<void> | null = null;
  return {
    journal: sqliteJournal(database, commits),
    records: sqliteRecords(database, commits),
    people: sqlitePeople(database, commits),
    links: sqliteLinks(database, commits),
    assets,
    quarantine: sqliteQuarantine(database, commits),
    epochs: sqliteEpochs(database, commits),
    close() {
      closing ??= entrance.close().then(() => {
        database.close();
        release();
      });
      return closing;
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA synchronous = FULL");
    // On macOS a plain fsync leaves the bytes in the drive's cache; elsewhere this changes nothing.
    database.exec("PRAGMA fullfsync = ON");
    // Before anything is written: this refuses what a newer program wrote.
    migrate(database, path);
    database.exec("PRAGMA journal_mode = WAL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
