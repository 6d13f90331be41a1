import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Checkpoint, Journal, JournalEntry } from "../storage/storage.ts";
import type { Schedule } from "./tick.ts";
import { walk, type Walked } from "./update/walk.ts";

/**
 * Who owns which author (Yjs client id) of a page: the person whose entry of the journal first carried anything of
 * theirs. Nobody else may write as that author: else they could forge a name, or say first, and differently, what
 * the owner's next words are, which would then count as known and be lost.
 *
 * Ownership follows from the journal alone, so it is as durable as that; a checkpoint has it folded.
 */
export type Owners = ReadonlyMap<number, PersonId>;

type Ground = { journal: Journal; schedule: Schedule };
type Loaded = { checkpoint: Checkpoint | null; entries: readonly JournalEntry[] };

/**
 * The owners of a page's authors as it was loaded. A checkpoint of an older program says nothing of them: then the
 * journal is read from its beginning, until the next checkpoint, which has them and does not wait for a longer tail.
 */
export async function ownersOf(
  page: PageId,
  { checkpoint, entries }: Loaded,
  { journal, schedule }: Ground,
): Promise<Map<number, PersonId>> {
  const owners = new Map(checkpoint?.owners);
  const isFolded = checkpoint === null || checkpoint.owners !== undefined;
  const unread = isFolded ? entries : await journal.read(page, 0);
  for (let from = 0; from < unread.length; from += limits.searchedAtOnce) {
    for (const { update, person } of unread.slice(from, from + limits.searchedAtOnce))
      claim(owners, walk(update), person);
    if (from > 0) await new Promise<void>((resolve) => void schedule(resolve, 0));
  }
  return owners;
}

function claim(owners: Map<number, PersonId>, { runs }: Walked, person: PersonId): void {
  for (const [first] of runs) if (first && !owners.has(first.author)) owners.set(first.author, person);
}
