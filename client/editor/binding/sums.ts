import type { Node } from "@tiptap/pm/model";

/*
 * Where the children of a long node begin, in positions of the view and in characters of the text, found by halving
 * instead of walking. The sums of a node that was changed are those of the node before it but for the children that
 * differ, so a keystroke in a long page costs no new reckoning of the page.
 */
export type Sums = {
  readonly children: readonly Node[];
  /** At n: the size of the children before the n-th, in positions of the view; last: of all. */
  readonly positions: Float64Array;
  /** The same in characters of the text. */
  readonly flats: Float64Array;
};

const known = new WeakMap<Node, Sums>();

/** The sums that were made last: among them, most likely, are those of the node before this one. */
let recent: readonly Sums[] = [];
const mostRecent = 6;

/** The sums of a node's children; `sizeOf` says how many characters a child stands for. */
export function sumsOf(node: Node, sizeOf: (child: Node) => number): Sums {
  const before = known.get(node);
  if (before) return before;
  const sums = reckon(node.children, sizeOf);
  known.set(node, sums);
  if (node.childCount > 16) recent = [sums, ...recent.filter((each) => each !== sums)].slice(0, mostRecent);
  return sums;
}

function reckon(children: readonly Node[], sizeOf: (child: Node) => number): Sums {
  const count = children.length;
  const positions = new Float64Array(count + 1);
  const flats = new Float64Array(count + 1);
  const { base, start, end } = likest(children);
  if (base) {
    positions.set(base.positions.subarray(0, start + 1));
    flats.set(base.flats.subarray(0, start + 1));
  }
  for (let n = start; n < count - end; n += 1) {
    positions[n + 1] = positions[n]! + children[n]!.nodeSize;
    flats[n + 1] = flats[n]! + sizeOf(children[n]!);
  }
  if (base && end > 0) shift(base, end, positions, flats);
  return { children, positions, flats };
}

/** The last `end` children are those of the base, perhaps further on. */
function shift(base: Sums, end: number, positions: Float64Array, flats: Float64Array): void {
  const [to, from] = [positions.length - 1 - end, base.positions.length - 1 - end];
  const byPositions = positions[to]! - base.positions[from]!;
  const byFlats = flats[to]! - base.flats[from]!;
  for (let n = 1; n <= end; n += 1) {
    positions[to + n] = base.positions[from + n]! + byPositions;
    flats[to + n] = base.flats[from + n]! + byFlats;
  }
}

/** The sums made last that share the most children with these, at the start and at the end. */
function likest(children: readonly Node[]): { base: Sums | null; start: number; end: number } {
  let best: { base: Sums | null; start: number; end: number } = { base: null, start: 0, end: 0 };
  if (children.length <= 16) return best;
  for (const base of recent) {
    const most = Math.min(children.length, base.children.length);
    let start = 0;
    while (start < most && children[start] === base.children[start]) start += 1;
    let end = 0;
    while (end < most - start && children.at(-1 - end) === base.children.at(-1 - end)) end += 1;
    if (start + end > best.start + best.end) best = { base, start, end };
    if (start + end >= most - 1) break;
  }
  return best;
}

/** The last place in rising sums that is not above a value; at most `most`. */
export function placeIn(sums: Float64Array, value: number, most: number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sums[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
