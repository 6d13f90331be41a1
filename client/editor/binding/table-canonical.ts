import type { Node } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";

/*
 * A table as commands, cutting and pasting leave it becomes one that can be stored: a rectangle, each row and each
 * column with an id that no other has, and all cells of a column alike. Cells are added where some are missing, and
 * none is taken away or moved.
 */

type Column = { column: string; align: unknown };

/** Makes the table at this position of the transaction's document canonical; does nothing to one that is. */
export function canonicalTable(
  transaction: Transaction,
  table: Node,
  position: number,
  makeId: () => string,
): void {
  const grid = gridOf(table);
  const columns = columnsOf(grid, makeId);
  const ids = rowIds(table, makeId);
  // From the end: what is inserted does not move what is still to come.
  let at = position + table.nodeSize - 1;
  for (let n = table.childCount - 1; n >= 0; n -= 1) {
    const row = table.child(n);
    let cellAt = at - 1;
    for (let m = columns.length - 1; m >= 0; m -= 1) {
      const cell = grid[n]![m]!;
      const attrs = { ...columns[m]!, head: n === 0 };
      if (cell === null) transaction.insert(cellAt, cellType(table).create(attrs));
      else setAttributes(transaction, cell, (cellAt -= cell.nodeSize), attrs);
    }
    at -= row.nodeSize;
    setAttributes(transaction, row, at, { row: ids[n] });
  }
}

const cellType = (table: Node) => table.type.schema.nodes["tableCell"]!;

function setAttributes(
  transaction: Transaction,
  node: Node,
  position: number,
  attrs: { [name: string]: unknown },
): void {
  for (const name in attrs)
    if (node.attrs[name] !== attrs[name]) transaction.setNodeAttribute(position, name, attrs[name]);
}

/** The cells of each row under one another, null where one is missing. */
function gridOf(table: Node): (Node | null)[][] {
  const widest = table.children.reduce((most, row) => (row.childCount > most.childCount ? row : most));
  const ids = widest.children.map((cell) => cell.attrs["column"] as string | null);
  return table.children.map((row) => (row.childCount === ids.length ? [...row.children] : spread(row, ids)));
}

/** A row that is too short: a cell stands under its column, where that leaves room for those behind it. */
function spread(row: Node, ids: readonly (string | null)[]): (Node | null)[] {
  const places = ids.map((): Node | null => null);
  let next = 0;
  row.children.forEach((cell, n) => {
    const own = ids.indexOf(cell.attrs["column"] as string | null, next);
    const last = ids.length - (row.childCount - n);
    const place = cell.attrs["column"] !== null && own >= next && own <= last ? own : next;
    places[place] = cell;
    next = place + 1;
  });
  return places;
}

function columnsOf(grid: readonly (readonly (Node | null)[])[], makeId: () => string): Column[] {
  const taken = new Set<string>();
  return grid[0]!.map((_, n) => {
    const cells = grid.map((row) => row[n]!).filter((cell) => cell !== null);
    const ids = cells.map((cell) => cell.attrs["column"] as string | null);
    const column = ids.find((id) => id !== null && !taken.has(id)) ?? makeId();
    taken.add(column);
    const own = cells.find((cell) => cell.attrs["column"] === column);
    const aligned = own ?? cells.find((cell) => cell.attrs["align"] !== null);
    return { column, align: (aligned?.attrs["align"] as unknown) ?? null };
  });
}

function rowIds(table: Node, makeId: () => string): string[] {
  const taken = new Set<string>();
  return table.children.map((row) => {
    const own = row.attrs["row"] as string | null;
    const id = own !== null && !taken.has(own) ? own : makeId();
    taken.add(id);
    return id;
  });
}
