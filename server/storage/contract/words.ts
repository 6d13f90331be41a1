import { expect } from "vitest";
import type { Role } from "../../../shared/access/roles.ts";
import { pageId, personId, surveyId } from "../../../shared/base/ids.ts";
import type { PageId, PersonId } from "../../../shared/base/ids.ts";
import type { IndexEntry, JournalEntry, NewRecord, Storage } from "../storage.ts";

/* The words that the suite is written in: two people, two pages, two surveys, and short ways to say things. */

export const ana = personId.parse("ana");
export const ben = personId.parse("ben");
export const home = pageId.parse("home");
export const causes = pageId.parse("causes");
export const wheels = surveyId.parse("wheels");
export const builds = surveyId.parse("builds");

/** Texts that stores are known to bring back changed. */
export const trickyTexts = [
  "",
  "a\0b",
  "half an emoji: \ud83d",
  "👩‍👩‍👧",
  "e\u0301 is not é",
  "'; --",
  "\u2028",
  "__proto__",
];

/** A time that no store can keep: the way to make one write fail and not its neighbours. */
export const badTime = Number.NaN;

/** A journal entry whose update is these bytes. */
export function entry(bytes: Iterable<number>, page = home, at = 1): Omit<JournalEntry, "number"> {
  return { page, at, person: ana, update: Uint8Array.from(bytes) };
}

/** The updates on a page, as lists of bytes. */
export async function bytesOn(storage: Storage, page: PageId): Promise<number[][]> {
  return (await storage.journal.read(page, 0)).map(({ update }) => [...update]);
}

export function renamed(title: string, at = 1): NewRecord {
  return { type: "survey.renamed", title, at, person: ana };
}

export function member(person: PersonId, survey = wheels, role: Role = "reader"): IndexEntry {
  return { index: "member", survey, person, role };
}

export function titled(title: string, survey = wheels, at = 1): IndexEntry {
  return { index: "survey", survey, title, at };
}

/** Passes where the write rejects with an error. */
export async function rejected(write: Promise<unknown>): Promise<void> {
  const outcome = await write.catch((error: unknown) => error);
  expect(outcome, "the write should have rejected").toBeInstanceOf(Error);
}
