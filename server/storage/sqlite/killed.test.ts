import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod/mini";
import { pageId } from "../../../shared/base/ids.ts";
import { page, recordsOf, survey, turnOf } from "../contract/endless-writer.ts";
import { hashOf } from "../asset-hash.ts";
import { OtherProcess, storageModule } from "../contract/other-process.ts";
import { makeTemporaryFolder } from "../contract/temporary-folder.ts";
import { openSqliteStorage } from "../sqlite.ts";
import type { Storage } from "../storage.ts";

const keptLine = z.object({
  turn: z.int(),
  kept: z.enum(["entries", "records", "person", "asset", "checkpoint"]),
  numbers: z.array(z.int()),
});
const otherPage = pageId.parse("other");

type Kept = z.infer<typeof keptLine>;

/** The endless writer in a process of its own. It says a line synchronously for each promise that has resolved. */
function writerIn(folder: string, firstTurn: number): OtherProcess {
  return new OtherProcess(`
    import { writeSync } from "node:fs";
    import { writeEndlessly } from ${storageModule("contract/endless-writer.ts")};
    import { openSqliteStorage } from ${storageModule("sqlite.ts")};
    const storage = await openSqliteStorage(${JSON.stringify(folder)});
    await writeEndlessly(storage, ${firstTurn}, (kept) => writeSync(1, JSON.stringify(kept) + "\\n"));
  `);
}

/** What the writer was told to be kept until it was killed, which happens once it has told so many times. */
async function writeAndKill(folder: string, firstTurn: number, times: number): Promise<Kept[]> {
  const writer = writerIn(folder, firstTurn);
  const lines: string[] = [];
  while (lines.length < times) {
    const line = await writer.line();
    if (line === null) throw new Error("the writer ended before it was killed");
    lines.push(line);
  }
  lines.push(...(await writer.kill()));
  return lines.map((line) => keptLine.parse(JSON.parse(line)));
}

/** The two logs, read once. */
async function logsOf(storage: Storage) {
  return { entries: await storage.journal.read(page, 0), records: await storage.records.read(survey, 0) };
}

type Logs = Awaited<ReturnType<typeof logsOf>>;

async function expectThere(storage: Storage, logs: Logs, { turn, kept, numbers }: Kept): Promise<void> {
  const { bytes, hash, person } = turnOf(turn);
  switch (kept) {
    case "entries": {
      const entry = { page, at: turn, person: person.id, update: bytes };
      expect(logs.entries.filter(({ at }) => at === turn)).toEqual(
        numbers.map((number) => ({ ...entry, number })),
      );
      return;
    }
    case "records":
      expect(logs.records.filter(({ at }) => at === turn)).toEqual(
        recordsOf(turn).map((said, place) => ({ ...said, seq: numbers[place] })),
      );
      expect(await storage.records.surveysOf(person.id)).toMatchObject([{ survey, role: "editor" }]);
      return;
    case "person":
      expect(await storage.people.byToken(`hash ${turn}`)).toEqual(person);
      return;
    case "asset":
      expect(hashOf((await storage.assets.get(hash)) ?? new Uint8Array())).toBe(hash);
      return;
    case "checkpoint": {
      const checkpoint = await storage.journal.checkpoint(page);
      expect(checkpoint?.number).toBeGreaterThanOrEqual(turn);
      expect(hashOf(checkpoint?.state ?? new Uint8Array())).toBe(turnOf(checkpoint?.number ?? 0).hash);
    }
  }
}

/** Nothing is there in part, whether it was told to be kept or not. */
async function expectWhole({ entries, records }: Logs, folder: string): Promise<void> {
  for (const log of [entries, records]) {
    const turns = Map.groupBy<number, { at: number }>(log, ({ at }) => at);
    expect([...turns.values()].every((together) => together.length === 2)).toBe(true);
  }
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, place) => place + 1));
  for (const name of await readdir(join(folder, "assets")))
    expect(hashOf(await readFile(join(folder, "assets", name)))).toBe(name);
}

/** Numbers go on above those that were given before. */
async function expectNumbersGoOn(storage: Storage, { entries, records }: Logs): Promise<void> {
  const entry = { page: otherPage, at: 1, person: turnOf(0).person.id, update: new Uint8Array() };
  const [number] = await storage.journal.append([entry]);
  expect(number).toBeGreaterThan(entries.at(-1)?.number ?? 0);
  const signed = await storage.records.append(survey, recordsOf(-records.length), []);
  expect(signed.map(({ seq }) => seq)).toEqual([records.length + 1, records.length + 2]);
}

test("whatever was told to be kept is there after kill -9 in the middle of commits, round after round", async () => {
  const folder = await makeTemporaryFolder();
  const kept: Kept[] = [];
  for (const [round, times] of [1, 37, 90].entries()) {
    kept.push(...(await writeAndKill(folder, 1 + round * 10_000, times)));
    const storage = await openSqliteStorage(folder);
    const logs = await logsOf(storage);
    for (const each of kept) await expectThere(storage, logs, each);
    await expectWhole(logs, folder);
    await expectNumbersGoOn(storage, logs);
    await storage.close();
  }
  expect(kept.length).toBeGreaterThanOrEqual(1 + 37 + 90);
});
