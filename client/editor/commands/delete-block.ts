import type { Node } from "@tiptap/pm/model";
import { Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import { command, selectNode, type Edit } from "./edit.ts";
import { reachesCell, unitOf } from "./where.ts";

/* Blocks as wholes: away with them, one more of them, all of one selected. */

/** Deletes what stands between two places of one container, and every container that it leaves empty. */
export function deleteWithEmpty(transaction: Transaction, from: number, to: number): void {
  const $from = transaction.doc.resolve(from);
  const $to = transaction.doc.resolve(to);
  let depth = $from.depth;
  while (depth > 0 && $from.start(depth) === from && $from.end(depth) === to) {
    from = $from.before(depth);
    to = $from.after(depth);
    depth -= 1;
  }
  if (from === 0 && to === $to.doc.content.size)
    transaction.replaceWith(from, to, $to.doc.type.schema.nodes["paragraph"]!.create());
  else transaction.delete(from, to);
}

const deleteUnit: Edit = (transaction) => {
  const range = reachesCell(transaction.selection) ? null : unitOf(transaction);
  if (!range) return false;
  const { start, end } = range;
  deleteWithEmpty(transaction, start, end);
  const $at = transaction.doc.resolve(Math.min(transaction.mapping.map(start), transaction.doc.content.size));
  transaction.setSelection(Selection.near($at));
  return true;
};

/** Deletes the block, or the item with its children. */
export const deleteBlock = command(deleteUnit);

/** The same node once more: binding/canonical.ts gives it, and all in it, ids of its own. */
function unnamed(node: Node): Node {
  if (node.isText) return node;
  const { id, cid } = node.attrs;
  const attrs = {
    ...node.attrs,
    ...(id === undefined ? {} : { id: null }),
    ...(cid === undefined ? {} : { cid: null }),
  };
  return node.type.create(attrs, node.children.map(unnamed), node.marks);
}

/** Puts the block, or the item with its children, once more behind itself. The caret goes along. */
export const duplicateBlock = command((transaction) => {
  const range = unitOf(transaction);
  if (!range) return false;
  const { start, end, parent, startIndex, endIndex } = range;
  const { anchor, head } = transaction.selection;
  const copies = parent.children.slice(startIndex, endIndex).map(unnamed);
  transaction.insert(end, copies);
  return moveSelection(transaction, anchor, head, end - start);
});

/** Selects the same within nodes that now begin this much later. */
export function moveSelection(transaction: Transaction, anchor: number, head: number, by: number): true {
  const { doc } = transaction;
  const [$anchor, $head] = [doc.resolve(anchor + by), doc.resolve(head + by)];
  const node = $anchor.parent.inlineContent ? null : $anchor.nodeAfter;
  if (node && $anchor.pos + node.nodeSize === $head.pos) return selectNode(transaction, $anchor.pos);
  transaction.setSelection(TextSelection.between($anchor, $head));
  return true;
}

/** Selects the block as a whole: the item with its children, a title's container. */
export const selectBlock = command((transaction) => {
  const range = unitOf(transaction);
  return range !== null && selectNode(transaction, range.start);
});
