import type { Node } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { command, type Edit } from "./edit.ts";
import { liftRange } from "./lift.ts";
import { retype, setParagraphEdit } from "./retype.ts";
import { blocksOf, depthOf, isItem, isList, isProse, rangeAt, reachesCell } from "./where.ts";

/* Lists: their kinds are a matter of the node around their items, which is stored nowhere. */

export type ListName = "bulletList" | "orderedList" | "taskList";

/** The reached lines become a list of this kind; a list of another kind becomes it; one of this kind goes. */
export const toggleList = (name: ListName): Command => command((transaction) => listEdit(name, transaction));

export function listEdit(name: ListName, transaction: Transaction): boolean {
  if (reachesCell(transaction.selection)) return false;
  const depth = listAround(transaction);
  if (depth === null) return makeList(name, transaction);
  const { $from } = transaction.selection;
  const list = $from.node(depth);
  if (list.type.name === name) return leaveList(transaction, depth);
  setList(transaction, $from.before(depth), name);
  return true;
}

/** The depth of the list whose items the selection reaches, all of it in their own lines. */
function listAround({ selection: { $from, $to } }: Transaction): number | null {
  const depth = depthOf($from, isItem);
  if (depth === null) return null;
  const isOwn = $from.index(depth) === 0 || !$from.sameParent($to);
  return isOwn && $to.pos <= $from.end(depth - 1) ? depth - 1 : null;
}

function setList(transaction: Transaction, position: number, name: ListName): void {
  transaction.setNodeMarkup(position, transaction.doc.type.schema.nodes[name]!, { mark: null });
}

/** What the reached items hold stands where their list stood: the items go, their words and children stay. */
function leaveList(transaction: Transaction, depth: number): boolean {
  const { $from, $to } = transaction.selection;
  const first = $from.index(depth);
  const last = $to.indexAfter(depth);
  let position = $from.posAtIndex(first, depth);
  const starts: number[] = [];
  for (let n = first; n < last; n += 1) {
    starts.push(position);
    position += $from.node(depth).child(n).nodeSize;
  }
  for (const start of starts.toReversed()) {
    const item = transaction.doc.nodeAt(start)!;
    liftRange(transaction, rangeAt(transaction.doc, start + 1, start + item.nodeSize - 1));
  }
  return starts.length > 0;
}

/** Each reached block becomes an item; lists among them become lists of this kind. */
function makeList(name: ListName, transaction: Transaction): boolean {
  const range = blocksOf(transaction);
  if (!range) return false;
  const { nodes } = transaction.doc.type.schema;
  const children = placed(range.parent.children.slice(range.startIndex, range.endIndex), range.start);
  const listed = children.filter(({ node }) => mayBeListed(node));
  for (const { node, position } of listed.toReversed()) {
    if (isList(node)) {
      setList(transaction, position, name);
      continue;
    }
    if (isProse(node)) retype(transaction, position, "paragraph");
    const around = rangeAt(transaction.doc, position, position + node.nodeSize);
    transaction.wrap(around, [{ type: nodes[name]! }, { type: nodes["listItem"]! }]);
  }
  return listed.length > 0;
}

const mayBeListed = (node: Node): boolean =>
  !["properties", "footnote", "unknownBlock"].includes(node.type.name);

export function placed(nodes: readonly Node[], start: number): { node: Node; position: number }[] {
  let position = start;
  return nodes.map((node) => {
    const each = { node, position };
    position += node.nodeSize;
    return each;
  });
}

/** Makes one item an item of a list of this kind, and leaves those around it what they are. */
export const itemTo =
  (name: ListName): Edit =>
  (transaction) => {
    const { $from } = transaction.selection;
    const depth = depthOf($from, isItem);
    if (depth === null || $from.node(depth - 1).type.name === name) return false;
    const isFirst = $from.index(depth - 1) === 0;
    const isLast = $from.indexAfter(depth - 1) === $from.node(depth - 1).childCount;
    if (!isLast) transaction.split($from.after(depth), 1);
    const start = $from.before(depth);
    if (!isFirst) transaction.split(start, 1);
    setList(transaction, isFirst ? $from.before(depth - 1) : start + 1, name);
    return true;
  };

/** Ticks the task that stands at a position of the page, or takes its tick away; by default the reached ones. */
export const toggleTask = (position?: number): Command =>
  command((transaction) => toggleTaskEdit(transaction, position));

export function toggleTaskEdit(transaction: Transaction, position?: number): boolean {
  const tasks = tasksAt(transaction, position);
  const isDone = tasks.every(({ node }) => node.attrs["checked"] === true);
  for (const task of tasks) transaction.setNodeAttribute(task.position, "checked", isDone ? null : true);
  return tasks.length > 0;
}

function tasksAt({ doc, selection }: Transaction, position?: number): { node: Node; position: number }[] {
  const [$from, to] =
    position === undefined ? [selection.$from, selection.to] : [doc.resolve(position), position];
  const own = $from.nodeAfter;
  if (position !== undefined && isTask(own, $from.parent)) return [{ node: own!, position }];
  const depth = depthOf($from, isItem);
  if (depth === null || $from.node(depth - 1).type.name !== "taskList") return [];
  if (to <= $from.end(depth)) return [{ node: $from.node(depth), position: $from.before(depth) }];
  const list = $from.node(depth - 1);
  const all = placed(list.children, $from.start(depth - 1));
  return all.filter((each) => each.position >= $from.before(depth) && each.position < to);
}

const isTask = (node: Node | null, parent: Node): boolean => isItem(node) && parent.type.name === "taskList";

/** The reached lines become plain lines of text; where they are that already, items leave their list. */
export const plainText: Command = command((transaction) => {
  const { $from, $to } = transaction.selection;
  const isPlain = [$from, $to].every(({ parent }) => parent.type.name === "paragraph");
  const depth = listAround(transaction);
  if (isPlain && depth !== null) return leaveList(transaction, depth);
  return setParagraphEdit(transaction);
});
