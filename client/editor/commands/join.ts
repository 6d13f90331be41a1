import { Slice, type Node, type ResolvedPos } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import { ReplaceAroundStep } from "@tiptap/pm/transform";
import { joinAcross } from "./across.ts";
import { select, selectNode } from "./edit.ts";
import { isItem, isList, isProse, isThing } from "./where.ts";

/* What stands above or below a line in the order of reading, and how two lines become one. */

type Found = { node: Node; position: number };

/** The line or thing that is read before, or behind, the line of this place; null at the page's ends. */
export function neighbour($at: ResolvedPos, side: -1 | 1): Found | null {
  const isBefore = side < 0;
  for (let depth = $at.depth - 1; depth >= 0; depth -= 1) {
    const parent = $at.node(depth);
    const index = $at.index(depth) + side;
    if (index < 0 || index >= parent.childCount) continue;
    const position = isBefore ? $at.before(depth + 1) - parent.child(index).nodeSize : $at.after(depth + 1);
    return innermost(parent.child(index), position, isBefore);
  }
  return null;
}

function innermost(node: Node, position: number, isLast: boolean): Found {
  const child = isLast ? node.lastChild : node.firstChild;
  if (node.isTextblock || isThing(node) || !child) return { node, position };
  const inside = isLast ? position + node.nodeSize - 1 - child.nodeSize : position + 1;
  return innermost(child, inside, isLast);
}

/** Whether the words of one line can go behind those of another: prose to prose, and one line of code. */
function areJoinable(above: Node, below: Node): boolean {
  if (above.type.name === "codeBlock")
    return below.type.name === "codeBlock" || below.children.every((child) => child.isText);
  const isInline = isProse(above) || above.type.name === "figure";
  return (
    isInline && (isProse(below) || (below.type.name === "codeBlock" && !below.textContent.includes("\n")))
  );
}

/** Makes one line of two that follow each other, whatever they stand in. The caret is where they met. */
export function joinLines(transaction: Transaction, above: Found, below: Found): boolean {
  if (!above.node.isTextblock || !below.node.isTextblock) return false;
  if (!areJoinable(above.node, below.node)) return false;
  const seam = above.position + above.node.nodeSize - 1;
  const [$above, $below] = [seam, below.position + 1].map((at) => transaction.doc.resolve(at));
  if (areInBoxes($above!, $below!)) {
    joinAcross(transaction, $above!, $below!);
    return select(transaction, seam);
  }
  transaction.delete(seam, below.position + 1);
  if (transaction.doc.resolve(seam).parent.type.spec.code)
    transaction.clearIncompatible(above.position, transaction.doc.resolve(seam).parent.type);
  liftFirstChildren(transaction, seam);
  return select(transaction, seam);
}

/** Whether two lines stand in a container each, beside one another: neither may take in what else is in the other. */
function areInBoxes($above: ResolvedPos, $below: ResolvedPos): boolean {
  const common = $above.sharedDepth($below.pos);
  return $above.depth > common + 1 && $below.depth > common + 1 && !isList($above.node(common));
}

/** Where a joined line leaves an item with nothing but a list in it, the list's items take its place. */
function liftFirstChildren(transaction: Transaction, seam: number): void {
  const after = transaction.doc.resolve(seam).after();
  const list = transaction.doc.nodeAt(after);
  const item = list?.firstChild;
  if (!isItem(item) || item?.childCount !== 1 || item.firstChild?.type !== list?.type) return;
  const [from, to] = [after + 1, after + 1 + item.nodeSize];
  transaction.step(new ReplaceAroundStep(from, to, from + 2, to - 2, Slice.empty, 0, true));
}

/** Selects a thing, or puts the caret into a line whose words cannot be joined to: at its end, or its start. */
export function goTo(transaction: Transaction, { node, position }: Found, side: -1 | 1): true {
  if (isThing(node) || !node.isTextblock) return selectNode(transaction, position);
  return select(transaction, side < 0 ? position + node.nodeSize - 1 : position + 1);
}
