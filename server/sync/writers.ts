import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Journal, JournalEntry } from "../storage/storage.ts";
import type { Seen } from "./look.ts";
import type { Schedule } from "./tick.ts";
import { walk } from "./update/walk.ts";

type Ground = { journal: Journal; schedule: Schedule };

/**
 * Who wrote as each author (Yjs client id) of what was lost: the person whose entry first carried anything of theirs.
 * `entries` are those since the checkpoint; of authors who wrote before it the journal is read from its beginning.
 */
export async function writersOf(
  { lost, early }: Seen,
  page: PageId,
  entries: readonly JournalEntry[],
  { journal, schedule }: Ground,
): Promise<Map<number, PersonId>> {
  const all = new Set(lost.map(({ author }) => author));
  const late = new Set([...all].filter((author) => !early.includes(author)));
  const writers = new Map<number, PersonId>();
  findWriters(late, entries, writers);
  if (early.length === 0) return writers;
  const journaled = await journal.read(page, 0);
  for (let from = 0; from < journaled.length && writers.size < all.size; from += limits.searchedAtOnce) {
    findWriters(new Set(early), journaled.slice(from, from + limits.searchedAtOnce), writers);
    if (from > 0) await new Promise<void>((resolve) => void schedule(resolve, 0));
  }
  return writers;
}

function findWriters(
  authors: ReadonlySet<number>,
  entries: readonly JournalEntry[],
  writers: Map<number, PersonId>,
): void {
  for (const { update, person } of entries)
    for (const [first] of walk(update).runs)
      if (first && authors.has(first.author) && !writers.has(first.author)) writers.set(first.author, person);
}
