import type { Node } from "@tiptap/pm/model";

/*
 * The view and the text are addressed alike: the tokens of the view, in order, are the characters of the Y.Text.
 * A block's opening counts one where it has a marker, each character and each atom of its text counts one, and
 * containers and closings count nothing. Sizes are remembered with the nodes, which never change.
 */
const sizes = new WeakMap<Node, number>();

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
  const known = sizes.get(node);
  if (known !== undefined) return known;
  let size = 0;
  node.forEach((child) => (size += sizeOf(child)));
  sizes.set(node, size);
  return size;
}

const textSize = (node: Node): number => (isTable(node) ? 0 : node.content.size);

/** The offset in the text at which a position of the view stands. Between blocks: before the next marker. */
export function flatAt(doc: Node, position: number): number {
  let flat = 0;
  let node = doc;
  let rest = position;
  while (!isBlock(node)) {
    let n = 0;
    for (; n < node.childCount && rest >= node.child(n).nodeSize; n += 1) {
      rest -= node.child(n).nodeSize;
      flat += sizeOf(node.child(n));
    }
    if (n === node.childCount || rest === 0) return flat;
    node = node.child(n);
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
    let n = 0;
    for (; n < node.childCount - 1 && begin + sizeOf(node.child(n)) < flat; n += 1) {
      begin += sizeOf(node.child(n));
      position += node.child(n).nodeSize;
    }
    if (node.childCount === 0) return null;
    node = node.child(n);
    if (!isBlock(node)) position += 1;
  }
  return { node, position, flat: begin };
}
