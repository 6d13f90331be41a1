import type { z } from "zod/mini";
import { assetAdded } from "./assets.ts";
import { linkMade, memberJoined, memberSet } from "./members.ts";
import { groupAdded, pageAdded, pageRenamed } from "./pages.ts";
import type { Kind, Signature } from "./record.ts";
import { surveyCreated, surveyRenamed } from "./survey.ts";
import { commentAdded, threadOpened, threadReopened, threadResolved } from "./threads.ts";
import { wordsKept, wordsSettled } from "./words.ts";

/** Every kind of record that there is. */
const all = [
  surveyCreated,
  surveyRenamed,
  pageAdded,
  groupAdded,
  pageRenamed,
  memberJoined,
  memberSet,
  linkMade,
  assetAdded,
  threadOpened,
  commentAdded,
  threadResolved,
  threadReopened,
  wordsKept,
  wordsSettled,
] as const;

type AnyKind = (typeof all)[number];

/** What is asked: a type, and what that type carries. */
export type Ask = { [K in AnyKind as K["type"]]: { type: K["type"] } & z.infer<K["said"]> }[AnyKind["type"]];

/** An ask that was accepted: numbered, timed, signed. */
export type SurveyRecord = Ask & Signature;

export type RecordType = Ask["type"];

/** The kind with this type, or undefined: a type that this version does not know. */
export function kindOf(type: string): Kind | undefined {
  return byType.get(type);
}

const byType: ReadonlyMap<string, Kind> = new Map(all.map((each) => [each.type, each as unknown as Kind]));
