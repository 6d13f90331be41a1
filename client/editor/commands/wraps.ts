import type { Attrs } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { command, select, type Edit } from "./edit.ts";
import { unwrapAt } from "./lift.ts";
import { depthOf, isTitle, mayHaveTitle, reachesCell, wholeBlocksOf } from "./where.ts";

/* Quotes, callouts and collapsibles around blocks, and away from around them. */

/** Puts the reached blocks into a container of this kind. Lists go in as they are. */
export function wrapBlocks(
  transaction: Transaction,
  names: readonly string[],
  attrs: Attrs = {},
): number | null {
  const range = reachesCell(transaction.selection) ? null : wholeBlocksOf(transaction);
  const { nodes } = transaction.doc.type.schema;
  if (!range) return null;
  const inside = range.parent.children.slice(range.startIndex, range.endIndex);
  if (inside.some(({ type }) => ["properties", "footnote"].includes(type.name))) return null;
  const { start } = range;
  const last = names.length - 1;
  transaction.wrap(
    range,
    names.map((name, n) => ({ type: nodes[name]!, attrs: n === last ? attrs : outerAttrs(attrs) })),
  );
  return start;
}

const outerAttrs = ({ set = null }: Attrs): Attrs => ({ set });

/** An empty title at the head of the container that begins here, with the caret in it. */
export function addTitleAt(transaction: Transaction, container: number): true {
  transaction.insert(container + 1, transaction.doc.type.schema.nodes["title"]!.create());
  return select(transaction, container + 2);
}

const around = (transaction: Transaction, name: string): number | null => {
  const { $from, $to } = transaction.selection;
  const depth = depthOf($from, (node) => node.type.name === name);
  return depth !== null && $to.pos <= $from.end(depth) ? depth : null;
};

/** Quotes the reached blocks; what stands in a quote already leaves it. */
export const toggleQuote: Command = command((transaction) => {
  const depth = around(transaction, "blockquote");
  if (depth !== null) return unwrapAt(transaction, transaction.selection.$from, depth);
  return wrapBlocks(transaction, ["blockquote"]) !== null;
});

/**
 * Puts the reached blocks into a callout of this type. The one around them gets the type, or goes if it has it;
 * without a type, a note is made, and a callout of any type goes.
 */
export const toggleCallout = (type?: string): Command =>
  command((transaction) => {
    const depth = around(transaction, "callout");
    if (depth === null) return wrapBlocks(transaction, ["callout"], { type: type ?? "note" }) !== null;
    const { $from } = transaction.selection;
    if (type === undefined || $from.node(depth).attrs["type"] === type)
      return unwrapAt(transaction, $from, depth);
    transaction.setNodeAttribute($from.before(depth), "type", type);
    return true;
  });

/** Makes the reached blocks what is opened to be read, with an empty title to write in; takes that away again. */
export const toggleCollapsible = (type = "question"): Command =>
  command((transaction) => {
    const depth = around(transaction, "collapsible");
    if (depth !== null) return unwrapAt(transaction, transaction.selection.$from, depth);
    return collapsibleEdit(type)(transaction);
  });

export const collapsibleEdit =
  (type: string, isOpen = false): Edit =>
  (transaction) => {
    const start = wrapBlocks(transaction, ["collapsible"], { type, ...(isOpen ? { open: true } : {}) });
    return start !== null && addTitleAt(transaction, start);
  };

/** Gives the callout, collapsible or tab around the caret an empty title to write in, if it has none. */
export const addTitle: Command = command((transaction) => {
  const { $from } = transaction.selection;
  const depth = depthOf($from, mayHaveTitle);
  if (depth === null || isTitle($from.node(depth).firstChild)) return false;
  return addTitleAt(transaction, $from.before(depth));
});
