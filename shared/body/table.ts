import * as Y from "yjs";
import type { ColumnId, RowId } from "../base/ids.ts";
import type { Align, Column, Inline, Row, Table, Value } from "./blocks.ts";

/*
 * How a table is stored: in its block's marker, beside `type` and `id`, as three maps.
 *
 *   rows: Y.Map      id → Y.Map {at, gone?}           at: a string; rows stand in its order, ties by id
 *   columns: Y.Map   id → Y.Map {at, gone?, align?}
 *   cells: Y.Map     "row:column" → Y.Text            inline content: characters, marks, atoms
 */

type Line = Y.Map<Value>;
const aligns: readonly unknown[] = ["left", "center", "right"];

/** The table that a marker holds. Reading never writes; whatever is there gives a rectangle. */
export function readTable(marker: Y.Map<Value>, readLine: (text: Y.Text) => Inline[]): Table {
  const columns = lines<ColumnId>(nested(marker, "columns")).map(([id, line]): Column => {
    const align = line.get("align");
    return { id, align: aligns.includes(align) ? (align as Align) : null };
  });
  const cells = nested(marker, "cells");
  const cell = (row: RowId, column: ColumnId): Inline[] => {
    const text = cells instanceof Y.Map ? cells.get(`${row}:${column}`) : null;
    return text instanceof Y.Text ? readLine(text) : [];
  };
  const rows = lines<RowId>(nested(marker, "rows")).map(([id]): Row => ({
    id,
    cells: columns.map((column) => cell(id, column.id)),
  }));
  return { columns, rows };
}

/** Puts a table into a new marker. */
export function writeTable(marker: Y.Map<Value>, table: Table): void {
  const put = (name: string, ids: readonly string[], more: (n: number) => { [key: string]: Value }) => {
    const map = new Y.Map<Line>();
    ids.forEach((id, n) => map.set(id, new Y.Map(Object.entries({ at: orderKey(n), ...more(n) }))));
    nest(marker, name, map);
  };
  put(
    "rows",
    table.rows.map((row) => row.id),
    () => ({}),
  );
  put(
    "columns",
    table.columns.map((column) => column.id),
    (n) => {
      const align = table.columns[n]!.align;
      return align === null ? {} : { align };
    },
  );
  const cells = new Y.Map<Y.Text>();
  for (const row of table.rows)
    row.cells.forEach((content, n) => cells.set(`${row.id}:${table.columns[n]!.id}`, toText(content)));
  nest(marker, "cells", cells);
}

/** A marker's values are plain but for these three: the one place that puts shared types into it. */
const nest = (marker: Y.Map<Value>, name: string, map: Y.Map<Line> | Y.Map<Y.Text>): unknown =>
  (marker as unknown as Y.Map<unknown>).set(name, map);

const nested = (marker: Y.Map<Value>, name: string): unknown => marker.get(name);

function toText(content: readonly Inline[]): Y.Text {
  const text = new Y.Text();
  text.applyDelta(
    content.map((run) => ({ insert: "text" in run ? run.text : run.atom, attributes: run.marks ?? {} })),
  );
  return text;
}

const orderKey = (n: number): string => n.toString(36).padStart(6, "0");

/** The rows or columns of a map, in order. */
function lines<Id extends string>(map: unknown): [Id, Line][] {
  if (!(map instanceof Y.Map)) return [];
  const found = [...map.entries()].filter((entry): entry is [Id, Line] => entry[1] instanceof Y.Map);
  return found.toSorted(([a, one], [b, other]) => {
    const [p, q] = [String(one.get("at")), String(other.get("at"))];
    return p < q || (p === q && a < b) ? -1 : 1;
  });
}
