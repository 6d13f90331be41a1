import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { Refused } from "../../../shared/protocol/refusals.ts";
import { Entrance } from "../entrance.ts";
import { CommitQueue } from "./commits.ts";

/** A queue on a database in memory with one table, and the statements that the queue itself gives it. */
function openQueue() {
  const database = new DatabaseSync(":memory:");
  onTestFinished(() => database.close());
  database.exec("CREATE TABLE words (word ANY NOT NULL UNIQUE) STRICT");
  const add = database.prepare("INSERT INTO words VALUES (?)");
  const all = database.prepare("SELECT word FROM words ORDER BY rowid");
  const said: string[] = [];
  const queue = new CommitQueue(
    {
      exec(sql) {
        said.push(sql);
        database.exec(sql);
      },
      get isTransaction() {
        return database.isTransaction;
      },
    },
    new Entrance(),
  );
  return {
    queue,
    database,
    said,
    commits: () => said.filter((sql) => sql === "COMMIT").length,
    write: (word: string | Uint8Array | null) => queue.write(() => add.run(word)),
    words: () => all.all().map(({ word }) => word),
  };
}

test("what is asked within one turn shares one transaction, in the order in which it was asked", async () => {
  const { write, said, words } = openQueue();
  await Promise.all(["a", "b", "c"].map(write));
  expect(said).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
  expect(words()).toEqual(["a", "b", "c"]);
});

test("what is asked in microtasks of the same turn shares the transaction, too", async () => {
  const { write, commits } = openQueue();
  const later = Promise.resolve()
    .then(() => null)
    .then(() => write("b"));
  await Promise.all([write("a"), later]);
  expect(commits()).toBe(1);
});

test("what is asked after a commit waits for the next", async () => {
  const { write, commits } = openQueue();
  await write("a");
  await write("b");
  expect(commits()).toBe(2);
});

test("nobody is told before the commit has succeeded", async () => {
  const { write, said } = openQueue();
  const heard = write("a").then(() => [...said]);
  expect(await heard).toEqual(["BEGIN IMMEDIATE", "COMMIT"]);
});

test("each write has its own outcome: those that fail reject, the others are kept in their order", async () => {
  const { write, words } = openQueue();
  const asked = ["a", null, "b", "a", "c", "d", null].map(write);
  const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status === "fulfilled");
  expect(outcomes).toEqual([true, false, true, false, true, true, false]);
  expect(words()).toEqual(["a", "b", "c", "d"]);
});

test("one write that fails among a thousand costs some twenty commits, not a thousand", async () => {
  const { write, commits, words } = openQueue();
  const asked = Array.from({ length: 1_000 }, (_, place) => write(place === 617 ? null : `${place}`));
  await Promise.allSettled(asked);
  expect(words()).toHaveLength(999);
  expect(commits()).toBeLessThanOrEqual(20);
});

test("a write that throws by itself rejects with what it threw", async () => {
  const { queue, write, words } = openQueue();
  const thrown = new Error("a bug in a write");
  const bad = queue.write(() => {
    throw thrown;
  });
  await Promise.all([expect(bad).rejects.toBe(thrown), write("a")]);
  expect(words()).toEqual(["a"]);
});

test("a write that the full database does not take is refused with its cause; smaller ones beside it are kept", async () => {
  const { write, words, database } = openQueue();
  database.exec("PRAGMA max_page_count = 8");
  const [large, small] = [write(new Uint8Array(100_000)).catch((error: unknown) => error), write("a")];
  await small;
  const error = await large;
  expect(error).toBeInstanceOf(Refused);
  expect(error).toMatchObject({
    refusal: { code: "cannot-save" },
    cause: { errstr: "database or disk is full" },
  });
  await write("b");
  expect(words()).toEqual(["a", "b"]);
});

test("a commit that fails rolls back, and the queue goes on", async () => {
  const { write, words, database } = openQueue();
  database.exec("CREATE TABLE late (word REFERENCES words (word) DEFERRABLE INITIALLY DEFERRED)");
  database.exec(
    "CREATE TRIGGER break AFTER INSERT ON words WHEN new.word = 'bad' BEGIN INSERT INTO late VALUES ('none'); END",
  );
  await expect(write("bad")).rejects.toThrow("FOREIGN KEY");
  await write("good");
  expect(words()).toEqual(["good"]);
});

test("a read waits for the writes that were asked before it, and sees them", async () => {
  const { queue, write, words } = openQueue();
  const written = write("a");
  expect(await queue.read(words)).toEqual(["a"]);
  await written;
});

test("a read sees the writes before it that succeeded, also when another of them failed", async () => {
  const { queue, write, words } = openQueue();
  const failed = write(null).catch(() => "failed");
  const written = write("a");
  expect(await queue.read(words)).toEqual(["a"]);
  expect(await failed).toBe("failed");
  await written;
});
