import type { Root } from "mdast";
import { limits } from "../base/limits.ts";
import type { Body } from "../body/blocks.ts";
import { costOf } from "./cost.ts";
import type { Flavour } from "./flavour.ts";
import { isOpen, partEnds } from "./parts.ts";
import { BodyReader, type Budget } from "./read-blocks.ts";
import { parse } from "./syntax/parse.ts";

export type ReadOptions = {
  flavour: Flavour;
  /** Makes the id of a block or container. */
  makeId: () => string;
};

/**
 * A page's Markdown as a body. Accepts every text and drops nothing: what is not understood, or what a body could
 * not hold exactly, stays as a raw block (or a raw atom in text) with its source. So do the parts of a text that
 * would take longer to read than `limits.markdownReadMs`.
 */
export function readMarkdown(source: string, { flavour, makeId }: ReadOptions): Body {
  const text = source.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const budget: Budget = { leftMs: limits.markdownReadMs };
  const reader = new BodyReader(flavour, makeId, budget);
  let ends = partEnds(text);
  for (let start = 0; start < text.length;) {
    const { end, root } = nextPart(text, start, ends, flavour, budget);
    const part = text.slice(start, end);
    if (root) reader.part(part, root);
    else reader.raw(part, null);
    start = end;
    ends = ends.slice(ends.indexOf(end) + 1);
  }
  return reader.body();
}

/** The part that begins here, read, or unread (null) where that would take longer than there is left. */
function nextPart(
  text: string,
  start: number,
  ends: readonly number[],
  flavour: Flavour,
  budget: Budget,
): { end: number; root: Root | null } {
  // What ends in open code or HTML is read again with twice as much behind it: all in all that stays linear.
  for (let count = 1; ; count *= 2) {
    const end = ends[Math.min(count, ends.length) - 1] ?? text.length;
    const part = text.slice(start, end);
    const cost = costOf(part);
    if (cost > budget.leftMs) return { end, root: null };
    budget.leftMs -= cost;
    const root = parse(part, flavour, { isStart: start === 0, defined: [] });
    if (end === text.length || !isOpen(root, part, flavour)) return { end, root };
  }
}
