import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { blockId, containerId, type BlockId, type ContainerId } from "../../../shared/base/ids.ts";
import { changeOf, type Change } from "./changes.ts";
import { partPieces } from "./pieces.ts";
import { isContainer, isGroup, readAtom } from "./read-nodes.ts";
import { canonicalTable } from "./table-canonical.ts";
import { blockAt, eachBetween, flatAt, isBlock, isTable } from "./tokens.ts";

/*
 * Before a change of the view is pushed, the view is made canonical, with real steps and only as far as the change
 * reaches: every block and container has an id that nothing else has, and neighbouring lists of one kind (and sets of tabs) are one.
 *
 * Splitting keeps the first half's id, except at a block's start: there the empty block is the new one, and what
 * others do to the words still finds them. Joining drops the later id. What is pasted or duplicated gets new ids;
 * what is moved keeps them, and so does what was cut and then pasted.
 */

/** The meta key of transactions that only show what is in the text already. */
export const fromText = new PluginKey("from text");

/** The meta key of what was split: by the id of each new block or container, that of the one it was part of. */
export const split = new PluginKey("split");

export type Ids = {
  /** Whether the block with this id is not in the text, since this person took it out to put it elsewhere. */
  isMoved: (id: BlockId) => boolean;
  /** Whether a block stands in a container with this id. */
  hasContainer: (id: ContainerId) => boolean;
  countIn: (id: ContainerId) => number;
  make: () => string;
};

export function canonicalPlugin(ids: Ids): Plugin {
  return new Plugin({
    appendTransaction: (transactions, before, after) => {
      const own = transactions.filter((each) => each.docChanged && !each.getMeta(fromText));
      if (own.length === 0) return null;
      const change = changeOf(transactions, before.doc, after.doc);
      if (!change) return null;
      const transaction = after.tr;
      const origins = nameNodes(transaction, change, before.doc, ids);
      followNames(transaction, change);
      partPieces(transaction, change, before.doc, ids);
      joinGroups(transaction, change);
      squareTables(transaction, change, ids);
      return transaction.docChanged ? transaction.setMeta(split, origins) : null;
    },
  });
}

type Named = { node: Node; position: number; name: "id" | "cid"; kept: boolean };

/** Gives ids to what has none of its own; answers what was split. */
function nameNodes(transaction: Transaction, change: Change, before: Node, ids: Ids): Map<string, string> {
  const origins = new Map<string, string>();
  const then = new Set(namedNodes(before, change.oldFrom, change.oldTo).map(nameOf));
  const now = [
    ...namedNodes(transaction.doc, change.newFrom, change.newTo),
    ...unmarkedBehind(transaction.doc, change.newTo),
  ].map((each) => ({ ...each, kept: isKept(change, each.position) }));
  const groups = Map.groupBy(now, nameOf);
  for (const [name, group] of groups) {
    const keeper = name === "null" ? null : keeperOf(group, then.has(name), ids);
    for (const each of group) {
      if (each === keeper || isHead(each, before, transaction.doc)) continue;
      const id = ids.make();
      transaction.setNodeAttribute(each.position, each.name, id);
      if (keeper) origins.set(id, keeper.node.attrs[keeper.name] as string);
    }
  }
  return origins;
}

const nameOf = ({ node, name }: Pick<Named, "node" | "name">): string => {
  const id = node.attrs[name] as string | null;
  return id === null ? "null" : `${name} ${id}`;
};

/** Which of the nodes with one id keeps it; null: it belongs to something elsewhere. */
function keeperOf(group: readonly Named[], wasHere: boolean, ids: Ids): Named | null {
  const first = group[0] as Named;
  if (!wasHere && !isFree(first, ids)) return null;
  const kept = group.find((each) => each.kept) ?? first;
  if (!isEmpty(kept.node)) return kept;
  return group.find((each) => !isEmpty(each.node)) ?? kept;
}

/** Whether what comes into the page may keep its id: it is one, and nothing in the page has it or will have it again. */
function isFree({ node, name }: Named, ids: Ids): boolean {
  const read = (name === "id" ? blockId : containerId).safeParse(node.attrs[name]);
  if (!read.success) return false;
  return name === "id" ? ids.isMoved(read.data as BlockId) : !ids.hasContainer(read.data as ContainerId);
}

const isEmpty = (node: Node): boolean => node.textContent === "" && node.childCount <= 1;

/** The only paragraph of a page may go without a marker: else an empty page would get several. */
function isHead({ node, position }: Named, before: Node, after: Node): boolean {
  const was = before.firstChild;
  return position === 0 && after.childCount === 1 && isUnmarked(node) && was !== null && isUnmarked(was);
}

/** Text without a marker just behind a change: of what now stands before it, it would become part. */
function unmarkedBehind(doc: Node, position: number): Named[] {
  const next = blockAt(doc, flatAt(doc, position) + 1);
  if (!next || next.position < position || !isUnmarked(next.node)) return [];
  return [{ node: next.node, position: next.position, name: "id", kept: true }];
}

const isUnmarked = (node: Node): boolean => node.type.name === "paragraph" && node.attrs["id"] === null;

function namedNodes(doc: Node, from: number, to: number): Named[] {
  const named: Named[] = [];
  eachBetween(doc, from, to, (node, position) => {
    if (isBlock(node)) named.push({ node, position, name: "id", kept: true });
    else if (isContainer(node)) named.push({ node, position, name: "cid", kept: true });
  });
  return named;
}

function isKept(change: Change, position: number): boolean {
  return !change.spans.some((span) => span.newFrom <= position && position < span.newTo);
}

/** References that came together with a footnote go along where that is given another id. */
function followNames(transaction: Transaction, change: Change): void {
  const renamed = new Map<unknown, string>();
  const { doc, docs } = transaction;
  const [before = doc] = docs;
  for (const { newFrom, newTo } of change.spans)
    before.nodesBetween(newFrom, newTo, (node, position) => {
      const now = doc.nodeAt(position)?.attrs["cid"] as string | undefined;
      if (isContainer(node) && position >= newFrom && now !== undefined && now !== node.attrs["cid"])
        renamed.set(node.attrs["cid"], now);
    });
  if (renamed.size === 0) return;
  for (const { newFrom, newTo } of change.spans)
    doc.nodesBetween(newFrom, newTo, (node, position) => {
      const atom = node.type.name === "footnoteRef" ? readAtom(node) : null;
      const to = atom && renamed.get(atom["to"]);
      if (to) transaction.setNodeAttribute(position, "atom", { ...atom, to });
    });
}

/** From the last to the first: cells that are added move nothing before them. */
function squareTables(transaction: Transaction, change: Change, ids: Ids): void {
  const tables: { node: Node; position: number }[] = [];
  const at = (position: number, side: number) =>
    Math.min(transaction.mapping.map(position, side), transaction.doc.content.size);
  eachBetween(transaction.doc, at(change.newFrom, -1), at(change.newTo, 1), (node, position) => {
    if (isTable(node)) tables.push({ node, position });
  });
  for (const { node, position } of tables.toReversed()) canonicalTable(transaction, node, position, ids.make);
}

function joinGroups(transaction: Transaction, change: Change): void {
  const { doc } = transaction;
  const seams: number[] = [];
  eachBetween(doc, change.newFrom - 1, change.newTo + 1, (node, position) => {
    if (!isGroup(node) || position < change.newFrom) return;
    if (doc.resolve(position).nodeBefore?.sameMarkup(node)) seams.push(position);
  });
  for (const seam of seams.toReversed()) transaction.join(seam);
}
