import type { PageId } from "../../shared/base/ids.ts";
import type { Checkpoint, Journal, JournalEntry } from "../storage/storage.ts";
import { mergeUpdates } from "./update/merge.ts";

/** A page as it is kept: its checkpoint, and the journal since. */
export async function loadPage(
  journal: Journal,
  page: PageId,
): Promise<{ checkpoint: Checkpoint | null; entries: JournalEntry[] }> {
  const checkpoint = await journal.checkpoint(page);
  return { checkpoint, entries: await journal.read(page, checkpoint?.number ?? 0) };
}

/** A page's text as one update, without opening a room. */
export async function readPage(journal: Journal, page: PageId): Promise<Uint8Array> {
  const { checkpoint, entries } = await loadPage(journal, page);
  const updates = entries.map((entry) => entry.update);
  return mergeUpdates(checkpoint ? [checkpoint.state, ...updates] : updates);
}
