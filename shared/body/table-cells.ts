import * as Y from "yjs";
import type { Attrs, Inline, Value } from "./blocks.ts";
import { nest, nested } from "./table-parts.ts";

/*
 * The texts in a table's cells. Where a row and a column cross stands one text, made with the younger of the two.
 * Nobody makes it where a row and a column are made at the same time: it is made when somebody writes there, under a
 * key that nobody else can make. When two people do that at once there are two texts; a cell holds all of its texts,
 * in the order of their keys, laid end to end. So a place in a cell is an offset in what it holds, or one in a text.
 */

/** A cell's texts by `row:column`. */
export type CellTexts = ReadonlyMap<string, readonly Y.Text[]>;

/** The texts of all cells. Sorted anew only where a text was added or taken away since the last time. */
export function textsByCell(marker: Y.Map<Value>): CellTexts {
  const map = nested(marker, "cells");
  if (!map) return new Map();
  const entries = [...map.entries()];
  const before = sorted.get(map);
  if (before && isSameList(before.entries, entries)) return before.cells;
  const cells = sortedTexts(entries);
  sorted.set(map, { entries, cells });
  return cells;
}

type Entry = readonly [key: string, text: unknown];

const sorted = new WeakMap<Y.Map<unknown>, { entries: readonly Entry[]; cells: CellTexts }>();

const isSameList = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  a.length === b.length && a.every(([key, text], n) => key === b[n]![0] && text === b[n]![1]);

function sortedTexts(entries: readonly Entry[]): CellTexts {
  const cells = new Map<string, Y.Text[]>();
  for (const [key, text] of entries.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const cell = cellOfKey(key);
    if (cell === null || !(text instanceof Y.Text)) continue;
    const texts = cells.get(cell);
    if (texts) texts.push(text);
    else cells.set(cell, [text]);
  }
  return cells;
}

function cellOfKey(key: string): string | null {
  const [row, column] = key.split(":");
  return row !== undefined && column !== undefined ? `${row}:${column}` : null;
}

/** The texts of one cell. */
export const cellTexts = (marker: Y.Map<Value>, row: string, column: string): readonly Y.Text[] =>
  textsByCell(marker).get(`${row}:${column}`) ?? [];

/** Makes a cell's text, if the cell is new (`first`); or one beside those that others may make at the same time. */
export function addText(marker: Y.Map<Value>, row: string, column: string, which: "first" | "more"): Y.Text {
  const cells = nested(marker, "cells") ?? nest(marker, "cells");
  const key = which === "first" ? `${row}:${column}` : `${row}:${column}:${uniqueIn(marker)}`;
  const known = cells.get(key);
  if (known instanceof Y.Text) return known;
  const text = new Y.Text();
  cells.set(key, text);
  return text;
}

/** Told from all that others make by who makes it, and from all of one's own by how much that is already. */
function uniqueIn({ doc }: Y.Map<Value>): string {
  const { store, clientID } = doc!;
  return `${clientID.toString(36)}-${Y.getState(store, clientID).toString(36)}`;
}

/** What to do to a text from its start, as in Quill's deltas; an inserted run has exactly the formats it names. */
export type Edit =
  { retain: number; attributes?: Attrs } | { delete: number } | { insert: string | Attrs; attributes: Attrs };

export const insertOf = (run: Inline): Edit => ({
  insert: "text" in run ? run.text : run.atom,
  attributes: run.marks ?? {},
});

/** Does edits to what some texts hold together. */
export function editTexts(texts: readonly Y.Text[], edits: readonly Edit[]): void {
  const rest = [...edits];
  texts.forEach((text, n) => {
    const own = n === texts.length - 1 ? rest : takeEdits(rest, text.length);
    if (own.some((edit) => !("retain" in edit) || edit.attributes)) text.applyDelta(own);
  });
}

/** Takes off the edits of the first `length` characters, and what is inserted behind them. */
function takeEdits(rest: Edit[], length: number): Edit[] {
  const taken: Edit[] = [];
  let left = length;
  while (rest.length > 0) {
    const edit = rest[0]!;
    if ("insert" in edit) {
      taken.push(edit);
      rest.shift();
      continue;
    }
    if (left === 0) break;
    const count = Math.min(left, "retain" in edit ? edit.retain : edit.delete);
    left -= count;
    const [first, second] = cutEdit(edit, count);
    taken.push(first);
    if (second) rest[0] = second;
    else rest.shift();
  }
  return taken;
}

function cutEdit(edit: Exclude<Edit, { insert: unknown }>, count: number): [Edit, Edit | null] {
  if ("delete" in edit)
    return [{ delete: count }, edit.delete > count ? { delete: edit.delete - count } : null];
  return [{ ...edit, retain: count }, edit.retain > count ? { ...edit, retain: edit.retain - count } : null];
}
