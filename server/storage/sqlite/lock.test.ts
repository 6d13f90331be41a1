import { expect, test } from "vitest";
import { OtherProcess, storageModule } from "../contract/other-process.ts";
import { makeTemporaryFolder } from "../contract/temporary-folder.ts";
import { bytesOn, entry, home } from "../contract/words.ts";
import { openSqliteStorage } from "../sqlite.ts";

const inUse = /^The data folder .* is in use: another Plenum has it open\. Stop that one first/;

/** Opens the folder, says so, and holds it until killed. */
function holderOf(folder: string): OtherProcess {
  return new OtherProcess(`
    import { openSqliteStorage } from ${storageModule("sqlite.ts")};
    const storage = await openSqliteStorage(${JSON.stringify(folder)});
    await storage.journal.append([{ page: "home", at: 1, person: "ana", update: Uint8Array.of(1) }]);
    console.log("open");
    setInterval(() => storage, 60_000);
  `);
}

test("a folder that another process has open is refused, saying what to do; kill -9 of that process frees it", async () => {
  const folder = await makeTemporaryFolder();
  const holder = holderOf(folder);
  expect(await holder.line()).toBe("open");
  await expect(openSqliteStorage(folder)).rejects.toThrow(inUse);
  await holder.kill();
  const storage = await openSqliteStorage(folder);
  expect(await bytesOn(storage, home)).toEqual([[1]]);
  await storage.close();
});

test("a folder that this process has open is refused, too, until it is closed", async () => {
  const folder = await makeTemporaryFolder();
  const storage = await openSqliteStorage(folder);
  await expect(openSqliteStorage(folder)).rejects.toThrow(inUse);
  await storage.journal.append([entry([1])]);
  await storage.close();
  const again = await openSqliteStorage(folder);
  expect(await bytesOn(again, home)).toEqual([[1]]);
  await again.close();
});

test("being refused does not free the folder for others", async () => {
  const folder = await makeTemporaryFolder();
  const storage = await openSqliteStorage(folder);
  await expect(openSqliteStorage(folder)).rejects.toThrow(inUse);
  await expect(openSqliteStorage(folder)).rejects.toThrow(inUse);
  const other = new OtherProcess(`
    import { openSqliteStorage } from ${storageModule("sqlite.ts")};
    console.log(await openSqliteStorage(${JSON.stringify(folder)}).catch((error) => error.message));
  `);
  expect(await other.line()).toMatch(inUse);
  await storage.close();
});
