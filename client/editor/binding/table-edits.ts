import type { Mark, Node } from "@tiptap/pm/model";
import type { Attrs, Value } from "../../../shared/body/blocks.ts";
import { sameAttrs, sameValue } from "../../../shared/body/line.ts";
import type { Edit } from "../../../shared/body/table-cells.ts";
import { readAtom, readMarks } from "./read-nodes.ts";
import { sameEnds } from "./same-ends.ts";

/*
 * What to do to a cell's text so that it holds what another node of the cell shows. Characters that the steps left
 * alone are never written again; where something was replaced, the two sides are compared from both ends.
 */

/** A character, whole even where it takes two units of a string, or an atom. */
type Token = { at: number; size: number; char: string | null; node: Node };
type Pair = readonly [then: number, now: number];

/** `keptAt` says where a place in the old content stands in the new, or null where it was replaced. */
export function cellEdits(
  before: Node | null,
  after: Node,
  keptAt: (place: number) => number | null = () => null,
): Edit[] {
  const [then, now] = [before ? tokens(before) : [], tokens(after)];
  const edits: Edit[] = [];
  let [n, m] = [0, 0];
  for (const [i, j] of [...pairs(then, now, keptAt), [then.length, now.length] as const]) {
    for (; n < i; n += 1) put({ delete: then[n]!.size }, edits);
    for (; m < j; m += 1) put(insertion(now[m]!), edits);
    const [old, token] = [then[i], now[j]];
    if (old && token) put(retention(old, token), edits);
    [n, m] = [i + 1, j + 1];
  }
  return edits;
}

function tokens(cell: Node): Token[] {
  const result: Token[] = [];
  cell.forEach((node, offset) => {
    let at = offset;
    for (const char of node.text ?? [null]) {
      const size = char?.length ?? 1;
      result.push({ at, size, char, node });
      at += size;
    }
  });
  return result;
}

/** Which token is which, in order: first by the steps, then what is equal at both ends of each gap. */
function pairs(
  then: readonly Token[],
  now: readonly Token[],
  keptAt: (place: number) => number | null,
): Pair[] {
  const places = new Map(now.map((token, n) => [token.at, n]));
  const result: Pair[] = [];
  let from: Pair = [0, 0];
  then.forEach((token, n) => {
    const place = keptAt(token.at);
    const m = place === null ? undefined : places.get(place);
    if (m === undefined || m < from[1] || !isSame(token, now[m]!)) return;
    pairEnds(then, now, from, [n, m], result);
    result.push([n, m]);
    from = [n + 1, m + 1];
  });
  pairEnds(then, now, from, [then.length, now.length], result);
  return result;
}

function pairEnds(then: readonly Token[], now: readonly Token[], from: Pair, to: Pair, result: Pair[]): void {
  const { start, end } = sameEnds(then.slice(from[0], to[0]), now.slice(from[1], to[1]), isSame);
  for (let n = 0; n < start; n += 1) result.push([from[0] + n, from[1] + n]);
  for (let n = end; n > 0; n -= 1) result.push([to[0] - n, to[1] - n]);
}

/** Whether two tokens are one thing, perhaps with other marks. */
function isSame(a: Token, b: Token): boolean {
  if (a.char !== null || b.char !== null) return a.char === b.char;
  return sameAttrs(readAtom(a.node), readAtom(b.node));
}

const insertion = ({ char, node }: Token): Edit => ({
  insert: char ?? readAtom(node),
  attributes: readMarks(node.marks),
});

function retention(old: Token, token: Token): Edit {
  const attributes = changesOf(old.node.marks, token.node.marks);
  return { retain: old.size, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) };
}

/** The formats to set on a kept character: of those that the view shows, what differs. */
function changesOf(before: readonly Mark[], after: readonly Mark[]): Attrs {
  if (before === after) return {};
  const [then, now] = [readMarks(before), readMarks(after)];
  const changes: { [name: string]: Value } = {};
  for (const name of Object.keys(then)) if (!(name in now)) changes[name] = null;
  for (const [name, value] of Object.entries(now)) if (!sameValue(then[name], value)) changes[name] = value;
  return changes;
}

/** Puts an edit behind others, as one with the last where they do the same. */
function put(edit: Edit, edits: Edit[]): void {
  const last = edits.at(-1);
  const joined = last && join(last, edit);
  if (joined) edits[edits.length - 1] = joined;
  else edits.push(edit);
}

function join(a: Edit, b: Edit): Edit | null {
  if ("delete" in a && "delete" in b) return { delete: a.delete + b.delete };
  if ("retain" in a && "retain" in b && isSameFormat(a.attributes, b.attributes))
    return { ...a, retain: a.retain + b.retain };
  const isText =
    "insert" in a && typeof a.insert === "string" && "insert" in b && typeof b.insert === "string";
  return isText && isSameFormat(a.attributes, b.attributes)
    ? { insert: `${a.insert}${b.insert}`, attributes: a.attributes }
    : null;
}

const isSameFormat = (a: Attrs = {}, b: Attrs = {}): boolean => sameAttrs(a, b);
