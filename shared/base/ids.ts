import { z } from "zod/mini";

/*
 * Ids are strings of 16 letters and digits (80 bits of chance), made by whoever makes the thing, and
 * distinct types, so that a page's id cannot be passed where a survey's is wanted.
 */
declare const kind: unique symbol;
type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type SurveyId = Id<"survey">;
export type PageId = Id<"page">;
export type PersonId = Id<"person">;
export type ThreadId = Id<"thread">;
export type CommentId = Id<"comment">;
export type AssetId = Id<"asset">;
export type LinkId = Id<"link">;
/** A block of a page's body, or a container in it. */
export type BlockId = Id<"block">;
export type ContainerId = Id<"container">;
/** A row, and a column, of a table in a page's body. */
export type RowId = Id<"row">;
export type ColumnId = Id<"column">;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 16;

/** Chance as an argument: fills and returns the array it is given, as `crypto.getRandomValues` does. */
export type Chance = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/** A new id: 16 characters of an alphabet without look-alikes (Crockford's base 32, small letters). */
export function makeId<T extends string>(chance: Chance): T {
  const bytes = chance(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % 32]).join("") as T;
}

/** Zod schema of an id of one kind. Also accepts ids that other programs made: 1–64 of [A-Za-z0-9_-]. */
function idSchema<T extends string>() {
  return z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)) as unknown as z.ZodMiniType<T, string>;
}

export const surveyId = idSchema<SurveyId>();
export const pageId = idSchema<PageId>();
export const personId = idSchema<PersonId>();
export const threadId = idSchema<ThreadId>();
export const commentId = idSchema<CommentId>();
export const assetId = idSchema<AssetId>();
export const linkId = idSchema<LinkId>();
export const blockId = idSchema<BlockId>();
export const containerId = idSchema<ContainerId>();
export const rowId = idSchema<RowId>();
export const columnId = idSchema<ColumnId>();
