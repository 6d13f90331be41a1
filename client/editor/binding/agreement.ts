import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type { Block, Container } from "../../../shared/body/blocks.ts";
import { sameAttrs } from "../../../shared/body/line.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import { isOneGroup, pathOf } from "../../../shared/body/tree.ts";
import { boxOf, drawBlock, groupOf } from "./draw.ts";
import { isContainer, isGroup } from "./read-nodes.ts";
import { blockAt, eachBetween, hasMarker, isBlock, sizeOf } from "./tokens.ts";

/**
 * Whether the view shows what the text holds, between two offsets of the text: each block with its content, its
 * containers, and apart from or together with its neighbours. Costs what it looks at. May say no where it would
 * take a closer look to say yes; whoever asks then draws, and finds nothing to replace.
 */
export function agrees(doc: Node, index: SegmentIndex, from: number, to: number): boolean {
  if (sizeOf(doc) !== index.length) return false;
  // From the block before the range to the one behind it: where they stand is seen from both sides.
  const first = blockAt(doc, (blockAt(doc, from) ?? { flat: 0 }).flat);
  const last = blockAt(doc, to + 1);
  const next = last && blockAt(doc, last.flat + sizeOf(last.node) + 1);
  if (!first || !next) return false;
  const segments = index.from(first.flat);
  let previous: Placed | null = null;
  let same = true;
  eachBetween(doc, first.position, next.position + next.node.nodeSize, (node, position) => {
    if (!isBlock(node) || !same) return same;
    if (!hasMarker(node) && node.content.size === 0) {
      same = position === 0 && index.length === 0 && isEmptyHead(node);
      return same;
    }
    const block = segments.next().value?.segment.block;
    const placed: Placed | null = block
      ? { node, place: doc.resolve(position), block, path: pathOf(block, index.containers) }
      : null;
    same = placed !== null && isDrawn(placed) && (previous === null || isBeside(previous, placed));
    previous = placed;
    return same;
  });
  return same;
}

type Placed = { node: Node; place: ResolvedPos; block: Block; path: readonly Container[] };

const isEmptyHead = (node: Node): boolean => node.type.name === "paragraph";

function isDrawn({ node, place, block, path }: Placed): boolean {
  const around = Array.from({ length: place.depth }, (_, n) => place.node(n + 1));
  return (
    node.eq(drawBlock(node.type.schema, block)) &&
    around.length === path.reduce((depth, each) => depth + (groupOf(each) ? 2 : 1), 0) &&
    path
      .flatMap((each) => [groupOf(each), boxOf(each)])
      .filter((each) => each !== null)
      .every((each, n) => {
        const { type, attrs } = around[n]!;
        return type.name === each.name && sameAttrs(attrs, each.attrs);
      })
  );
}

/** Whether two neighbouring blocks share exactly the nodes that they should. */
function isBeside(a: Placed, b: Placed): boolean {
  const depth = a.place.sharedDepth(b.place.pos);
  let shown = 0;
  for (let each = 1; each <= depth; each += 1) if (isContainer(b.place.node(each))) shown += 1;
  let shared = 0;
  while (shared < a.path.length && a.path[shared]?.id === b.path[shared]?.id) shared += 1;
  return shown === shared && isTogether(a.path[shared], b.path[shared]) === isGroup(b.place.node(depth));
}

function isTogether(a: Container | undefined, b: Container | undefined): boolean {
  return a !== undefined && b !== undefined && isOneGroup(a, b);
}
