import { may } from "../../shared/access/may.ts";
import type { Role } from "../../shared/access/roles.ts";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { PagePlaces } from "./page-places.ts";
import { isWhole, type Known, type News } from "./update/known.ts";
import { walk, type Struct, type Walked } from "./update/walk.ts";

/*
 * The one gate of a page's text. Pure: whatever it says, nothing has happened yet. All of an update passes, or
 * nothing of it.
 */

/** Who sends, what, and into which state. */
export type Attempt = {
  role: Role;
  person: PersonId;
  /** Whether the browser said that it knows an older format only. */
  isOutdated: boolean;
  form: "answer" | "edit";
  update: Uint8Array;
  known: Known;
  /** Asked only for news of somebody who may write: finding out where all stands may cost a walk through the page. */
  places: () => PagePlaces;
  /** Who owns an author; null: nobody yet. */
  ownerOf: (author: number) => PersonId | null;
  /** The size of the page's text as it is stored. */
  bodyBytes: number;
  /** New authors that this connection has brought so far. */
  authorsBrought: number;
};

export type Verdict =
  /** New text: to be kept. */
  | { pass: "news"; walked: Walked; authors: number }
  /** Nothing in it is new. */
  | { pass: "known" }
  /** It builds on what we lack: ask for that first. */
  | { pass: "hole" }
  /** Somebody who may not write answers our question what we lack, as every provider does. */
  | { pass: "ignored" }
  | { refused: Refusal };

export function judge(attempt: Attempt): Verdict {
  const { role, form, update, known } = attempt;
  if (!may(role, "page.write"))
    return form === "answer" ? { pass: "ignored" } : refused("not-allowed", "page.write");
  const walked = walkOrNull(update);
  if (!walked) return refused("malformed", "not a Yjs update");
  const settled: Struct[] = [];
  const isAllThere = isWhole(walked, known, (struct) => settled.push(struct));
  const news = known.newsIn(walked);
  if (isAllThere && news.structs.length === 0 && news.deletes === 0) return { pass: "known" };
  // Also what has a hole: it is not asked for what it may not bring.
  if (attempt.isOutdated) return refused("old-version", "page.write");
  if (!isAllThere) return { pass: "hole" };
  const tooMuch = overLimit(news, attempt);
  if (tooMuch) return refused("too-large", tooMuch);
  const owned = authorOfAnother(news, attempt);
  if (owned !== null) return refused("foreign-author", `author ${owned}`);
  const places = attempt.places();
  const foreign = places.foreignIn(settled);
  if (foreign !== null) return refused("not-in-format", foreign);
  return places.isCrowded(settled)
    ? refused("too-large", "crowded places")
    : { pass: "news", walked, authors: news.authors };
}

const refused = (code: Refusal["code"], details: string): Verdict => ({ refused: { code, details } });

function walkOrNull(update: Uint8Array): Walked | null {
  try {
    return walk(update);
  } catch {
    return null; // Reading throws on whatever is not an update, and says nothing that its sender could use.
  }
}

/** Which limit the news break, or null. What is known already counts for nothing: it was let in before. */
function overLimit(news: News, { update, known, bodyBytes, authorsBrought }: Attempt): string | null {
  const { structs, authors } = news;
  if (structs.length > limits.updateStructs) return `${limits.updateStructs} structs an update`;
  if (news.deletes > limits.updateDeletes) return `${limits.updateDeletes} deletions an update`;
  if (structs.some((struct) => struct.end - struct.clock > limits.structLength))
    return `${limits.structLength} characters a struct`;
  if (authorsBrought + authors > limits.newAuthors) return `${limits.newAuthors} new authors a connection`;
  if (known.clocks.size + authors > limits.bodyAuthors) return `${limits.bodyAuthors} authors a page`;
  // A page that is full can still be made smaller.
  if (structs.length > 0 && bodyBytes + update.length > limits.bodyBytes)
    return `${limits.bodyBytes} bytes a page`;
  return null;
}

/** An author of the news who belongs to another person, or null. */
function authorOfAnother({ structs }: News, { person, ownerOf }: Attempt): number | null {
  let last: number | null = null;
  for (const { author } of structs) {
    if (author === last) continue;
    last = author;
    const owner = ownerOf(author);
    if (owner !== null && owner !== person) return author;
  }
  return null;
}
