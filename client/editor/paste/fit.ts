import { Slice, type Fragment, type Node, type ResolvedPos } from "@tiptap/pm/model";
import { NodeSelection, Selection, TextSelection, type Transaction } from "@tiptap/pm/state";
import { drawLine } from "../binding/draw-line.ts";
import { isInCell } from "../binding/read-nodes.ts";
import { bodyOf } from "./body-of.ts";
import { oneLine } from "./one-line.ts";

/* How what is pasted meets what is there. */

/** All words of a slice as one line, its blocks parted by line breaks. */
export function asLine(slice: Slice): Slice {
  const { schema } = slice.content.firstChild?.type ?? {};
  if (!schema) return slice;
  return new Slice(drawLine(schema, oneLine(bodyOf(slice.content))), 0, 0);
}

/**
 * Whole blocks as a slice: their first and last lines go into the lines around them if they are paragraphs, all else
 * stands by itself.
 */
export function asBlocks(content: Fragment): Slice {
  const [first, last] = [content.firstChild, content.lastChild];
  if (!first || !last) return Slice.empty;
  if (first === last && first.isTextblock && !first.type.spec.code) return new Slice(content, 1, 1);
  const isLine = (node: Node) => (node.type.name === "paragraph" ? 1 : 0);
  return new Slice(content, isLine(first), isLine(last));
}

/** Whether a slice goes to a place in a way of our own: as one line into a cell, as items between items. */
export const hasOwnWay = (place: ResolvedPos, slice: Slice): boolean =>
  isInCell(place) || itemsFor(place, slice) !== null;

/** Whether a slice is whole blocks of which the last is a line, so that one writes on at its end. */
export function endsInLine({ content, openEnd }: Slice): boolean {
  let last = content.lastChild;
  while (last && !last.isTextblock && last.lastChild) last = last.lastChild;
  return openEnd === 0 && ["paragraph", "heading", "title", "codeBlock"].includes(last?.type.name ?? "");
}

/**
 * Puts a slice in the place of what stands between these positions, as it fits there. A caret behind what it replaces
 * is then at its end.
 */
export function put(transaction: Transaction, from: number, to: number, slice: Slice): Transaction {
  const isCaretThere = transaction.selection.to === to;
  const done = transaction.steps.length;
  fit(transaction, from, to, slice);
  const isOwn = transaction.doc.resolve(from).parent.type.name !== "tableCell";
  if (!isCaretThere || !isOwn || !endsInLine(slice)) return transaction;
  let end = to;
  transaction.mapping.maps
    .slice(done)
    .at(-1)
    ?.forEach((_from, _to, _newFrom, newTo) => (end = newTo));
  const $end = transaction.doc.resolve(end);
  // What stood behind the caret begins a line of its own there.
  const isNextLine = $end.parent.isTextblock && $end.parentOffset === 0;
  const selection = Selection.findFrom(isNextLine ? transaction.doc.resolve($end.before()) : $end, -1, true);
  return selection ? transaction.setSelection(selection) : transaction;
}

/**
 * Moves what is selected, which this slice holds, to a place in a cell, as one line: several would tear the table in
 * two there, and what stands below in it would be written anew. Null where the place is in no cell.
 */
export function moveIntoCell(transaction: Transaction, at: number, slice: Slice): Transaction | null {
  const isCell = (place: number) => isInCell(transaction.doc.resolve(place));
  if (transaction.selection instanceof NodeSelection || !isCell(at)) return null;
  const place = transaction.deleteSelection().mapping.map(at);
  if (!isCell(place)) return null;
  const { size } = transaction.doc.content;
  fit(transaction, place, place, slice);
  const end = place + transaction.doc.content.size - size;
  return transaction.setSelection(TextSelection.create(transaction.doc, place, end));
}

function fit(transaction: Transaction, from: number, to: number, slice: Slice): Transaction {
  const { content, openStart, openEnd } = slice;
  const place = transaction.doc.resolve(from);
  const items = itemsFor(place, slice);
  if (isInCell(place)) return transaction.replaceRange(from, to, asLine(slice));
  if (items) return putItems(to > from ? transaction.delete(from, to) : transaction, from, items);
  const only = content.childCount === 1 && openStart === 0 && openEnd === 0 ? content.firstChild : null;
  return only?.isBlock
    ? transaction.replaceRangeWith(from, to, only)
    : transaction.replaceRange(from, to, slice);
}

/** The items of a slice that is a list, where the place is in an item of such a list. */
function itemsFor(place: ResolvedPos, { content, openStart }: Slice): Fragment | null {
  const only = content.childCount === 1 && openStart < 2 ? content.firstChild! : null;
  return only && isInListOf(place, only) ? only.content : null;
}

/** Whether a place is in the first line of an item of such a list. */
function isInListOf(place: ResolvedPos, list: Node): boolean {
  const { depth } = place;
  const isList = list.firstChild?.type.name === "listItem";
  return isList && depth >= 3 && place.node(depth - 2).type === list.type && place.index(depth - 1) === 0;
}

/** Items beside the one with the caret: in its place where it is empty, in the middle of it where the caret is. */
function putItems(transaction: Transaction, at: number, items: Fragment): Transaction {
  const place = transaction.doc.resolve(at);
  const [before, after] = [place.before(-1), place.after(-1)];
  const { parent, parentOffset } = place;
  const isEmpty = place.node(-1).childCount === 1 && parent.content.size === 0;
  let start = parentOffset === 0 ? before : after;
  if (!isEmpty && parentOffset > 0 && parentOffset < parent.content.size) {
    transaction.split(at, 2);
    start = at + 2;
  }
  transaction.replaceWith(start, isEmpty ? after : start, items);
  return transaction.setSelection(Selection.near(transaction.doc.resolve(start + items.size), -1));
}
