import type { Attrs } from "../../body/blocks.ts";

/*
 * The lines that open a construct with an indented body, and what they say.
 *
 *     !!! note inline "An admonition"     ???+ question "A collapsible"     ===! "A tab"     [^1]: A footnote
 */

const word = "[\\p{L}\\p{N}_-]+";
const admonition = new RegExp(`^!!! ?(${word})((?: +${word})*)(?: +"(.*)")?[ \\t]*$`, "u");
const collapsible = new RegExp(
  `^\\?\\?\\?(?=.*[\\p{L}\\p{N}_"-])(\\+)?(?: ?(${word})((?: +${word})*))?(?: +"(.*)")?[ \\t]*$`,
  "u",
);
const tab = /^===(\+!|!\+|\+|!)? +"(.*)"[ \t]*$/;
const footnote = /^\[\^([^[\]\\\s]+)\]:[ \t]*(.*)$/;

export const openers = { admonition, collapsible, tab, footnote: /^\[\^[^[\]\\\s]+\]:/ } as const;

/** What such a line opens. */
export type Opening = {
  kind: "callout" | "collapsible" | "tab" | "footnote";
  attrs: Attrs;
  /** Null where the line has no title, not even an empty one. */
  title: string | null;
  /** The body's first words, on the line itself. */
  text: string;
  /** Of a tab that begins a set of its own behind another. */
  isNewSet: boolean;
};

/** What this line opens, or null where it opens nothing. */
export function openingOf(line: string): Opening | null {
  const plain = { title: null, text: "", isNewSet: false };
  const callout = admonition.exec(line);
  if (callout) {
    const attrs = named(callout[1], callout[2]);
    return { ...plain, kind: "callout", attrs, title: callout[3] ?? null };
  }
  const folded = collapsible.exec(line);
  if (folded) {
    const attrs = { ...named(folded[2], folded[3]), ...(folded[1] ? { open: true } : {}) };
    return { ...plain, kind: "collapsible", attrs, title: folded[4] ?? null };
  }
  const page = tab.exec(line);
  if (page) {
    const flags = page[1] ?? "";
    const attrs = flags.includes("+") ? { open: true } : {};
    return { ...plain, kind: "tab", attrs, title: page[2] ?? "", isNewSet: flags.includes("!") };
  }
  const note = footnote.exec(line);
  return note && { ...plain, kind: "footnote", attrs: { label: note[1] ?? "" }, text: note[2] ?? "" };
}

function named(type: string | undefined, more: string | undefined): Attrs {
  const classes = more?.trim().replaceAll(/ +/g, " ");
  return { ...(type ? { type } : {}), ...(classes ? { classes } : {}) };
}

/** A word that may stand as a type. */
export function isTypeWord(value: unknown): value is string {
  return typeof value === "string" && new RegExp(`^${word}$`, "u").test(value);
}

/** Whether a footnote may have this label: a pipe would divide a table's cells. */
export function isSafeLabel(value: unknown): value is string {
  return typeof value === "string" && /^[^\s[\]\\|]{1,200}$/.test(value);
}
