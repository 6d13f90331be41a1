import { NodeRange, type Node, type ResolvedPos } from "@tiptap/pm/model";
import { TextSelection, type Selection, type Transaction } from "@tiptap/pm/state";
import { isContainer, isGroup, isInCell } from "../binding/read-nodes.ts";

/* Where the selection stands: its line, the blocks that it reaches, and the smallest thing that moves as one. */

/** The caret, where the selection is one and stands in a line of the page; the cells of tables are not its lines. */
export function caretOf({ selection }: Transaction): ResolvedPos | null {
  const { $from, empty } = selection;
  const isCaret = selection instanceof TextSelection && empty && $from.parent.isTextblock;
  return isCaret && !reachesCell(selection) ? $from : null;
}

/** Whether a selection begins or ends in a table's cell. */
export const reachesCell = ({ $from, $to }: Selection): boolean => isInCell($from) || isInCell($to);

export const isAtStart = ($at: ResolvedPos): boolean => $at.parentOffset === 0;
export const isAtEnd = ($at: ResolvedPos): boolean => $at.parentOffset === $at.parent.content.size;

export const isTitle = (node: Node | null | undefined): boolean => node?.type.name === "title";
export const isItem = (node: Node | null | undefined): boolean => node?.type.name === "listItem";
export const isList = (node: Node | null | undefined): boolean =>
  node?.type.spec.group?.split(" ").includes("list") ?? false;

/** Whether a line is the title of the container that it stands first in. */
export const isTitleOf = ($at: ResolvedPos): boolean =>
  isTitle($at.parent) && $at.index(-1) === 0 && mayHaveTitle($at.node(-1));

export const mayHaveTitle = (node: Node): boolean =>
  ["callout", "collapsible", "tab"].includes(node.type.name);

/** What a line is made of: nothing that must not be mixed with other lines. */
export const isProse = (node: Node | null | undefined): boolean =>
  node !== null && node !== undefined && ["paragraph", "heading", "title"].includes(node.type.name);

/** A block that is a thing by itself: it is selected before it is deleted, and no words are joined to it. */
export function isThing(node: Node): boolean {
  if (node.type.name === "figure") return node.content.size === 0;
  return ["horizontalRule", "table", "properties", "rawBlock", "unknownBlock"].includes(node.type.name);
}

/** The depth of the nearest node around a place for which this holds; null where there is none. */
export function depthOf($at: ResolvedPos, is: (node: Node) => boolean): number | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) if (is($at.node(depth))) return depth;
  return null;
}

const holdsBlocks = (node: Node): boolean => isContainer(node) || node.type.name === "doc";

/** The neighbouring blocks, of one container, that the selection reaches. */
export function blocksOf({ selection: { $from, $to } }: Transaction): NodeRange | null {
  return $from.blockRange($to, holdsBlocks);
}

/** As `blocksOf`; but where a container's title is reached, the container itself is meant. */
export function wholeBlocksOf(transaction: Transaction): NodeRange | null {
  let range = blocksOf(transaction);
  while (range && range.depth > 0 && range.startIndex === 0 && isTitle(range.parent.firstChild))
    range = outside(range, holdsBlocks);
  return range;
}

/** What around a range is a range of blocks itself. */
export function outside({ $from, $to, depth }: NodeRange, is: (node: Node) => boolean): NodeRange | null {
  for (let outer = depth - 1; outer >= 0; outer -= 1)
    if (is($from.node(outer))) return new NodeRange($from, $to, outer);
  return null;
}

/**
 * What is moved, doubled and deleted as one: the reached blocks, or items; for an item's own line the item with its
 * children, for a title its container, and for all that a container holds the outermost such container.
 */
export function unitOf({ selection: { $from, $to } }: Pick<Transaction, "selection">): NodeRange | null {
  const is = (node: Node) => holdsBlocks(node) || isGroup(node);
  let range = $from.blockRange($to, is);
  while (range && range.depth > 0 && standsForAll(range)) range = outside(range, is);
  return range;
}

function standsForAll({ parent, startIndex, endIndex }: NodeRange): boolean {
  if (startIndex > 0) return false;
  return endIndex === parent.childCount || isItem(parent) || isTitle(parent.firstChild);
}

/** A range of siblings by their positions. */
export function rangeAt(doc: Node, from: number, to: number): NodeRange {
  const $from = doc.resolve(from);
  return new NodeRange($from, doc.resolve(to), $from.depth);
}
