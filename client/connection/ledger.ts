/*
 * What this tab knows about which of its text is on the server's disk.
 *
 * On each connection the server first asks what it lacks, and the answer carries everything made here until then;
 * from there on each edit is a message of its own. Messages that carry text are counted as they leave, and the
 * server tells how many of them are durable. Counts belong to one connection: when it ends, whatever was not
 * acknowledged counts as unsent again, and the next connection's answer carries it.
 */

/** Words typed here that are not known to be durable, and the message of this connection that carries them. */
type Edit = { readonly words: number; readonly sinceMs: number; readonly message: number | null };

export type Ledger = {
  /** The oldest first. An edit may have no words at all: a deletion is an edit, too. */
  readonly edits: readonly Edit[];
  readonly sent: number;
  readonly saved: number;
  /** Whether the server's question what it lacks was answered on this connection. */
  readonly answered: boolean;
};

export const emptyLedger: Ledger = { edits: [], sent: 0, saved: 0, answered: false };

/** Somebody edited here. */
export function edited(ledger: Ledger, words: number, nowMs: number): Ledger {
  const last = ledger.edits.at(-1);
  if (last?.message !== null) {
    return { ...ledger, edits: [...ledger.edits, { words, sinceMs: nowMs, message: null }] };
  }
  return { ...ledger, edits: [...ledger.edits.slice(0, -1), { ...last, words: last.words + words }] };
}

/** A message with text left on this connection; it carries all that had not left before. */
export function sentText(ledger: Ledger, isAnswer: boolean): Ledger {
  const sent = ledger.sent + 1;
  const edits = ledger.edits.map((edit) => (edit.message === null ? { ...edit, message: sent } : edit));
  return { ...ledger, edits, sent, answered: ledger.answered || isAnswer };
}

/** The server has this many of the connection's messages on disk. */
export function acknowledged(ledger: Ledger, count: number): Ledger {
  const saved = Math.max(ledger.saved, count);
  const edits = ledger.edits.filter((edit) => edit.message === null || edit.message > saved);
  return { ...ledger, edits, saved };
}

/** A new connection begins: its counts start at nothing, and nothing unacknowledged has been sent on it. */
export function connectedAnew(ledger: Ledger): Ledger {
  const [first] = ledger.edits;
  const edits = first ? [{ words: unsavedWords(ledger), sinceMs: first.sinceMs, message: null }] : [];
  return { ...emptyLedger, edits };
}

/**
 * The server said what it has, and these words of what this tab holds are not in it: text of somebody who does not
 * write, which is never sent. What was edited and is there after all is no longer counted; a deletion cannot be told.
 */
export function keptBack(ledger: Ledger, words: number, nowMs: number): Ledger {
  if (words === 0) return unsavedWords(ledger) > 0 ? { ...ledger, edits: [] } : ledger;
  return { ...ledger, edits: [{ words, sinceMs: unsavedSinceMs(ledger) ?? nowMs, message: null }] };
}

/** Whether everything that this tab holds is durable, as acknowledged on this connection. */
export function isSettled(ledger: Ledger): boolean {
  return ledger.answered && ledger.edits.length === 0 && ledger.saved >= ledger.sent;
}

/** Whether there are edits made here that are not known to be durable. */
export function isUnsaved(ledger: Ledger): boolean {
  return ledger.edits.length > 0;
}

export function unsavedWords(ledger: Ledger): number {
  return ledger.edits.reduce((sum, edit) => sum + edit.words, 0);
}

/** Since when the oldest edit waits for its acknowledgement, or null where none does. */
export function unsavedSinceMs(ledger: Ledger): number | null {
  return ledger.edits[0]?.sinceMs ?? null;
}
