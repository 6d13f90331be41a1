import type { Node, NodeRange } from "@tiptap/pm/model";
import type { Command } from "@tiptap/pm/state";
import { command, select, type Edit } from "./edit.ts";
import { unwrapAt } from "./lift.ts";
import { depthOf, wholeBlocksOf } from "./where.ts";
import { addTitleAt, wrapBlocks } from "./wraps.ts";

/* Sets of tabs. Like a list, a set is stored nowhere: its tabs are neighbours with the same word for it. */

const isTab = (node: Node): boolean => node.type.name === "tab";

/** A word for a new set that its neighbours do not have: else it would be one with them. */
function setBeside({ parent, startIndex, endIndex }: NodeRange): string | null {
  const beside = [parent.maybeChild(startIndex - 1), parent.maybeChild(endIndex)];
  const taken = beside.map((node) => (node?.type.name === "tabSet" ? node.attrs["set"] : undefined));
  return [null, "b", "c"].find((set) => !taken.includes(set)) ?? null;
}

/** Puts the reached blocks into the first tab of a new set, with an empty title to write in. */
export const wrapInTabsEdit: Edit = (transaction) => {
  const range = wholeBlocksOf(transaction);
  if (!range) return false;
  const start = wrapBlocks(transaction, ["tabSet", "tab"], { set: setBeside(range) });
  return start !== null && addTitleAt(transaction, start + 1);
};
export const wrapInTabs: Command = command(wrapInTabsEdit);

/** A new tab behind the one with the caret, with an empty title to write in. */
export const addTab: Command = command((transaction) => {
  const { $from } = transaction.selection;
  const { nodes } = transaction.doc.type.schema;
  const depth = depthOf($from, isTab);
  if (depth === null) return false;
  const after = $from.after(depth);
  const content = [nodes["title"]!.create(), nodes["paragraph"]!.create()];
  transaction.insert(after, nodes["tab"]!.create(null, content));
  return select(transaction, after + 2);
});

/** Takes away the tab with the caret; what it holds stands where it stood, between the tabs before and behind it. */
export const removeTab: Command = command((transaction) => {
  const { $from } = transaction.selection;
  const depth = depthOf($from, isTab);
  return depth !== null && unwrapAt(transaction, $from, depth);
});
