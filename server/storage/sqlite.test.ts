import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { storageContract } from "./contract.ts";
import { hashOf } from "./asset-hash.ts";
import { makeTemporaryFolder } from "./contract/temporary-folder.ts";
import { causes, entry, home, renamed, wheels } from "./contract/words.ts";
import { openSqliteStorage } from "./sqlite.ts";

storageContract(async () => openSqliteStorage(await makeTemporaryFolder()));

describe("the folder", () => {
  test("is made with what is missing above it", async () => {
    const folder = join(await makeTemporaryFolder(), "a", "b", "data");
    const storage = await openSqliteStorage(folder);
    await storage.close();
    expect((await readdir(folder)).sort()).toEqual(["assets", "plenum.db", "plenum.lock"]);
  });

  test("holds each asset as a file named by its hash, and what a cut-off write left is swept away", async () => {
    const folder = await makeTemporaryFolder();
    await mkdir(join(folder, "assets"));
    await writeFile(join(folder, "assets", "half.1.part"), "hal");
    const storage = await openSqliteStorage(folder);
    const bytes = Uint8Array.of(1, 2, 3);
    await storage.assets.put(hashOf(bytes), bytes);
    await storage.close();
    expect(await readdir(join(folder, "assets"))).toEqual([hashOf(bytes)]);
    expect(new Uint8Array(await readFile(join(folder, "assets", hashOf(bytes))))).toEqual(bytes);
  });

  test("that a newer program wrote is refused, saying what to do, not touched, and free for that program again", async () => {
    const folder = await makeTemporaryFolder();
    await (await openSqliteStorage(folder)).close();
    const format = setFormat(folder, 1_000);
    const before = await readFile(join(folder, "plenum.db"));
    await writeFile(join(folder, "assets", "half.1.part"), "hal");
    await expect(openSqliteStorage(folder)).rejects.toThrow("was written by a newer Plenum (format 1000;");
    expect(await readFile(join(folder, "plenum.db"))).toEqual(before);
    expect(await readdir(join(folder, "assets"))).toEqual(["half.1.part"]);
    setFormat(folder, format);
    await (await openSqliteStorage(folder)).close();
  });

  test("with a file in the place of the database that is none is refused and left as it is", async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, "plenum.db"), "a letter to my aunt, and not a database at all");
    await expect(openSqliteStorage(folder)).rejects.toThrow("not a database");
    expect(await readFile(join(folder, "plenum.db"), "utf8")).toMatch(/^a letter/);
  });
});

test("what docs/operating.md says to do after a restore raises the epoch of every page", async () => {
  const folder = await makeTemporaryFolder();
  const storage = await openSqliteStorage(folder);
  const index = [home, causes].map((page) => ({ index: "page" as const, page, survey: wheels }));
  await storage.records.append(wheels, [renamed("a")], index);
  const later = Date.now() + 1_000_000;
  await storage.epochs.raise(home, later);
  await storage.close();
  const doc = await readFile(new URL("../../docs/operating.md", import.meta.url), "utf8");
  const database = new DatabaseSync(join(folder, "plenum.db"));
  database.exec(/"(INSERT INTO epochs .*;)"/.exec(doc)?.[1] ?? "");
  database.close();
  const again = await openSqliteStorage(folder);
  expect(await again.epochs.of(home)).toBe(later + 1);
  expect(Math.abs((await again.epochs.of(causes)) - Date.now())).toBeLessThan(60_000);
  await again.close();
});

test("a backup that SQLite makes while the store is open, with the assets copied after it, is a store", async () => {
  const [folder, copy] = [await makeTemporaryFolder(), await makeTemporaryFolder()];
  const storage = await openSqliteStorage(folder);
  const picture = Uint8Array.of(1, 2, 3);
  await storage.assets.put(hashOf(picture), picture);
  await storage.records.append(wheels, [renamed("a")], []);
  const reader = new DatabaseSync(join(folder, "plenum.db"), { readOnly: true });
  await backup(reader, join(copy, "plenum.db"));
  reader.close();
  await storage.records.append(wheels, [renamed("later")], []);
  await cp(join(folder, "assets"), join(copy, "assets"), { recursive: true });
  const restored = await openSqliteStorage(copy);
  expect(await restored.records.read(wheels, 0)).toMatchObject([{ title: "a" }]);
  expect(await restored.assets.get(hashOf(picture))).toEqual(picture);
  await restored.close();
  await storage.close();
});

test("appends of one turn are on disk together: who sees one sees all", async () => {
  const folder = await makeTemporaryFolder();
  const storage = await openSqliteStorage(folder);
  const asked = [
    storage.journal.append([entry([1])]),
    storage.records.append(wheels, [renamed("a")], []),
    storage.journal.append([entry([2])]),
  ];
  await asked[0];
  const reader = new DatabaseSync(join(folder, "plenum.db"), { readOnly: true });
  const counted = reader
    .prepare("SELECT (SELECT count(*) FROM log) + (SELECT count(*) FROM records) AS rows")
    .get();
  reader.close();
  expect(counted?.["rows"]).toBe(3);
  await Promise.all(asked);
  await storage.close();
});

/** Makes the database look as if a program of this format had written it. */
/** Answers the format that it was. */
function setFormat(folder: string, format: number): number {
  const database = new DatabaseSync(join(folder, "plenum.db"));
  const before = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  database.exec(`PRAGMA user_version = ${format}`);
  database.close();
  return before;
}
