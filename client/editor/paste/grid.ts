import type { Align } from "../../../shared/body/blocks.ts";
import { limits } from "../../../shared/base/limits.ts";
import { styleOf } from "./style.ts";

/*
 * A pasted table, laid out as a rectangle: a cell that spans several has its words in the first of them.
 */

export type Grid = {
  readonly columns: readonly (Align | null)[];
  /** Each as long as there are columns; null where nothing stands. */
  readonly rows: readonly (readonly (Element | null)[])[];
};

export function gridOf(table: Element): Grid {
  const rows: (Element | null)[][] = [];
  const lines = rowsOf(table);
  lines.forEach((line, n) => {
    const row = (rows[n] ??= []);
    for (const cell of line.children) {
      if (!cell.matches("td, th")) continue;
      let at = 0;
      while (row[at] !== undefined) at += 1;
      spread(rows, lines.length, n, at, cell);
    }
  });
  const width = Math.max(0, ...rows.map((row) => row.length));
  const full = rows.map((row) => Array.from({ length: width }, (_, n) => row[n] ?? null));
  const columns = Array.from({ length: width }, (_, n) => alignOf(full.map((row) => row[n] ?? null)));
  return { columns, rows: full.filter((row) => row.some((cell) => cell !== null)) };
}

/** The table's own rows, those of its head first; not those of tables in it. */
function rowsOf(table: Element): Element[] {
  const rows = [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table);
  const isHead = (row: Element) => row.parentElement?.localName === "thead";
  const isFoot = (row: Element) => row.parentElement?.localName === "tfoot";
  return [
    ...rows.filter(isHead),
    ...rows.filter((row) => !isHead(row) && !isFoot(row)),
    ...rows.filter(isFoot),
  ];
}

function spread(rows: (Element | null)[][], height: number, top: number, left: number, cell: Element): void {
  const span = (name: string, most: number) =>
    Math.max(1, Math.min(Number(cell.getAttribute(name)) || 1, most));
  const bottom = Math.min(height, top + span("rowspan", height));
  const right = left + span("colspan", limits.pastedSpan);
  for (let n = top; n < bottom; n += 1) {
    const row = (rows[n] ??= []);
    for (let m = left; m < right; m += 1) row[m] ??= n === top && m === left ? cell : null;
  }
}

/** How most cells of a column are aligned that say it, by themselves or by all that is in them. */
function alignOf(cells: readonly (Element | null)[]): Align | null {
  const said = cells.map((cell) => cell && alignOfCell(cell)).filter((each) => each !== null);
  const [first] = said;
  return first !== undefined && said.length * 2 > cells.length && said.every((each) => each === first)
    ? first
    : null;
}

function alignOfCell(cell: Element): Align | null {
  const value =
    cell.getAttribute("data-align") ?? cell.getAttribute("align") ?? styleOf(cell).get("text-align");
  return value === "left" || value === "center" || value === "right" ? value : null;
}
