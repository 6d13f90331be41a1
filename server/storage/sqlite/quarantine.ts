import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { pageId, personId } from "../../../shared/base/ids.ts";
import { limits } from "../../../shared/base/limits.ts";
import { cutForQuarantine, hasPlaceInQuarantine, quarantineHour, quarantineStart } from "../quarantine.ts";
import type { Quarantine } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";

const row = z.object({
  page: pageId,
  person: personId,
  at: z.int(),
  code: z.string(),
  bytes: z.int(),
  update: z.instanceof(Uint8Array),
});
const weightRow = z.object({ weight: z.int() });

/** The table `quarantine`. */
export function sqliteQuarantine(database: DatabaseSync, commits: CommitQueue): Quarantine {
  const weight = database.prepare(
    `SELECT coalesce(sum(max(length(data), ${limits.quarantinedLeastBytes})), 0) AS weight
     FROM quarantine WHERE person = ? AND at > ?`,
  );
  const add = database.prepare(
    "INSERT INTO quarantine (page, person, at, code, bytes, data) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const forgetOld = database.prepare("DELETE FROM quarantine WHERE at < ?");
  const forgetMany = database.prepare("DELETE FROM quarantine WHERE id <= ?");
  const all = database.prepare(
    'SELECT page, person, at, code, bytes, data AS "update" FROM quarantine ORDER BY id',
  );
  return {
    async keep({ page, person, at, code, update }) {
      const data = cutForQuarantine(update);
      const bytes = update.length;
      return commits.write(() => {
        const kept = weightRow.parse(weight.get(person, quarantineHour({ at })));
        if (!hasPlaceInQuarantine(kept.weight, data.length)) return false;
        const { lastInsertRowid } = add.run(page, person, at, code, bytes, data);
        forgetOld.run(quarantineStart({ at }));
        forgetMany.run(Number(lastInsertRowid) - limits.quarantinedCount);
        return true;
      });
    },
    forgetOld: async (at) => commits.write(() => void forgetOld.run(quarantineStart({ at }))),
    read: () => commits.read(() => all.all().map((each) => row.parse(each))),
  };
}
