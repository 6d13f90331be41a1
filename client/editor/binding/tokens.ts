import type { Node } from "@tiptap/pm/model";
import { placeIn, sumsOf, type Sums } from "./sums.ts";

/*
 * The view and the text are addressed alike: the tokens of the view, in order, are the characters of the Y.Text.
 * A block's opening counts one where it has a marker, each character and each atom of its text counts one, and
 * containers and closings count nothing.
 */

/**
 * Whether this node is a block of the body: something with a marker, and perhaps with text. A table is one: what
 * stands in its cells has addresses of its own.
 */
export const isBlock = (node: Node): boolean =>
  node.isTextblock || (node.isBlock && node.isLeaf) || isTable(node);

export const isTable = (node: Node): boolean => node.type.name === "table";

/** Whether a block stands for a marker; text before the first marker is drawn without one. */
export const hasMarker = (node: Node): boolean => node.attrs["id"] !== null;

/** How many characters of the Y.Text a node stands for. */
export function sizeOf(node: Node): number {
  if (isBlock(node)) return (hasMarker(node) ? 1 : 0) + textSize(node);
  return sums(node).flats[node.childCount]!;
}

const sums = (node: Node): Sums => sumsOf(node, sizeOf);

const textSize = (node: Node): number => (isTable(node) ? 0 : node.content.size);

/** The offset in the text at which a position of the view stands. Between blocks: before the next marker. */
export function flatAt(doc: Node, position: number): number {
  let flat = 0;
  let node = doc;
  let rest = position;
  while (!isBlock(node)) {
    const { positions, flats, children } = sums(node);
    const n = placeIn(positions, rest, node.childCount);
    flat += flats[n]!;
    rest -= positions[n]!;
    if (n === node.childCount || rest === 0) return flat;
    node = children[n]!;
    rest -= 1;
  }
  return flat + (hasMarker(node) ? 1 : 0) + Math.min(rest, textSize(node));
}

/**
 * The position of the view for a place between two characters of the text. Before a marker is the end of the
 * block before it, so a caret stays where it was when somebody splits behind it.
 */
export function positionAt(doc: Node, flat: number): number {
  const block = blockAt(doc, flat);
  if (!block) return doc.content.size;
  const inside = Math.max(0, flat - block.flat - (hasMarker(block.node) ? 1 : 0));
  return block.node.isTextblock ? block.position + 1 + inside : block.position;
}

/** The block whose text ends at or behind this offset, its position, and the offset at which it begins. */
export function blockAt(doc: Node, flat: number): { node: Node; position: number; flat: number } | null {
  let node = doc;
  let position = 0;
  let begin = 0;
  while (!isBlock(node)) {
    if (node.childCount === 0) return null;
    const { positions, flats, children } = sums(node);
    // The first child that ends at or behind the offset: the one behind the last that ends before it.
    const n = Math.min(endsBefore(flats, flat - begin), node.childCount - 1);
    begin += flats[n]!;
    position += positions[n]!;
    node = children[n]!;
    if (!isBlock(node)) position += 1;
  }
  return { node, position, flat: begin };
}

/** How many children end before an offset; the first of several ends that are equal counts as behind it. */
function endsBefore(flats: Float64Array, offset: number): number {
  let low = 0;
  let high = flats.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (flats[middle + 1]! < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Visits the nodes that reach into a range of the view, in order, with their positions and parents; those within a
 * node only where `visit` does not answer false. Unlike `nodesBetween` it does not walk past what stands before.
 */
export function eachBetween(
  node: Node,
  from: number,
  to: number,
  visit: (node: Node, position: number, parent: Node) => boolean | void,
  start = 0,
): void {
  if (node.childCount === 0) return;
  const { positions, children } = sums(node);
  let n = Math.max(0, placeIn(positions, from - start, node.childCount - 1));
  for (; n < node.childCount && start + positions[n]! < to; n += 1) {
    const position = start + positions[n]!;
    const child = children[n]!;
    if (position + child.nodeSize <= from || visit(child, position, node) === false || isBlock(child))
      continue;
    eachBetween(child, from, to, visit, position + 1);
  }
}
