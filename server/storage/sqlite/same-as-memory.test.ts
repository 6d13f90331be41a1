import fc from "fast-check";
import { expect, test } from "vitest";
import { unreachable } from "../../../shared/base/assert.ts";
import { personId } from "../../../shared/base/ids.ts";
import { makeTemporaryFolder } from "../contract/temporary-folder.ts";
import {
  badTime,
  ben,
  builds,
  causes,
  entry,
  home,
  member,
  renamed,
  titled,
  wheels,
} from "../contract/words.ts";
import { openMemoryStorage } from "../memory.ts";
import { openSqliteStorage } from "../sqlite.ts";
import type { Storage } from "../storage.ts";

/** Mostly times; now and then none, so that the write fails. */
const at = fc.oneof({ weight: 9, arbitrary: fc.nat() }, { weight: 1, arbitrary: fc.constant(badTime) });
const survey = fc.constantFrom(wheels, builds);
const values = fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 4 });
const titles = fc.array(fc.string({ unit: "binary" }), { maxLength: 4 });

const write = fc.oneof(
  fc.record({ kind: fc.constant("entries"), page: fc.constantFrom(home, causes), values, at }),
  fc.record({ kind: fc.constant("records"), survey, titles, at }),
  fc.record({ kind: fc.constant("checkpoint"), number: fc.nat(20), state: fc.uint8Array({ maxLength: 9 }) }),
  fc.record({
    kind: fc.constant("person"),
    id: fc.constantFrom("a", "b", "c"),
    token: fc.constantFrom("x", "y"),
  }),
);

type Write = typeof write extends fc.Arbitrary<infer W> ? W : never;

/** Asks for the write; answers what became of it, but for the journal's numbers: those are the store's own. */
async function outcome(storage: Storage, asked: Write): Promise<unknown> {
  switch (asked.kind) {
    case "entries": {
      const entries = asked.values.map((update) => ({ ...entry([], asked.page, asked.at), update }));
      return (await storage.journal.append(entries)).length;
    }
    case "records": {
      const index = [titled(asked.titles.at(-1) ?? "", asked.survey, asked.at), member(ben, asked.survey)];
      return storage.records.append(
        asked.survey,
        asked.titles.map((title) => renamed(title)),
        index,
      );
    }
    case "checkpoint":
      return storage.journal.keepCheckpoint(home, { number: asked.number, state: asked.state });
    case "person":
      return storage.people.add({ id: personId.parse(asked.id), name: asked.id, at: 1 }, asked.token);
    default:
      return unreachable(asked);
  }
}

/** What became of writes that were asked at once. */
async function outcomes(storage: Storage, turn: readonly Write[]): Promise<unknown[]> {
  return Promise.all(turn.map((asked) => outcome(storage, asked).catch(() => "rejected")));
}

/** All that can be seen of what was written. */
async function seen({ journal, records, people }: Storage): Promise<unknown> {
  const withoutNumbers = async (page: typeof home) =>
    (await journal.read(page, 0)).map(({ number: _, ...rest }) => rest);
  return {
    home: await withoutNumbers(home),
    causes: await withoutNumbers(causes),
    checkpoint: await journal.checkpoint(home),
    wheels: await records.read(wheels, 0),
    builds: await records.read(builds, 0),
    surveys: await records.surveysOf(ben),
    people: await Promise.all(["x", "y"].map((token) => people.byToken(token))),
  };
}

test("whatever is asked at once, and across openings, comes out as from the store in memory", async () => {
  const turns = fc.array(fc.array(write, { maxLength: 8 }), { maxLength: 5 });
  const same = async (asked: readonly (readonly Write[])[]) => {
    const folder = await makeTemporaryFolder();
    const memory = openMemoryStorage();
    for (const turn of asked) {
      const sqlite = await openSqliteStorage(folder);
      expect(await outcomes(sqlite, turn)).toEqual(await outcomes(memory, turn));
      expect(await seen(sqlite)).toEqual(await seen(memory));
      await sqlite.close();
    }
  };
  await fc.assert(fc.asyncProperty(turns, same), { numRuns: 25 });
});
