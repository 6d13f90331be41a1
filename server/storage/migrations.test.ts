import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { pageId } from "../../shared/base/ids.ts";
import { migrate, steps } from "./migrations.ts";
import { sqliteLog } from "./sqlite/log.ts";

const first = "CREATE TABLE words (word TEXT)";
const second = "ALTER TABLE words ADD COLUMN language TEXT DEFAULT 'en'";

function openDatabase(): DatabaseSync {
  const database = new DatabaseSync(":memory:");
  onTestFinished(() => database.close());
  return database;
}

function formatOf(database: DatabaseSync): unknown {
  return database.prepare("PRAGMA user_version").get()?.["user_version"];
}

test("a new database takes every step", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", [first, second]);
  expect(formatOf(database)).toBe(2);
  database.exec("INSERT INTO words (word) VALUES ('wheel')");
  expect({ ...database.prepare("SELECT * FROM words").get() }).toEqual({ word: "wheel", language: "en" });
});

test("an older database takes the steps that it lacks, and keeps what it holds", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", [first]);
  database.exec("INSERT INTO words VALUES ('wheel')");
  migrate(database, "plenum.db", [first, second]);
  expect({ ...database.prepare("SELECT * FROM words").get() }).toEqual({ word: "wheel", language: "en" });
});

test("a database of this program's format is left as it is", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", [first]);
  migrate(database, "plenum.db", [first]);
  expect(formatOf(database)).toBe(1);
});

test("a database that a newer program wrote is refused by name, with what to do, and not touched", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", [first, second]);
  expect(() => migrate(database, "plenum.db", [first])).toThrow(
    /^plenum\.db was written by a newer Plenum \(format 2; this program knows up to 1\)\. Start that newer version/,
  );
  expect(formatOf(database)).toBe(2);
});

test("a step that fails leaves the database at the format before it", () => {
  const database = openDatabase();
  const failing = "CREATE TABLE half (a TEXT); CREATE TABLE words (again TEXT)";
  expect(() => migrate(database, "plenum.db", [first, failing])).toThrow("already exists");
  expect(formatOf(database)).toBe(1);
  expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'half'").get()).toBe(undefined);
});

test("the steps of this program make a database that it can open again", () => {
  const database = openDatabase();
  migrate(database, "plenum.db");
  migrate(database, "plenum.db");
  expect(Number(formatOf(database))).toBeGreaterThan(0);
});

test("a log of before the index that follows behind is read whole, and goes on with its numbers", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", steps.slice(0, 4));
  const add = database.prepare("INSERT INTO log (page, at, author, data) VALUES (?, 1, 'ana', ?)");
  const [home, causes] = [pageId.parse("home"), pageId.parse("causes")];
  for (let number = 1; number <= 30; number += 1)
    add.run(number % 3 === 0 ? causes : home, Uint8Array.of(number));

  migrate(database, "plenum.db");
  const log = sqliteLog(database, 5);
  expect(log.add([[causes, 1, log.read(home, 0)[0]!.person, Uint8Array.of(31)]])).toEqual([31]);
  const numbers = (page: typeof home) => log.read(page, 0).map(({ number, update }) => [number, ...update]);
  const thirds = [3, 6, 9, 12, 15, 18, 21, 24, 27, 30];
  expect(numbers(causes)).toEqual([...thirds, 31].map((number) => [number, number]));
  expect(numbers(home)).toHaveLength(20);
  expect(log.read(causes, 27).map(({ number }) => number)).toEqual([30, 31]);
});

test("an empty log of before is brought to this format, too", () => {
  const database = openDatabase();
  migrate(database, "plenum.db", steps.slice(0, 4));
  migrate(database, "plenum.db");
  expect(sqliteLog(database).read(pageId.parse("home"), 0)).toEqual([]);
});
