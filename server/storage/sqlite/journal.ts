import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { personId, type PersonId } from "../../../shared/base/ids.ts";
import type { Checkpoint, Journal } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";

const entryRow = z.object({ id: z.int(), at: z.int(), author: personId, data: z.instanceof(Uint8Array) });
const checkpointRow = z.object({
  number: z.int(),
  state: z.instanceof(Uint8Array),
  owners: z.nullable(z.string()),
  outline: z.nullable(z.instanceof(Uint8Array)),
});
const ownersJson = z.array(z.tuple([personId, z.array(z.int())]));

/** The journal in the tables `log` and `checkpoints`. Bytes are copied when asked, not when committed. */
export function sqliteJournal(database: DatabaseSync, commits: CommitQueue): Journal {
  const add = database.prepare("INSERT INTO log (page, at, author, data) VALUES (?, ?, ?, ?)");
  const after = database.prepare(
    "SELECT id, at, author, data FROM log WHERE page = ? AND id > ? ORDER BY id",
  );
  const keep = database.prepare(
    `INSERT INTO checkpoints (page, number, state, owners, outline) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (page) DO UPDATE
     SET number = excluded.number, state = excluded.state, owners = excluded.owners, outline = excluded.outline
     WHERE excluded.number >= checkpoints.number`,
  );
  const kept = database.prepare("SELECT number, state, owners, outline FROM checkpoints WHERE page = ?");
  return {
    async append(entries) {
      const rows = entries.map(
        ({ page, at, person, update }) => [page, at, person, new Uint8Array(update)] as const,
      );
      return commits.write(() => rows.map((row) => Number(add.run(...row).lastInsertRowid)));
    },
    read: (page, number) =>
      commits.read(() =>
        after.all(page, number).map((row) => {
          const { id, at, author, data } = entryRow.parse(row);
          return { number: id, page, at, person: author, update: data };
        }),
      ),
    checkpoint: (page) =>
      commits.read(() => {
        const row = kept.get(page);
        return row ? checkpointFrom(checkpointRow.parse(row)) : null;
      }),
    async keepCheckpoint(page, { number, state, owners, outline }) {
      const copy = new Uint8Array(state);
      const json = owners ? toJson(owners) : null;
      const outlineCopy = outline ? new Uint8Array(outline) : null;
      return commits.write(() => void keep.run(page, number, copy, json, outlineCopy));
    },
  };
}

function checkpointFrom({ number, state, owners, outline }: z.infer<typeof checkpointRow>): Checkpoint {
  return {
    number,
    state,
    ...(owners !== null && { owners: fromJson(owners) }),
    ...(outline !== null && { outline }),
  };
}

/** By person: a page has few of them, and thousands of client ids. */
function toJson(owners: ReadonlyMap<number, PersonId>): string {
  const people = Map.groupBy(owners, ([, person]) => person);
  return JSON.stringify(Array.from(people, ([person, owned]) => [person, owned.map(([client]) => client)]));
}

function fromJson(json: string): Map<number, PersonId> {
  const people = ownersJson.parse(JSON.parse(json));
  return new Map(people.flatMap(([person, owned]) => owned.map((client) => [client, person] as const)));
}
