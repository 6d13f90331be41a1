import type { Root } from "mdast";
import type { Flavour } from "./flavour.ts";

/*
 * A page is read in parts, because reading costs more than in proportion to length. A part ends before a line
 * without indent that follows a blank line and begins no list item: such a line closes every container, so what
 * was before it cannot reach it, but for code or HTML that is still open. Whoever reads looks for that (isOpen)
 * and reads on.
 */

/** Characters of a part, at least. */
const partLeast = 4_000;

/** Where parts may end, in order; the last is the text's end. */
export function partEnds(source: string): number[] {
  const ends: number[] = [];
  if (!hasDefinitions(source)) {
    const boundary = /\n[ \t]*\n(?=(?![-*+][ \t\n]|\d{1,9}[.)])[^\s])/g;
    boundary.lastIndex = Math.max(0, frontMatterEnd(source) - 1);
    let last = 0;
    for (let match = boundary.exec(source); match; match = boundary.exec(source)) {
      if (boundary.lastIndex - last < partLeast) continue;
      last = boundary.lastIndex;
      ends.push(last);
    }
  }
  return [...ends.filter((end) => end < source.length), source.length];
}

/** References work across a whole page: a page with definitions is one part. */
function hasDefinitions(source: string): boolean {
  return /\[(?!\^)(?:[^[\]\\]|\\.){1,999}\]:/.test(source);
}

function frontMatterEnd(source: string): number {
  if (!/^---[ \t]*\n/.test(source)) return 0;
  const closing = /\n---[ \t]*(?:\n|$)/.exec(source.slice(3));
  return closing ? 3 + closing.index + closing[0].length : 0;
}

/** Whether the part that reads like this ends in code, HTML or a collapsible of GitHub's that goes on beyond it. */
export function isOpen(root: Root, source: string, flavour: Flavour): boolean {
  if (flavour === "gfm" && hasOpenDetails(root)) return true;
  const last = root.children.at(-1);
  if (last?.type === "code") {
    const own = source.slice(last.position?.start.offset, last.position?.end.offset);
    const fence = /^(?:`{3,}|~{3,})/.exec(own)?.[0];
    const end = own.slice(own.lastIndexOf("\n") + 1).trim();
    return fence !== undefined && !(own.includes("\n") && end.startsWith(fence) && /^(?:`+|~+)$/.test(end));
  }
  if (last?.type !== "html") return false;
  const until = htmlEnds.find(([start]) => start.test(last.value))?.[1];
  return until !== undefined && !until.test(last.value);
}

/** HTML that goes on over blank lines, and what ends it. */
const htmlEnds: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^\s*<(?:script|pre|style|textarea)(?:\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^\s*<!--/, /-->/],
  [/^\s*<\?/, /\?>/],
  [/^\s*<!\[CDATA\[/, /\]\]>/],
  [/^\s*<![A-Za-z]/, />/],
];

function hasOpenDetails({ children }: Root): boolean {
  let open = 0;
  for (const node of children) {
    if (node.type !== "html") continue;
    if (/^<details[ >]/.test(node.value)) open += 1;
    else if (node.value.startsWith("</details>")) open = Math.max(0, open - 1);
  }
  return open > 0;
}
