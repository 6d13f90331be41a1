import type { Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { Align, Value } from "../../../shared/body/blocks.ts";
import { cellTexts, editTexts } from "../../../shared/body/table-cells.ts";
import { arrange, keepLines, prepare, setAlign, type Shape } from "../../../shared/body/table-lines.ts";
import { mapKept, type Span } from "./changes.ts";
import { cellEdits } from "./table-edits.ts";

/*
 * A change of a table in the view becomes a change of what its marker holds. Rows pair by their ids, columns by
 * theirs, and in a cell that differs the characters as elsewhere in the text; a cell that does not is not looked at.
 * Both nodes are canonical (table-canonical.ts), or drawn.
 */

export type TableChange = {
  readonly before: Node;
  readonly after: Node;
  /** Where the two stand in their documents, and what was replaced between those; without it cells are compared. */
  readonly steps?: { readonly beforeAt: number; readonly afterAt: number; readonly spans: readonly Span[] };
};

/**
 * Makes the lines and the cells' texts that a change needs, and shows nothing of them. To be called before
 * `pushTable`, in a transaction that undo leaves alone: else undoing a row would take what others wrote in it.
 */
export function prepareTable(marker: Y.Map<Value>, { before, after }: TableChange): void {
  const stood = new Set(before.children);
  const written = after.children
    .filter((row) => !stood.has(row))
    .flatMap((row) => cellsOf(row).filter(({ cell }) => cell.content.size > 0))
    .map(({ row, column }) => [row, column] as const);
  prepare(marker, shapeOf(after), written as [string, string][]);
}

/** Writes the change that made `after` of `before`, which shows what the marker holds. */
export function pushTable(marker: Y.Map<Value>, change: TableChange): void {
  pushLines(marker, change);
  const then = changedCells(change.before, change.after);
  for (const [key, { row, column, cell, at }] of changedCells(change.after, change.before)) {
    const old = then.get(key);
    if (old?.cell.content.eq(cell.content)) continue;
    const edits = cellEdits(old?.cell ?? null, cell, keptBy(change, old?.at ?? 0, at));
    if (edits.length === 0) continue;
    editTexts(cellTexts(marker, row, column), edits);
    keepLines(marker, row, column);
  }
}

function pushLines(marker: Y.Map<Value>, { before, after }: TableChange): void {
  const [then, now] = [shapeOf(before), shapeOf(after)];
  for (const axis of ["rows", "columns"] as const)
    if (then[axis].join() !== now[axis].join()) arrange(marker, axis, then[axis], now[axis]);
  const aligned = alignsOf(before);
  for (const [column, align] of alignsOf(after))
    if ((aligned.get(column) ?? null) !== align) setAlign(marker, column, align);
}

/** The ids of a node's rows and columns; the cell of a table without any stands for none. */
function shapeOf(table: Node): Shape {
  const ids = (all: readonly unknown[]) => all.filter((id) => typeof id === "string");
  return {
    rows: ids(table.children.map((row) => row.attrs["row"] as unknown)),
    columns: ids(table.firstChild!.children.map((cell) => cell.attrs["column"] as unknown)),
  };
}

const alignsOf = (table: Node): Map<string, Align | null> =>
  new Map(
    table.firstChild!.children.map((cell) => [
      cell.attrs["column"] as string,
      cell.attrs["align"] as Align | null,
    ]),
  );

/** A cell, and where its content begins in its table. */
type PlacedCell = { row: string; column: string; cell: Node; at: number };

function cellsOf(row: Node, start = 0): PlacedCell[] {
  const id = row.attrs["row"] as string;
  const cells: PlacedCell[] = [];
  row.forEach((cell, offset) => {
    cells.push({ row: id, column: cell.attrs["column"] as string, cell, at: start + offset + 2 });
  });
  return cells;
}

/** The cells of rows that are other nodes in the other table, by row and column. */
function changedCells(table: Node, other: Node): Map<string, PlacedCell> {
  const same = new Set(other.children);
  const cells = new Map<string, PlacedCell>();
  table.forEach((row, offset) => {
    if (same.has(row)) return;
    for (const each of cellsOf(row, offset + 1)) cells.set(`${each.row}:${each.column}`, each);
  });
  return cells;
}

/** Where the steps left a place of an old cell's content, in the new cell's. */
function keptBy({ steps }: TableChange, before: number, after: number): (place: number) => number | null {
  return (place) => {
    const kept = steps ? mapKept(steps.spans, steps.beforeAt + before + place) : null;
    return kept === null || !steps ? null : kept - steps.afterAt - after;
  };
}
