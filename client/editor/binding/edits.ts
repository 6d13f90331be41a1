import type { Mark, Node } from "@tiptap/pm/model";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import { sameAttrs } from "../../../shared/body/line.ts";
import { mapKept, type Change } from "./changes.ts";
import { isContainer, readAtom } from "./read-nodes.ts";
import { sameEnds } from "./same-ends.ts";
import { eachBetween, hasMarker, isBlock, isTable } from "./tokens.ts";

/*
 * What a change of the view does to its tokens. Old and new ones are paired by the steps' own maps, so that what a
 * command left alone is never written again; only where a step replaced something are the two sides compared,
 * markers by their ids, characters by what is equal at both ends.
 */

/** One character's worth of the view. */
export type Token = {
  position: number;
  /** A marker's id, a character, or null for an atom. */
  marker: BlockId | null;
  char: string | null;
  node: Node;
  marks: readonly Mark[];
  block: PlacedBlock;
};

export type PlacedBlock = {
  node: Node;
  /** Where its text begins in the view. */
  start: number;
  in: ContainerId | null;
};

/** What to do to the text next, from left to right. */
export type Edit =
  { do: "keep"; old: Token; new: Token } | { do: "delete"; old: Token } | { do: "insert"; new: Token };

/** What a change does to the text, from the token on that stands where the change begins. */
export function editsOf(before: Node, after: Node, change: Change): Edit[] {
  const then = tokens(before, change.oldFrom, change.oldTo);
  const now = tokens(after, change.newFrom, change.newTo);
  return pair(then, now, change);
}

/** Every token of the view from one position to another. */
function tokens(doc: Node, from: number, to: number): Token[] {
  const result: Token[] = [];
  const path: { id: ContainerId; end: number }[] = [];
  eachBetween(doc, from, to, (node, position) => {
    while (path.length > 0 && path.at(-1)!.end <= position) path.pop();
    if (isBlock(node)) blockTokens(node, position, path.at(-1)?.id ?? null, from, to, result);
    else if (isContainer(node))
      path.push({ id: node.attrs["cid"] as ContainerId, end: position + node.nodeSize });
  });
  return result;
}

function blockTokens(
  node: Node,
  position: number,
  container: ContainerId | null,
  from: number,
  to: number,
  result: Token[],
): void {
  const block = { node, start: position + 1, in: container };
  // A change within a table is a change of its one token.
  if (hasMarker(node) && (position >= from || isTable(node))) {
    const marker = node.attrs["id"] as BlockId;
    result.push({ position, marker, char: null, node, marks: [], block });
  }
  if (isTable(node)) return;
  node.forEach((child, offset) => {
    const start = position + 1 + offset;
    const text = child.text ?? null;
    for (let n = Math.max(0, from - start); n < Math.min(child.nodeSize, to - start); n += 1) {
      const char = text === null ? null : text.charAt(n);
      result.push({ position: start + n, marker: null, char, node: child, marks: child.marks, block });
    }
  });
}

function pair(then: readonly Token[], now: readonly Token[], change: Change): Edit[] {
  const places = new Map(now.map((token, n) => [token.position, n]));
  const edits: Edit[] = [];
  let from = 0;
  let to = 0;
  then.forEach((old, n) => {
    const place = mapKept(change.spans, old.position);
    const at = place === null ? undefined : places.get(place);
    const token = at === undefined ? undefined : now[at];
    if (at === undefined || !token || at < to || !isSameThing(old, token)) return;
    pairGap(then.slice(from, n), now.slice(to, at), edits);
    edits.push({ do: "keep", old, new: token });
    from = n + 1;
    to = at + 1;
  });
  pairGap(then.slice(from), now.slice(to), edits);
  return edits;
}

/** Whether two tokens are one thing, perhaps with other attributes or marks. */
function isSameThing(a: Token, b: Token): boolean {
  if (a.marker !== null || b.marker !== null) return a.marker === b.marker;
  if (a.char !== null || b.char !== null) return a.char === b.char;
  return sameAttrs(readAtom(a.node), readAtom(b.node));
}

/** Between two kept tokens: markers pair by their ids, in order; the characters between them from both ends. */
function pairGap(then: readonly Token[], now: readonly Token[], edits: Edit[]): void {
  const places = markerPlaces(now);
  let from = 0;
  let to = 0;
  then.forEach((old, n) => {
    const at = old.marker === null ? undefined : places.get(old.marker);
    if (at === undefined || at < to) return;
    pairEnds(then.slice(from, n), now.slice(to, at), edits);
    edits.push({ do: "keep", old, new: now[at]! });
    from = n + 1;
    to = at + 1;
  });
  pairEnds(then.slice(from), now.slice(to), edits);
}

function markerPlaces(tokens: readonly Token[]): Map<BlockId, number> {
  const places = new Map<BlockId, number>();
  tokens.forEach(({ marker }, n) => marker !== null && places.set(marker, n));
  return places;
}

function pairEnds(then: readonly Token[], now: readonly Token[], edits: Edit[]): void {
  const { start, end } = sameEnds(then, now, isSameThing);
  const keep = (n: number, m: number) => edits.push({ do: "keep", old: then[n]!, new: now[m]! });
  for (let n = 0; n < start; n += 1) keep(n, n);
  for (const old of then.slice(start, then.length - end)) edits.push({ do: "delete", old });
  for (const token of now.slice(start, now.length - end)) edits.push({ do: "insert", new: token });
  for (let n = end; n > 0; n -= 1) keep(then.length - n, now.length - n);
}
