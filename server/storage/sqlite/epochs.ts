import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import type { PageId } from "../../../shared/base/ids.ts";
import type { Epochs } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";

const row = z.object({ epoch: z.int() });

/** The table `epochs`: a page that is not in it is of epoch 0. */
export function sqliteEpochs(database: DatabaseSync, commits: CommitQueue): Epochs {
  const kept = database.prepare("SELECT epoch FROM epochs WHERE page = ?");
  const raise = database.prepare(
    `INSERT INTO epochs (page, epoch) VALUES (?, max(1, ?))
     ON CONFLICT (page) DO UPDATE SET epoch = max(epoch + 1, excluded.epoch) RETURNING epoch`,
  );
  const of = (page: PageId): number => {
    const found = kept.get(page);
    return found ? row.parse(found).epoch : 0;
  };
  return {
    of: (page) => commits.read(() => of(page)),
    raise: async (page, at) => commits.write(() => row.parse(raise.get(page, at)).epoch),
  };
}
