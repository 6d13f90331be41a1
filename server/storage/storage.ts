import type { Role } from "../../shared/access/roles.ts";
import type { LinkId, PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import type { Ask, SurveyRecord } from "../../shared/records/kinds.ts";

/**
 * What Plenum keeps. The promises hold for every implementation (contract.ts is the suite that each runs):
 *
 * - When a promise of a write resolves, what was written survives `kill -9` and a loss of power.
 * - A write is whole or not at all. If it rejects, nothing of it is kept.
 * - No two journal entries have one number, nor two records of a survey; numbers never go back, not even after
 *   a restart. Nothing is changed once written.
 * - A reader sees what was written before it asked.
 * - Bytes and texts come back exactly as given; what is returned is the caller's to keep.
 *
 * Times are milliseconds since 1970 and given by the caller.
 */
export interface Storage {
  readonly journal: Journal;
  readonly records: RecordLog;
  readonly people: People;
  readonly links: Links;
  readonly assets: Assets;
  readonly quarantine: Quarantine;
  readonly epochs: Epochs;
  /** Finishes what is being written and lets go of everything. Afterwards every call rejects. */
  close(): Promise<void>;
}

export type JournalEntry = { number: number; page: PageId; at: number; person: PersonId; update: Uint8Array };

export type Checkpoint = {
  /** The state is the journal of its page up to and with this number. */
  number: number;
  /** One Yjs update (version 1) that holds the whole state. */
  state: Uint8Array;
  /** Who first wrote as each Yjs client id of the state; absent in checkpoints of programs that did not fold it. */
  owners?: ReadonlyMap<number, PersonId>;
  /** What opens the page without reading the state (server/sync/outline.ts); absent in checkpoints of older programs. */
  outline?: Uint8Array;
};

/** Every change to every page's body, and the checkpoints that make opening a page cheap. */
export interface Journal {
  /** Keeps all entries, in their order, as one commit; answers the number of each. */
  append(entries: readonly Omit<JournalEntry, "number">[]): Promise<number[]>;
  /** A page's entries with numbers above `after`, in order. */
  read(page: PageId, after: number): Promise<JournalEntry[]>;
  checkpoint(page: PageId): Promise<Checkpoint | null>;
  /** Keeps the checkpoint, unless a later one is there already. The journal stays whole. */
  keepCheckpoint(page: PageId, checkpoint: Checkpoint): Promise<void>;
}

/** A record before the log has numbered it. */
export type NewRecord = Ask & { at: number; person: PersonId };

/**
 * What the records just appended mean for the look-up tables, which answer what no single log can: where a page
 * belongs, who is where. Kept in the same commit; can be made anew from the logs.
 */
export type IndexEntry =
  | { index: "survey"; survey: SurveyId; title: string; at: number }
  | { index: "page"; page: PageId; survey: SurveyId }
  | { index: "member"; survey: SurveyId; person: PersonId; role: Role };

export interface RecordLog {
  /** Numbers and keeps the records of one survey (consecutive from its last, the first is 1), as one commit. */
  append(
    survey: SurveyId,
    records: readonly NewRecord[],
    index: readonly IndexEntry[],
  ): Promise<SurveyRecord[]>;
  /** A survey's records with numbers above `after`, in order. */
  read(survey: SurveyId, after: number): Promise<SurveyRecord[]>;
  surveyOf(page: PageId): Promise<SurveyId | null>;
  /** The surveys that somebody is a member of, the newest first. */
  surveysOf(person: PersonId): Promise<{ survey: SurveyId; title: string; role: Role; at: number }[]>;
}

export type Person = { id: PersonId; name: string; at: number };

export interface People {
  /** Keeps a new person and the hash of the secret they are known by. */
  add(person: Person, tokenHash: string): Promise<void>;
  byToken(tokenHash: string): Promise<Person | null>;
}

export type Link = { id: LinkId; survey: SurveyId; role: Role; at: number };

export interface Links {
  add(link: Link, secretHash: string): Promise<void>;
  bySecret(secretHash: string): Promise<Link | null>;
}

/** Bytes that somebody sent to a page and that were refused with this code. */
export type NewQuarantined = { page: PageId; person: PersonId; at: number; code: string; update: Uint8Array };
/** How many bytes they were: of more than `limits.quarantinedBytes` only the beginning is kept. */
export type Quarantined = NewQuarantined & { bytes: number };

/** Refused bytes, kept aside for an administrator: what somebody wrote may be in there, and nowhere else. */
export interface Quarantine {
  /**
   * Answers whether they were kept: of one person only so much is in an hour. What is older than
   * `limits.quarantinedMs`, and the oldest above `limits.quarantinedCount`, are forgotten when something is kept.
   */
  keep(refused: NewQuarantined): Promise<boolean>;
  /** Forgets what is older than `limits.quarantinedMs` at this time. A server asks for it as it starts. */
  forgetOld(at: number): Promise<void>;
  /** All that is kept, the oldest first. */
  read(): Promise<Quarantined[]>;
}

/**
 * Which of a page's lives this is. Whoever makes a page what it was before, from a backup, raises its epoch: what
 * browsers have of the life before does not belong to this one, and would come back into it.
 */
export interface Epochs {
  /** 0 until it is raised. */
  of(page: PageId): Promise<number>;
  /**
   * Answers the new one: this time, in milliseconds, or one more than before where that is later. So it is above all
   * that there ever were, also those that a backup does not know of. For when no server has the page open.
   */
  raise(page: PageId, at: number): Promise<number>;
}

/** Files by the SHA-256 of their bytes, in hexadecimal: the same bytes are kept once. */
export interface Assets {
  put(hash: string, bytes: Uint8Array): Promise<void>;
  get(hash: string): Promise<Uint8Array | null>;
}
