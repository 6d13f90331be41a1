import { Fragment, type Node, type ResolvedPos } from "@tiptap/pm/model";
import { ReplaceStep } from "@tiptap/pm/transform";
import type { Block } from "../../../shared/body/blocks.ts";
import type { SegmentChange, SegmentIndex } from "../../../shared/body/segment-index.ts";
import { toTree } from "../../../shared/body/tree.ts";
import { difference } from "./difference.ts";
import { drawTree } from "./draw.ts";
import { blockAt, eachBetween, isBlock, isTable, sizeOf } from "./tokens.ts";

/*
 * Draws a stretch of the body that changed, in a view that shows it as it was. What stands between the block before
 * the stretch and the block behind it, both unchanged, is drawn anew together with the two, which says how they are
 * joined; then what is equal at both ends is left out, down to characters. So the cost is that of the stretch, and
 * carets, decorations and the place on the screen stay where nothing changed.
 */

/** A block's node and the position before it. */
type Drawn = { node: Node; position: number };

/**
 * The step for one stretch; null where nothing differs. Of several, the last is to be drawn first: each is found in
 * the view as it was, and changes nothing before it.
 */
export function redraw(doc: Node, index: SegmentIndex, change: SegmentChange): ReplaceStep | null {
  const before = change.was > 0 ? blockAt(doc, change.was) : null;
  const wasEnd = change.was + lengthOf(change.removed);
  const behind = wasEnd < sizeOf(doc) ? blockAt(doc, wasEnd + 1) : null;
  const atEnd = change.at + lengthOf(change.added);
  const first = before && index.at(change.at - 1)?.segment.block;
  const last = behind && index.at(atEnd)?.segment.block;
  const blocks = [first, ...change.added.map((segment) => segment.block), last].filter(
    (block): block is Block => block !== null && block !== undefined,
  );
  const drawn = drawTree(doc.type.schema, toTree({ blocks, containers: index.containers }));
  const page = doc.type.create(doc.attrs, Fragment.fromArray(drawn));
  const old = {
    doc,
    from: before ? before.position + before.node.nodeSize : 0,
    to: behind ? behind.position : doc.content.size,
  };
  const young = {
    doc: page,
    from: first ? endOfFirst(page) : 0,
    to: last ? startOfLast(page) : page.content.size,
  };
  return smallest(old, young);
}

const lengthOf = (segments: SegmentChange["added"]): number =>
  segments.reduce((sum, segment) => sum + segment.length, 0);

function endOfFirst(page: Node): number {
  let node = page.firstChild!;
  let position = 0;
  for (; !isBlock(node); node = node.firstChild!) position += 1;
  return position + node.nodeSize;
}

function startOfLast(page: Node): number {
  let node = page.lastChild!;
  let position = page.content.size;
  for (; !isBlock(node); node = node.lastChild!) position -= 1;
  return position - node.nodeSize;
}

type Range = { doc: Node; from: number; to: number };

/** The replacement of one range by the other, without what is equal at their ends. */
function smallest(old: Range, young: Range): ReplaceStep | null {
  const [olds, youngs] = [blocksIn(old), blocksIn(young)];
  const most = Math.min(olds.length, youngs.length);
  const isSame = (a: Drawn, b: Drawn) => a.node.eq(b.node) && sameAround(old.doc, a, young.doc, b);
  let start = 0;
  while (start < most && isSame(olds[start]!, youngs[start]!)) start += 1;
  let end = 0;
  while (end < most - start && isSame(olds.at(-1 - end)!, youngs.at(-1 - end)!)) end += 1;
  const [a, b] = [olds.slice(start, olds.length - end), youngs.slice(start, youngs.length - end)];
  if (a.length === 0 && b.length === 0) return null;
  const from = start > 0 ? [endOf(olds[start - 1]!), endOf(youngs[start - 1]!)] : [old.from, young.from];
  const to = end > 0 ? [olds.at(-end)!.position, youngs.at(-end)!.position] : [old.to, young.to];
  return (
    ofOneBlock(a, b, old.doc, young.doc) ??
    cut(a, b, old, young, from as [number, number], to as [number, number])
  );
}

/** Where only the content of one block differs. */
function ofOneBlock(a: readonly Drawn[], b: readonly Drawn[], was: Node, is: Node): ReplaceStep | null {
  const [one, other] = [a[0], b[0]];
  if (a.length !== 1 || b.length !== 1 || !one || !other || !isContinued(was, one, is, other)) return null;
  return difference(one.node, other.node, one.position + 1);
}

function cut(
  a: readonly Drawn[],
  b: readonly Drawn[],
  old: Range,
  young: Range,
  [from, start]: [number, number],
  [to, end]: [number, number],
): ReplaceStep {
  const [one, other] = [a[0], b[0]];
  const isSplit = one && other && one.node.isTextblock && isContinued(old.doc, one, young.doc, other);
  // The block goes on as it was up to the first character that differs.
  const same = isSplit ? (one.node.content.findDiffStart(other.node.content) ?? 0) : -1;
  const slice = young.doc.slice(same < 0 ? start : other!.position + 1 + same, end);
  return new ReplaceStep(same < 0 ? from : one!.position + 1 + same, to, slice);
}

/** Whether a block is the same one in the same place, with other content. */
function isContinued(was: Node, a: Drawn, is: Node, b: Drawn): boolean {
  return (a.node.isTextblock || isTable(a.node)) && a.node.sameMarkup(b.node) && sameAround(was, a, is, b);
}

function sameAround(was: Node, a: Drawn, is: Node, b: Drawn): boolean {
  const [one, other]: ResolvedPos[] = [was.resolve(a.position), is.resolve(b.position)];
  if (one!.depth !== other!.depth) return false;
  for (let depth = 1; depth <= one!.depth; depth += 1)
    if (!one!.node(depth).sameMarkup(other!.node(depth))) return false;
  return true;
}

const endOf = ({ node, position }: Drawn): number => position + node.nodeSize;

function blocksIn({ doc, from, to }: Range): Drawn[] {
  const blocks: Drawn[] = [];
  if (from < to)
    eachBetween(doc, from, to, (node, position) => {
      if (isBlock(node) && position >= from && position + node.nodeSize <= to)
        blocks.push({ node, position });
    });
  return blocks;
}
