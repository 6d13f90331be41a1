import { limits } from "../../shared/base/limits.ts";
import {
  isKnownBlock,
  isKnownKind,
  isSafeAddress,
  markNames,
  schemaVersion,
  type AtomType,
} from "../../shared/body/schema.ts";
import type { Struct } from "./update/walk.ts";

/*
 * The places of a page, as docs/format.md has them, and what each takes:
 *
 *   body ── marker ─┬─ attribute                          containers ── record ── attribute
 *                   ├─ rows, columns ── line ── at …
 *                   └─ cells ── text                      meta ── schema
 *
 * They are so few that a page nests no deeper than this, whatever is sent. What the format does not know is taken
 * where the page holds it already: it was let in by a server that knew it, or by an older one that did not look.
 */

/** What a page holds that the format does not know, by what it is and its name. */
export type Strangers = { has: (name: string) => boolean };

export type Place = {
  /** The place in the type that is opened here, under this key of it; or what is wrong with such a key. */
  readonly inside: (key: string | null, strangers: Strangers) => Place | string;
  /** What is wrong with content here, or null. */
  readonly wrong: (struct: Struct, strangers: Strangers) => string | null;
};

type Test = (value: unknown) => boolean;

const isId: Test = (value) => typeof value === "string" && /^[\w-]{1,64}$/.test(value);
const isIdOrNone: Test = (value) => value === null || isId(value);
const isPlain: Test = (value) => ["string", "number", "boolean"].includes(typeof value) || value === null;
const isAddress: Test = (value) => isPlain(value) && (typeof value !== "string" || isSafeAddress(value));
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isBirth: Test = (value) =>
  value === null || (hasOnly(value, ["of", "in"]) && isId(value["of"]) && isIdOrNone(value["in"] ?? null));

function hasOnly(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  return isObject(value) && Object.keys(value).every((key) => keys.includes(key));
}

/** What is deleted, or collected as garbage, holds nothing any more. */
const isGone = ({ content }: Struct): boolean => content === "garbage" || content === "deleted";
const content = ({ content }: Struct, where: string): string => `content of the kind ${content} in ${where}`;

/** A key with a plain value. `stranger`: as what a value that fails the test may be known to the page. */
function valued(name: string, test: Test, stranger?: string): Place {
  const isFine = (value: unknown, strangers: Strangers) =>
    test(value) ||
    (stranger !== undefined && isPlain(value) && strangers.has(`${stranger} ${String(value)}`));
  return {
    inside: () => `something in ${name}`,
    wrong: (struct, strangers) => {
      if (isGone(struct)) return null;
      if (struct.content !== "any") return content(struct, name);
      if (struct.bytes > limits.attributeBytes * struct.holds.length) return `a long value of ${name}`;
      return struct.holds.every((value) => isFine(value, strangers)) ? null : `a value of ${name}`;
    },
  };
}

/** Where types stand: maps (1), or texts (2). */
function opening(name: string, type: 1 | 2, inside: Place["inside"]): Place {
  const wrong = (struct: Struct) => (isGone(struct) || struct.opens === type ? null : content(struct, name));
  return { inside, wrong };
}

/** A map's keys: the known ones, and those that the page has. */
function keysOf(owner: string, known: Readonly<Record<string, Place>>): Place["inside"] {
  const other = valued(`${owner}'s unknown key`, isPlain);
  return (key, strangers) => {
    if (key === null) return `something without a key in a ${owner}`;
    if (Object.hasOwn(known, key)) return known[key]!;
    return strangers.has(`${owner} ${key}`) ? other : `the key ${cut(key)} in a ${owner}`;
  };
}

/** A map whose keys are ids. */
function byId(name: string, pattern: RegExp, entry: Place): Place["inside"] {
  return (key) => (key !== null && pattern.test(key) ? entry : `a key in ${name}`);
}

const cut = (name: string): string => JSON.stringify(name.slice(0, 40));

function textOf(name: string, takesMarkers: boolean, inside: Place["inside"]): Place {
  return {
    inside,
    wrong: (struct, strangers) => {
      if (struct.content === "string" || isGone(struct)) return null;
      if (struct.content === "embed") return wrongAtom(struct, strangers);
      if (struct.content === "format") return wrongMark(struct, strangers);
      return takesMarkers && struct.opens === 1 ? null : content(struct, name);
    },
  };
}

const atomKeys: Readonly<Record<AtomType, readonly string[]>> = {
  break: [],
  image: ["src", "alt", "title"],
  footnote: ["to"],
  html: ["source"],
  raw: ["source"],
};

