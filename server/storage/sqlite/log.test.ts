import { stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { pageId } from "../../../shared/base/ids.ts";
import { limits } from "../../../shared/base/limits.ts";
import { makeTemporaryFolder } from "../contract/temporary-folder.ts";
import { ana, badTime, bytesOn, entry } from "../contract/words.ts";
import { migrate } from "../migrations.ts";
import { openSqliteStorage } from "../sqlite.ts";
import { sqliteLog } from "./log.ts";

const most = 5;
const pages = ["a", "b", "c"].map((page) => pageId.parse(page));

/** A log whose index may lack five entries, on a database in memory. */
function openLog() {
  const database = new DatabaseSync(":memory:");
  onTestFinished(() => database.close());
  migrate(database, "plenum.db");
  const log = sqliteLog(database, most);
  const count = (sql: string) => Number(database.prepare(sql).get()?.["rows"]);
  let value = 0;
  return {
    database,
    /** Adds an entry to each of these pages; answers what was added. */
    add(places: readonly number[]) {
      const rows = places.map((place) => [pages[place]!, 1, ana, Uint8Array.of((value += 1))] as const);
      return log.add(rows).map((number, at) => ({ number, page: rows[at]![0], update: rows[at]![3] }));
    },
    read: (place: number, after = 0) =>
      log.read(pages[place]!, after).map(({ number, page, update }) => ({ number, page, update })),
    unindexed: () => count("SELECT count(*) AS rows FROM log WHERE id > (SELECT id FROM log_indexed)"),
    indexed: () => count("SELECT count(*) AS rows FROM log_index"),
    entries: () => count("SELECT count(*) AS rows FROM log"),
  };
}

const groups = fc.array(fc.array(fc.nat(pages.length - 1), { maxLength: 9 }), { maxLength: 12 });

test("whatever was added to a page is read, in order, from any number on, in the index or behind it", () => {
  fc.assert(
    fc.property(groups, (asked) => {
      const log = openLog();
      const added = asked.flatMap((places) => log.add(places));
      for (const [place, page] of pages.entries())
        for (let after = 0; after <= added.length; after += 1)
          expect(log.read(place, after)).toEqual(
            added.filter((each) => each.page === page && each.number > after),
          );
    }),
    { numRuns: 50 },
  );
});

test("after no append does the index lack more entries than it may, and it has each of the others once", () => {
  fc.assert(
    fc.property(groups, (asked) => {
      const log = openLog();
      for (const places of asked) {
        log.add(places);
        expect(log.unindexed()).toBeLessThanOrEqual(most);
        expect(log.indexed() + log.unindexed()).toBe(log.entries());
      }
    }),
    { numRuns: 50 },
  );
});

test("an append that is rolled back when it has brought the index up to date leaves nothing in it", () => {
  const log = openLog();
  const before = log.add([0, 1, 0, 1]);
  log.database.exec("BEGIN");
  log.add([0, 0]);
  expect(log.unindexed()).toBe(0);
  log.database.exec("ROLLBACK");
  expect([log.indexed(), log.unindexed()]).toEqual([0, 4]);
  const after = log.add([1, 0, 0]);
  expect(log.read(0)).toEqual([...before, ...after].filter(({ page }) => page === pages[0]));
});

test("what a program that knows nothing of the index put into the log is read, and indexed with the rest", () => {
  const log = openLog();
  log.add([0]);
  log.database.exec("INSERT INTO log (page, at, author, data) VALUES ('a', 1, 'ana', x'63')");
  const foreign = { number: 2, page: pages[0], update: Uint8Array.of(99) };
  expect(log.read(0)[1]).toEqual(foreign);
  log.add([1, 1, 1, 1, 1]);
  expect(log.unindexed()).toBe(0);
  expect(log.read(0)[1]).toEqual(foreign);
});

test("no read looks through the whole log", () => {
  const { database } = openLog();
  const asked: string[] = [];
  const watched = {
    prepare(sql: string) {
      asked.push(sql);
      return database.prepare(sql);
    },
  };
  sqliteLog(watched);
  const plans = asked.flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
  expect(
    plans.map(({ detail }) => String(detail)).filter((plan) => /^SCAN log(_index)?\b/.test(plan)),
  ).toEqual([]);
});

test("an entry costs a small share of a page of the file, in however many rooms people type", async () => {
  const folder = await makeTemporaryFolder();
  const storage = await openSqliteStorage(folder);
  const rooms = Array.from({ length: 200 }, (_, place) => pageId.parse(`room-${place}-and-more`));
  const inEach = rooms.flatMap((page) => Array.from({ length: 100 }, () => entry([], page)));
  await storage.journal.append(inEach);
  const file = new DatabaseSync(join(folder, "plenum.db"));
  file.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  for (let at = 0; at < rooms.length; at += 20)
    await storage.journal.append(rooms.slice(at, at + 20).map((page) => entry([at], page)));
  const { size } = await stat(join(folder, "plenum.db-wal"));
  file.close();
  expect(size / rooms.length).toBeLessThan(1_000);
  expect(await bytesOn(storage, rooms[199]!)).toHaveLength(101);
  await storage.close();
});

test("an append that rejects beside one that brought the index up to date takes nothing of it along", async () => {
  const storage = await openSqliteStorage(await makeTemporaryFolder());
  const page = pages[0]!;
  const due = Array.from({ length: limits.unindexedEntries + 1 }, () => entry([1], page));
  const asked = [storage.journal.append(due), storage.journal.append([entry([2], page, badTime)])];
  const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status);
  expect(outcomes).toEqual(["fulfilled", "rejected"]);
  await storage.journal.append([entry([3], page)]);
  const bytes = (await bytesOn(storage, page)).flat();
  expect(bytes).toEqual([...due.map(() => 1), 3]);
  await storage.close();
});
