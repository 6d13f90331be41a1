import * as Y from "yjs";
import type { Atom, Attrs, Inline, Marks, Value } from "./blocks.ts";

/* Inline content in a Y.Text: characters, format keys that open and close, embedded atoms. */

export const noMarks: Marks = {};

/** The runs of a text of its own, as of a table's cell. */
export function readLine(text: Y.Text): Inline[] {
  const content: Inline[] = [];
  let open = noMarks;
  for (let item = text._start; item; item = item.right) open = readItem(item, open, content);
  return content;
}

/** Adds what an item holds to the runs; answers the formats that are open behind it. */
export function readItem(item: Y.Item, open: Marks, content: Inline[]): Marks {
  if (item.deleted) return open;
  if (item.content instanceof Y.ContentFormat) return withFormat(open, item.content);
  if (item.content instanceof Y.ContentString) addText(content, item.content.str, open);
  else if (item.content instanceof Y.ContentEmbed) {
    content.push({ atom: toAtom(item.content.embed), ...marked(open) });
  } else {
    // No program of ours writes anything else; each counts, so that the addressing holds, and is kept.
    for (let n = 0; n < item.length; n += 1) content.push({ atom: { type: "unknown" }, ...marked(open) });
  }
  return open;
}

function withFormat(open: Marks, { key, value }: Y.ContentFormat): Marks {
  const { [key]: _, ...others } = open;
  return value === null ? others : { ...others, [key]: value as unknown as Value };
}

function addText(content: Inline[], text: string, open: Marks): void {
  const last = content.at(-1);
  if (last && "text" in last && sameAttrs(last.marks ?? noMarks, open)) {
    content[content.length - 1] = { ...last, text: last.text + text };
  } else content.push({ text, ...marked(open) });
}

const marked = (open: Marks): { marks?: Marks } => (Object.keys(open).length > 0 ? { marks: open } : {});

function toAtom(embed: unknown): Atom {
  const isAtom =
    typeof embed === "object" && embed !== null && "type" in embed && typeof embed.type === "string";
  return isAtom ? (embed as Atom) : { type: "unknown" };
}

export function sameLine(a: readonly Inline[], b: readonly Inline[]): boolean {
  return a.length === b.length && a.every((run, n) => sameInline(run, b[n]!));
}

function sameInline(a: Inline, b: Inline): boolean {
  if (!sameAttrs(a.marks ?? noMarks, b.marks ?? noMarks)) return false;
  if ("text" in a) return "text" in b && a.text === b.text;
  return "atom" in b && sameAttrs(a.atom, b.atom);
}

/** Whether two sets of attributes or marks hold the same, whatever the order of their keys. */
export function sameAttrs(a: Attrs, b: Attrs): boolean {
  if (a === b) return true;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => sameValue(a[name], b[name]));
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return sameAttrs(a as Attrs, b as Attrs);
}
