import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { personId, type PersonId } from "../../../shared/base/ids.ts";
import type { Checkpoint, Journal } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";
import { sqliteLog } from "./log.ts";

const checkpointRow = z.object({
  number: z.int(),
  state: z.instanceof(Uint8Array),
  owners: z.nullable(z.string()),
  outline: z.nullable(z.instanceof(Uint8Array)),
});
const ownersJson = z.array(z.tuple([personId, z.array(z.int())]));

/** The journal: the log, and the table `checkpoints`. Bytes are copied when asked, not when committed. */
export function sqliteJournal(database: DatabaseSync, commits: CommitQueue): Journal {
  const log = sqliteLog(database);
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
      return commits.write(() => log.add(rows));
    },
    read: (page, after) => commits.read(() => log.read(page, after)),
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
