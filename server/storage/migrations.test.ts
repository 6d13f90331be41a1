import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { migrate } from "./migrations.ts";

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
