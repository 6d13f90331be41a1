import type { Chance, PageId, PersonId } from "../../shared/base/ids.ts";
import type { Records } from "../records/records.ts";
import type { Assets } from "../storage/storage.ts";
import type { RunJob } from "./run-job.ts";

/** Pages' bodies as this folder needs them; whoever has the rooms keeps the promises. */
export type Bodies = {
  /** The page's whole state, as one Yjs update: what everyone in its room sees. */
  read(page: PageId): Promise<Uint8Array>;
  /** Adds an update to the page; resolves when it is on disk. */
  write(page: PageId, update: Uint8Array, person: PersonId): Promise<unknown>;
};

/** What the work on surveys is done with. */
export type Tools = { records: Records; bodies: Bodies; assets: Assets; run: RunJob; chance: Chance };
