import { expect, test } from "vitest";
import { placeInCell, quoteInTable, rangeInCell } from "../../../shared/body/cell-places.ts";
import type { ColumnId, RowId } from "../../../shared/base/ids.ts";
import { meet, TableDesk } from "./table-desk.stage.ts";
import { cellPlace, placeOfCell, positionInTable, relativeInTable } from "./table-places.ts";

test("each place in a cell is the place that it is", () => {
  const desk = new TableDesk(7, "ab . / c def");
  const places = new Set<string>();
  for (let place = 0; place < desk.table.nodeSize; place += 1) {
    const $place = desk.state.doc.resolve(place);
    const cell = cellPlace(desk.table, place);
    expect(cell !== null).toBe($place.parent.type.name === "tableCell");
    if (!cell) continue;
    places.add(JSON.stringify(cell));
    expect(placeOfCell(desk.table, cell)).toBe(place);
    const relative = relativeInTable(desk.marker, desk.table, place, 0)!;
    expect(positionInTable(desk.marker, desk.table, relative)).toBe(place);
  }
  expect(places.size).toBe(3 + 1 + 2 + 4);
});

test("a caret follows its character through typing, moving and new lines", () => {
  const [ana, ben] = [new TableDesk(7, "a b / c def"), new TableDesk(8, "a b / c def")];
  const relative = relativeInTable(ana.marker, ana.table, ana.cellAt(1, 1) + 2, 0)!;
  ben.go(1, 1);
  ben.type("new ");
  const [first, second] = ben.table.children;
  ben.dispatch(ben.state.tr.replaceWith(1, ben.table.nodeSize - 1, [second!, first!]));
  meet(ana, ben);
  const at = positionInTable(ana.marker, ana.table, relative)!;
  expect(ana.state.doc.textBetween(at, at + 2)).toBe("ef");
  expect(at).toBe(ana.cellAt(0, 1) + 6);
});

test("a caret in a cell whose row was deleted is nowhere, and is back where that is undone", () => {
  const desk = new TableDesk(7, "a b / c def");
  const relative = relativeInTable(desk.marker, desk.table, desk.cellAt(1, 1) + 2, 0)!;
  desk.dispatch(desk.state.tr.delete(desk.cellAt(1, 0) - 1, desk.table.nodeSize - 1));
  expect(positionInTable(desk.marker, desk.table, relative)).toBeNull();
  desk.undo();
  expect(positionInTable(desk.marker, desk.table, relative)).toBe(desk.cellAt(1, 1) + 2);
});

test("words of a cell have a place and a quote, which find them again", () => {
  const desk = new TableDesk(7, "a b / c one-two-three");
  const cell = { marker: desk.marker, row: "r1" as RowId, column: "c1" as ColumnId };
  const { place, quote } = placeInCell(cell, 4, 7)!;
  expect(quote).toEqual({ exact: "two", prefix: "one-", suffix: "-three" });
  desk.go(1, 1);
  desk.type("more-");
  expect(rangeInCell(desk.doc, place)).toEqual({ ...cell, start: 9, end: 12 });
  expect(quoteInTable(desk.marker, quote)).toEqual({ ...cell, start: 9, end: 12 });
  const at = desk.cellAt(1, 1) + 10;
  desk.dispatch(desk.state.tr.delete(at, at + 3));
  expect(rangeInCell(desk.doc, place)).toBeNull();
  expect(quoteInTable(desk.marker, quote)).toBeNull();
});
