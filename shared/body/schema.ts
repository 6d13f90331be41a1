import type { Attrs } from "./blocks.ts";

/**
 * What a body of this version may hold, as data. Editor, Markdown and gate ask here; a type that is not here is
 * kept as it is, shown as what it is, and never repaired.
 */

/**
 * Raised when a body written by this version cannot be edited by an earlier one. Kept in the page's `meta` map.
 *
 * 1: paragraphs, headings, code, raw blocks, rules; quotes and items.
 * 2: titles, figures, tables, properties; callouts, collapsibles, tabs, footnotes, tasks; `born`.
 */
export const schemaVersion = 2;

/**
 * How a block holds its text: `inline` with marks and atoms, `plain` characters only (marks and atoms that
 * concurrency brings in are kept and hidden), `none` for a block that is a thing by itself.
 */
export type Holds = "inline" | "plain" | "none";

const known: { readonly [type: string]: { readonly holds: Holds } } = {
  paragraph: { holds: "inline" },
  heading: { holds: "inline" },
  title: { holds: "inline" },
  figure: { holds: "inline" },
  table: { holds: "none" },
  code: { holds: "plain" },
  properties: { holds: "plain" },
  raw: { holds: "plain" },
  rule: { holds: "none" },
};

export const blockTypes: readonly string[] = Object.keys(known);

/** What blocks can stand in. A container of another kind is passed over, and kept. */
export const containerKinds = ["quote", "item", "callout", "collapsible", "tab", "footnote"] as const;
export type ContainerKind = (typeof containerKinds)[number];

export const isKnownKind = (kind: string): kind is ContainerKind =>
  (containerKinds as readonly string[]).includes(kind);

export const isKnownBlock = (type: string): boolean => Object.hasOwn(known, type);

/** How a block of this type holds text. An unknown type shows its characters. */
export const holds = (type: string): Holds => (isKnownBlock(type) ? known[type]!.holds : "plain");

export const markNames = ["bold", "italic", "strike", "code", "link"] as const;
export type MarkName = (typeof markNames)[number];

export const atomTypes = ["break", "image", "footnote", "html", "raw"] as const;
export type AtomType = (typeof atomTypes)[number];

/** A heading's level, whatever its attributes hold: 1 to 6. */
export function levelOf(attrs: Attrs): number {
  const level = attrs["level"];
  return typeof level === "number" && level >= 1 && level <= 6 ? Math.floor(level) : 1;
}

/** Schemes that a link or an image may have; without a scheme an address is relative and fine. */
const schemes = new Set(["http", "https", "mailto", "page", "asset"]);

/**
 * Whether an address may be made live. Control characters and spaces inside the scheme are what browsers skip
 * and filters miss, so they are skipped here, too.
 */
export function isSafeAddress(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- these are the characters that browsers skip
  const bare = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, "");
  const scheme = /^([^/?#:]*):/.exec(bare)?.[1];
  return scheme === undefined || schemes.has(scheme.toLowerCase());
}
