import * as Y from "yjs";
import type { Align, Value } from "./blocks.ts";
import { addText, textsByCell, type CellTexts } from "./table-cells.ts";
import { keysBetween, keysToSet } from "./table-order.ts";
import { nest, nested } from "./table-parts.ts";

/*
 * A table's rows and columns, in its marker. A line is never taken out of its map: a deleted one is marked as `gone`,
 * and what its cells hold at that moment is deleted. What somebody else types into it meanwhile, or had typed
 * unseen, is still there when both are known, and then the line is shown again.
 */

export type Axis = "rows" | "columns";
export type Line = Y.Map<Value>;

/** All lines of a table, in their order, those that are gone as well. */
function allLines(marker: Y.Map<Value>, axis: Axis): [string, Line][] {
  const map = nested(marker, axis);
  if (!map) return [];
  const lines = [...map.entries()].filter((entry): entry is [string, Line] => isLine(entry));
  return lines.toSorted(([a, one], [b, other]) => {
    const [p, q] = [keyOf(one), keyOf(other)];
    return p < q || (p === q && a < b) ? -1 : 1;
  });
}

/** An id with a colon in it could not be told from two. */
const isLine = ([id, line]: [string, unknown]): boolean => line instanceof Y.Map && !id.includes(":");

const keyOf = (line: Line): string => String(line.get("at"));

/** The lines that are seen: those that are not gone, and those that are, with text in one of their cells. */
export function shownLines(marker: Y.Map<Value>, axis: Axis, cells: CellTexts): [string, Line][] {
  const lines = allLines(marker, axis);
  if (lines.every(([, line]) => !isGone(line))) return lines;
  const written = new Set<string>();
  for (const [key, texts] of cells)
    if (texts.some((text) => text.length > 0)) written.add(key.split(":")[axis === "rows" ? 0 : 1]!);
  return lines.filter(([id, line]) => !isGone(line) || written.has(id));
}

export const isGone = (line: Line): boolean => line.get("gone") === true;

/** What a table is to have: rows and columns by their ids, in order. */
export type Shape = { readonly rows: readonly string[]; readonly columns: readonly string[] };

/**
 * Makes what a shape needs and the table does not have: lines, at their places but `gone`, so that nothing is seen
 * of them yet; their cells' texts; and texts for these cells, where they have none. Belongs outside of undo: else
 * taking back a row would take what others typed in it. `arrange` then shows the lines.
 */
export function prepare(marker: Y.Map<Value>, shape: Shape, written: readonly [string, string][] = []): void {
  const rows = createLines(marker, "rows", shape.rows);
  const columns = createLines(marker, "columns", shape.columns);
  for (const row of shape.rows)
    for (const column of rows.has(row) ? shape.columns : columns) addText(marker, row, column, "first");
  const cells = written.length > 0 ? textsByCell(marker) : null;
  for (const [row, column] of written)
    if (!cells!.has(`${row}:${column}`)) addText(marker, row, column, "more");
}

function createLines(marker: Y.Map<Value>, axis: Axis, order: readonly string[]): Set<string> {
  const known = new Set(allLines(marker, axis).map(([id]) => id));
  const missing = new Set(order.filter((id) => !known.has(id)));
  if (missing.size === 0) return missing;
  const keys = roomFor(marker, axis, order);
  const map = nested(marker, axis) ?? nest(marker, axis);
  for (const id of missing) map.set(id, new Y.Map<Value>(Object.entries({ at: keys.get(id)!, gone: true })));
  return missing;
}

/** The keys to set for an order. Where there is no room between two lines, all get new ones, as they stand. */
function roomFor(marker: Y.Map<Value>, axis: Axis, order: readonly string[]): Map<string, string> {
  const lines = allLines(marker, axis);
  const keys = keysToSet(order, new Map(lines.map(([id, line]) => [id, keyOf(line)])));
  if (keys) return keys;
  const spread = keysBetween(null, null, lines.length)!;
  lines.forEach(([, line], n) => line.set("at", spread[n]!));
  return keysToSet(order, new Map(lines.map(([id], n) => [id, spread[n]!])))!;
}

/**
 * Makes of these rows, or columns, those, in their order: deletes, moves and shows lines. What does not move is not
 * touched, no text is made anew, and lines that are in neither stay as they are. Lines that are not there must be
 * prepared before.
 */
export function arrange(
  marker: Y.Map<Value>,
  axis: Axis,
  before: readonly string[],
  after: readonly string[],
): void {
  const cells = textsByCell(marker);
  const lines = new Map(allLines(marker, axis));
  const wanted = new Set(after);
  for (const id of before) {
    const line = lines.get(id);
    if (line && !wanted.delete(id)) deleteLine(axis, id, line, cells);
  }
  for (const id of wanted) lines.get(id)?.delete("gone");
  for (const [id, key] of roomFor(marker, axis, after)) lines.get(id)?.set("at", key);
}

function deleteLine(axis: Axis, id: string, line: Line, cells: CellTexts): void {
  for (const [key, texts] of cells) {
    if (key.split(":")[axis === "rows" ? 0 : 1] !== id) continue;
    for (const text of texts) if (text.length > 0) text.delete(0, text.length);
  }
  line.set("gone", true);
}

/** Sets how a column's cells are aligned. */
export function setAlign(marker: Y.Map<Value>, column: string, align: Align | null): void {
  const line = new Map(allLines(marker, "columns")).get(column);
  if (align === null) line?.delete("align");
  else if (line?.get("align") !== align) line?.set("align", align);
}

/** Lines that are seen only for their text stay when somebody works in them, and deletes that, too. */
export function keepLines(marker: Y.Map<Value>, row: string, column: string): void {
  for (const line of [nested(marker, "rows")?.get(row), nested(marker, "columns")?.get(column)])
    if (line instanceof Y.Map && isGone(line as Line)) line.delete("gone");
}
