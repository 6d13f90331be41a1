import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type { Block, Container } from "../../../shared/body/blocks.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import { sameAttrs } from "../../../shared/body/segments.ts";
import { isOneGroup, pathOf } from "../../../shared/body/tree.ts";
import { drawBlock } from "./draw.ts";
import { isContainer, isGroup, readContainerNode } from "./read-nodes.ts";
import { blockAt, flatAt, hasMarker, isBlock, sizeOf } from "./tokens.ts";

/**
 * Whether the view shows what the text holds, between two positions of the view: each block with its content, its
 * containers, and apart from or together with its neighbours. Costs what it looks at. May say no where it would
 * take a closer look to say yes; whoever asks then draws, and finds nothing to replace.
 */
export function agrees(doc: Node, index: SegmentIndex, length: number, from: number, to: number): boolean {
  if (sizeOf(doc) !== length) return false;
  // From the block before the range to the one behind it: where they stand is seen from both sides.
  const first = blockAt(doc, (blockAt(doc, flatAt(doc, from)) ?? { flat: 0 }).flat);
  const last = blockAt(doc, flatAt(doc, to) + 1);
  const next = last && blockAt(doc, last.flat + sizeOf(last.node) + 1);
  if (!first || !next) return false;
  let number = index.numberAt(first.flat);
  let previous: Placed | null = null;
  let same = true;
  doc.nodesBetween(first.position, next.position + next.node.nodeSize, (node, position) => {
    if (!isBlock(node) || !same) return same;
    const isHead = !hasMarker(node) && node.content.size === 0;
    if (isHead) {
      same = position === 0 && isEmptyHead(node);
      return false;
    }
    const block = index.segments[number]?.block;
    number += 1;
    const placed: Placed | null = block
      ? { node, place: doc.resolve(position), block, path: pathOf(block, index.containers) }
      : null;
    same = placed !== null && isDrawn(placed) && (previous === null || isBeside(previous, placed));
    previous = placed;
    return false;
  });
  return same;
}

type Placed = { node: Node; place: ResolvedPos; block: Block; path: readonly Container[] };

const isEmptyHead = (node: Node): boolean => node.type.name === "paragraph";

function isDrawn({ node, place, block, path }: Placed): boolean {
  const around = containersAround(place);
  return (
    node.eq(drawBlock(node.type.schema, block)) &&
    around.length === path.length &&
    around.every((each, n) => each.id === path[n]!.id && sameAttrs(each.attrs, path[n]!.attrs))
  );
}

function containersAround(place: ResolvedPos): Container[] {
  const around: Container[] = [];
  for (let depth = 1; depth <= place.depth; depth += 1) {
    const node = place.node(depth);
    if (isContainer(node)) around.push(readContainerNode(node, place.node(depth - 1), null));
  }
  return around;
}

/** Whether two neighbouring blocks share exactly the nodes that they should. */
function isBeside(a: Placed, b: Placed): boolean {
  const depth = a.place.sharedDepth(b.place.pos);
  const shown = containersAround(b.place.doc.resolve(b.place.pos)).length - containersBelow(b.place, depth);
  let shared = 0;
  while (shared < a.path.length && a.path[shared]?.id === b.path[shared]?.id) shared += 1;
  return shown === shared && isTogether(a.path[shared], b.path[shared]) === isGroup(b.place.node(depth));
}

function containersBelow(place: ResolvedPos, depth: number): number {
  let count = 0;
  for (let each = depth + 1; each <= place.depth; each += 1) if (isContainer(place.node(each))) count += 1;
  return count;
}

function isTogether(a: Container | undefined, b: Container | undefined): boolean {
  return a !== undefined && b !== undefined && isOneGroup(a, b);
}
