import type { Node } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import type { ContainerId } from "../../../shared/base/ids.ts";
import { sameAttrs } from "../../../shared/body/line.ts";
import type { Change } from "./changes.ts";
import { containersIn, type Standing } from "./push-containers.ts";
import { eachBetween, hasMarker, isBlock } from "./tokens.ts";

/*
 * Two people who wrap overlapping lines at once leave a container in two pieces: one record, drawn in two places. What
 * is done to one of them is not meant for the other. So a piece gets an id of its own, and with it a record, before
 * anything of it changes; then what stands in it and is in pieces, too.
 */

export type Pieces = {
  /** How many blocks stand in a container, wherever. */
  countIn: (id: ContainerId) => number;
  make: () => string;
};

export function partPieces(transaction: Transaction, change: Change, before: Node, pieces: Pieces): void {
  const was = containersIn(before, change.oldFrom, change.oldTo);
  const parted: Standing[] = [];
  for (const now of containersIn(transaction.doc, change.newFrom, change.newTo).values()) {
    const then = was.get(now.id);
    const isInParted = parted.some((each) => each.id === now.in && isIn(now, each));
    if (!then || (!isInParted && then.in === now.in && sameAttrs(then.attrs, now.attrs))) continue;
    if (pieces.countIn(now.id) <= blocksIn(then.node)) continue;
    transaction.setNodeAttribute(now.position, "cid", pieces.make());
    parted.push(now);
  }
}

const isIn = (inner: Standing, outer: Standing): boolean =>
  inner.position > outer.position && inner.position < outer.position + outer.node.nodeSize;

function blocksIn(node: Node): number {
  let count = 0;
  eachBetween(node, 0, node.content.size, (child) => {
    if (isBlock(child) && hasMarker(child)) count += 1;
  });
  return count;
}
