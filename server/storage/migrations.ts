import type { DatabaseSync } from "node:sqlite";
import { must } from "../../shared/base/assert.ts";

/*
 * The database's format is the number of steps that were taken (`PRAGMA user_version`). Steps go forward only
 * and are never changed once released; a step that touches data must be repeatable. Each step says what the
 * programs before it can still do, so that an operator knows whether there is a way back.
 */
export const steps: readonly string[] = [
  // 1: the first format; there is no program before it.
  //
  // log: the journal of all pages. Its id is the entry's number; since no row is ever deleted, the next id is
  // above all before it. A key by page would write three times the bytes for each keystroke, hence an index.
  //
  // Names and titles are kept as JSON strings: SQLite's text is UTF-8, which cannot hold half of a character
  // outside the basic plane, and a browser that cuts an emoji in two sends exactly that.
  `
  CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    page TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX log_by_page ON log (page);

  CREATE TABLE checkpoints (
    page TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL,
    state BLOB NOT NULL
  ) STRICT;

  CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    survey TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    said TEXT NOT NULL,
    UNIQUE (survey, seq)
  ) STRICT;

  CREATE TABLE surveys (
    id INTEGER PRIMARY KEY,
    survey TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE pages (page TEXT PRIMARY KEY NOT NULL, survey TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE members (
    person TEXT NOT NULL,
    survey TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, survey)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE people (
    person TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    token_hash TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE links (
    link TEXT PRIMARY KEY NOT NULL,
    survey TEXT NOT NULL,
    role TEXT NOT NULL,
    at INTEGER NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE
  ) STRICT;
  `,

  // 2: a program of format 1 does not open this one; a backup of before the upgrade is the way back.
  //
  // owners: who first wrote as each Yjs client id of the state, as JSON: [[person, [client, …]], …]. Null in
  // checkpoints from before: whoever reads one finds it out from the log.
  `
  ALTER TABLE checkpoints ADD COLUMN owners TEXT;
  `,

  // 3: as before.
  //
  // quarantine: bytes that were refused, for an administrator to look at. The oldest rows are deleted.
  `
  CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    page TEXT NOT NULL,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    code TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    data BLOB NOT NULL
  ) STRICT;
  CREATE INDEX quarantine_by_person ON quarantine (person, at);
  CREATE INDEX quarantine_by_time ON quarantine (at);
  `,

  // 4: as before.
  //
  // epochs: pages that were put back to what they were, with the time of that; all others are of epoch 0.
  `
  CREATE TABLE epochs (page TEXT PRIMARY KEY NOT NULL, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,

  // 5: as before.
  //
  // log_index: the log's entries by page, up to and with the entry in log_indexed (one row); it is brought up to
  // date for many commits at once (sqlite/log.ts), where log_by_page was with each. Can be made anew from the log.
  // The index to be dropped gives the rows in their order: nothing is sorted, however long the log is.
  `
  CREATE TABLE log_index (
    page TEXT NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (page, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO log_index (page, id) SELECT page, id FROM log ORDER BY page, id;
  DROP INDEX log_by_page;

  CREATE TABLE log_indexed (id INTEGER NOT NULL) STRICT;
  INSERT INTO log_indexed (id) SELECT coalesce(max(id), 0) FROM log;
  `,

  // 6: as before.
  //
  // outline: whose structs lie where in the state, so that opening a page reads none of it. Null in checkpoints from
  // before: whoever reads one finds it out from the state.
  `
  ALTER TABLE checkpoints ADD COLUMN outline BLOB;
  `,
];

/**
 * Brings the database to this program's format, each missing step whole or not at all. Throws, having changed
 * nothing, where the database's format is newer than the program.
 */
export function migrate(database: DatabaseSync, name: string, migrations = steps): void {
  const format = formatOf(database);
  if (format > migrations.length)
    throw new Error(
      `${name} was written by a newer Plenum (format ${format}; this program knows up to ${migrations.length}). ` +
        "Start that newer version, or restore a backup from before the upgrade.",
    );
  for (let done = format; done < migrations.length; done += 1) {
    takeStep(database, must(migrations[done], "a step for each format"), done + 1);
  }
}

function takeStep(database: DatabaseSync, step: string, format: number): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    database.exec(step);
    database.exec(`PRAGMA user_version = ${format}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function formatOf(database: DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}