function wrongAtom({ holds: [atom] }: Struct, strangers: Strangers): string | null {
  if (!isObject(atom) || typeof atom["type"] !== "string") return "an atom without a type";
  const { type, ...rest } = atom;
  const keys = Object.hasOwn(atomKeys, type) ? atomKeys[type as keyof typeof atomKeys] : null;
  if (!keys && !strangers.has(`atom ${type}`)) return `an atom of the type ${cut(type)}`;
  for (const [key, value] of Object.entries(rest)) {
    if (!keys?.includes(key) && !strangers.has(`atom ${type} ${key}`))
      return `the key ${cut(key)} in an atom`;
    if (key === "src" ? !isAddress(value) : !isPlain(value)) return `a value of ${key} in an atom`;
    // What source there is, somebody wrote or pasted: it is text, and as long as text may be.
    if (key !== "source" && typeof value === "string" && value.length > limits.attributeBytes)
      return `a long value of ${key} in an atom`;
  }
  return null;
}

function wrongMark({ mark, holds: [value], bytes }: Struct, strangers: Strangers): string | null {
  if (mark === null || bytes > limits.attributeBytes) return "a long mark";
  if (mark === "link") return value === null || isLink(value) ? null : "a link's value";
  if ((markNames as readonly string[]).includes(mark))
    return value === null || value === true ? null : `a value of the mark ${mark}`;
  return strangers.has(`mark ${mark}`) ? null : `the mark ${cut(mark)}`;
}

const isLink: Test = (value) =>
  hasOnly(value, ["href", "title"]) &&
  typeof value["href"] === "string" &&
  isSafeAddress(value["href"]) &&
  isPlain(value["title"] ?? null);

const plainKeys = (owner: string, keys: readonly string[]): Record<string, Place> =>
  Object.fromEntries(keys.map((key) => [key, valued(`${owner}'s ${key}`, isPlain)]));

const cellText = textOf("a cell", false, () => "something in a cell's text");
const cell = opening("a table's cells", 2, (key) => (key === null ? cellText : "a key of a cell's text"));
const line = (axis: string): Place =>
  opening(`a table's ${axis}`, 1, keysOf("line", plainKeys("line", ["at", "gone", "align"])));
const [row, column] = [line("rows"), line("columns")];

const standing = {
  in: valued("in", isIdOrNone),
  born: valued("born", isBirth),
};

/** By key, what a marker holds. */
export const markerKeys: Readonly<Record<string, Place>> = {
  ...standing,
  type: valued("type", (value) => typeof value === "string" && isKnownBlock(value), "block"),
  id: valued("id", isId),
  src: valued("src", isAddress),
  dark: valued("dark", isAddress),
  ...plainKeys("marker", ["tight", "level", "alt", "lang", "meta"]),
  rows: opening("rows", 1, byId("rows", /^[\w-]{1,64}$/, row)),
  columns: opening("columns", 1, byId("columns", /^[\w-]{1,64}$/, column)),
  cells: opening("cells", 1, byId("cells", /^[\w-]{1,64}:[\w-]{1,64}(:[\w-]{1,64})?$/, cell)),
};

/** By key, what a container's record holds. */
export const recordKeys: Readonly<Record<string, Place>> = {
  ...standing,
  kind: valued("kind", (value) => typeof value === "string" && isKnownKind(value), "container"),
  ...plainKeys("record", "list checked start mark loose type classes open set label".split(" ")),
};

const body = textOf("the body", true, keysOf("marker", markerKeys));
const record = opening("the containers", 1, keysOf("record", recordKeys));
const isOurs: Test = (value) => typeof value === "number" && value <= schemaVersion;
const meta = { schema: valued("schema", isOurs) };

const roots: Readonly<Record<string, Place["inside"]>> = {
  body: (key) => (key === null ? body : "a key of the body"),
  containers: byId("the containers", /^[\w-]{1,64}$/, record),
  meta: keysOf("meta", meta),
};

/** The place in a root, under this key of it, or what is wrong with that. */
export function placeInRoot(root: string, key: string | null, strangers: Strangers): Place | string {
  if (!Object.hasOwn(roots, root)) return "a root that is not body, containers or meta";
  return roots[root]!(key, strangers);
}

/**
 * Beside and in what was collected as garbage, or what no page should hold and this one does. Nobody sees it, so it is
 * only looked at for what could harm all the same. It goes as deep as what two people write into a table that a third
 * deletes meanwhile.
 */
const unseenPlaces: readonly Place[] = Array.from({ length: 5 }, (_, depth) => ({
  inside: () => unseenPlaces[depth + 1] ?? unseenPlaces[depth]!,
  wrong: (struct) => {
    const isType = depth < 4 && (struct.opens === 1 || struct.opens === 2);
    return isGone(struct) || isType || unseenContents.has(struct.content) ? null : content(struct, "garbage");
  },
}));
const unseenContents: ReadonlySet<string> = new Set(["string", "embed", "format", "any"]);

export const unseen: Place = unseenPlaces[0]!;
export const isUnseen = (place: Place): boolean => unseenPlaces.includes(place);
