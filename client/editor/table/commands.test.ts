import { EditorState, TextSelection, type Command } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import { describe, expect, test } from "vitest";
import { meet, schema, TableDesk } from "../binding/table-desk.stage.ts";
import {
  addColumn,
  addRow,
  alignColumns,
  deleteColumns,
  deleteRows,
  deleteTable,
  insertTable,
  moveColumns,
  moveRows,
  moveRowsToHead,
} from "./commands.ts";
import { asCells } from "./keys.ts";
import { cellBelow, isAtCellEdge, nextCell, selectCell } from "./moves.ts";
import { copiedCells, pasteCells } from "./paste-cells.ts";

/** The table after a command with the caret in a cell, and where the caret is then. */
function after(command: Command, row: number, column: number, page = "a b c / d e f / g h i"): string {
  const desk = new TableDesk(7, page);
  desk.go(row, column);
  expect(desk.run(command)).toBe(true);
  return `${desk.words} | ${desk.caret.join(" ")}`;
}

/** Selects the cells from one to another. */
function select(desk: TableDesk, from: [number, number], to: [number, number]): void {
  const { tr, doc } = desk.state;
  desk.dispatch(tr.setSelection(CellSelection.create(doc, desk.cellAt(...from), desk.cellAt(...to))));
}

describe("rows and columns", () => {
  test.each([
    ["a row above", addRow(-1), "a b c / . . . / d e f / g h i | 1 1"],
    ["a row below", addRow(1), "a b c / d e f / . . . / g h i | 2 1"],
    ["a column to the left", addColumn(-1), "a . b c / d . e f / g . h i | 1 1"],
    ["a column to the right", addColumn(1), "a b . c / d e . f / g h . i | 1 2"],
    ["the row is deleted", deleteRows, "a b c / g h i | 1 1"],
    ["the column is deleted", deleteColumns, "a c / d f / g i | 1 1"],
    ["the row moves up", moveRows(-1), "d e f / a b c / g h i | 0 1"],
    ["the row moves down", moveRows(1), "a b c / g h i / d e f | 2 1"],
    ["the column moves to the left", moveColumns(-1), "b a c / e d f / h g i | 1 0"],
    ["the column moves to the right", moveColumns(1), "a c b / d f e / g i h | 1 2"],
  ] as const)("%s", (_title, command, shown) => expect(after(command, 1, 1)).toBe(shown));

  test("at the table's edge nothing moves", () => {
    const desk = new TableDesk(7, "a b / c d");
    desk.go(0, 0);
    for (const command of [moveRows(-1), moveColumns(-1)]) expect(desk.run(command)).toBe(false);
    desk.go(1, 1);
    for (const command of [moveRows(1), moveColumns(1)]) expect(desk.run(command)).toBe(false);
  });

  test("commands work on all rows and columns that are selected", () => {
    const desk = new TableDesk(7, "a b c / d e f / g h i");
    select(desk, [0, 0], [1, 1]);
    desk.run(moveRows(1));
    expect(desk.words).toBe("g h i / a b c / d e f");
    desk.run(moveColumns(1));
    expect(desk.words).toBe("i g h / c a b / f d e");
    desk.run(deleteRows);
    expect(desk.words).toBe("i g h");
  });

  test("aligning reaches the whole column, and rows that come later", () => {
    const desk = new TableDesk(7, "a b / c d");
    desk.go(1, 1);
    desk.run(alignColumns("right"));
    desk.run(addRow(1));
    expect(desk.table.children.map((row) => row.child(1).attrs["align"])).toEqual(Array(3).fill("right"));
    expect(desk.run(alignColumns("right"))).toBe(false);
    desk.run(alignColumns(null));
    expect(desk.table.child(1).child(1).attrs["align"]).toBeNull();
  });

  test("the first row is the head, whichever that is", () => {
    const desk = new TableDesk(7, "a / b");
    desk.go(0, 0);
    desk.run(moveRows(1));
    expect(desk.table.children.map((row) => row.child(0).attrs["head"])).toEqual([true, false]);
  });

  test("two people who move one row one place at once move it one place", () => {
    for (const [side, words] of [
      [-1, "h / b / a / c"],
      [1, "h / a / c / b"],
    ] as const) {
      const desks = [7, 8].map((client) => new TableDesk(client, "h / a / b / c"));
      for (const desk of desks) {
        desk.go(2, 0);
        desk.run(moveRows(side));
      }
      meet(...desks);
      expect(desks.map((desk) => desk.words)).toEqual([words, words]);
    }
  });

  test("by key a row goes up to the head and stops there, also where another moved it there just now", () => {
    const [ana, bo] = [7, 8].map((client) => new TableDesk(client, "h / a / b"));
    for (const desk of [ana!, bo!]) desk.go(2, 0);
    expect(ana!.run(moveRowsToHead)).toBe(true);
    meet(ana!, bo!);
    bo!.go(1, 0);
    expect(bo!.run(moveRowsToHead)).toBe(true);
    expect(bo!.words).toBe("h / b / a");
  });

  test("while one moves a row and another a column, who types in both types on", () => {
    const page = "a b / c d";
    const [ana, ben, cem] = [7, 8, 9].map((client) => new TableDesk(client, page));
    ana!.go(0, 0);
    ana!.run(moveRows(1));
    ben!.go(0, 0);
    ben!.run(moveColumns(1));
    cem!.go(0, 0, 1);
    cem!.type("!");
    meet(ana!, ben!, cem!);
    expect(ana!.words).toBe("d c / b a!");
  });
});

describe("the whole table", () => {
  const page = (...content: Parameters<typeof schema.node>[2][]) =>
    EditorState.create({ doc: schema.node("doc", null, content as never) });
  const line = (text = "") => schema.node("paragraph", null, text ? schema.text(text) : []);

  test("stands in place of an empty line, and behind one with words, with the caret in its first cell", () => {
    for (const [text, count] of [
      ["", 1],
      ["words", 2],
    ] as const) {
      let state = page(line(text));
      state = state.apply(state.tr.setSelection(TextSelection.atEnd(state.doc)));
      insertTable()(state, (transaction) => (state = state.apply(transaction)));
      expect(state.doc.childCount).toBe(count);
      expect(state.doc.lastChild!.childCount).toBe(3);
      expect(state.doc.lastChild!.firstChild!.childCount).toBe(3);
      expect(state.selection.$from.parent.type.name).toBe("tableCell");
      expect(state.selection.$from.index(1)).toBe(0);
    }
  });

  test("takes no words away, from an empty line to one with words selected, or the other way round", () => {
    for (const lines of [
      [line(), line("words")],
      [line("words"), line()],
    ]) {
      let state = page(...lines);
      const all = TextSelection.between(state.doc.resolve(1), state.doc.resolve(state.doc.content.size - 1));
      state = state.apply(state.tr.setSelection(all));
      insertTable()(state, (transaction) => (state = state.apply(transaction)));
      expect(state.doc.textContent).toBe("words");
    }
  });

  test("is not put into a cell of another", () => {
    const desk = new TableDesk(7, "a");
    desk.go(0, 0);
    expect(desk.run(insertTable())).toBe(false);
  });

  test("goes with its last row, its last column, or by itself, and leaves a line for the caret", () => {
    for (const command of [deleteRows, deleteColumns, deleteTable]) {
      const desk = new TableDesk(7, "a");
      desk.go(0, 0);
      desk.run(command);
      expect(desk.state.doc.toString()).toBe("doc(paragraph)");
      expect(desk.state.selection.$from.parent.type.name).toBe("paragraph");
    }
  });
});

describe("cells through the clipboard", () => {
  /** The cells of one table, pasted at a place of another or into an area of it. */
  function pasted(page: string, to: [number, number], corner?: [number, number]): TableDesk {
    const from = new TableDesk(6, "A B / C D");
    select(from, [0, 0], [1, 1]);
    const desk = new TableDesk(7, page);
    if (corner) select(desk, to, corner);
    else desk.go(...to);
    expect(desk.run(pasteCells(copiedCells(from.state.selection.content())))).toBe(true);
    return desk;
  }

  test("are copied as a table, and words of a cell as words", () => {
    const desk = new TableDesk(7, "a b c / d e f");
    select(desk, [0, 1], [1, 2]);
    const { content, openStart } = copiedCells(desk.state.selection.content());
    expect([content.childCount, openStart]).toEqual([1, 0]);
    const words = content.firstChild!.children.map((row) => row.children.map((cell) => cell.textContent));
    expect(words).toEqual([
      ["b", "c"],
      ["e", "f"],
    ]);
    desk.go(0, 0, 0, 1);
    const slice = desk.state.selection.content();
    expect(copiedCells(slice)).toBe(slice);
    expect(desk.run(pasteCells(slice))).toBe(false);
  });

  test("replace what cells hold from the caret on, and the table grows where it ends", () => {
    expect(pasted("a b c / d e f", [0, 1]).words).toBe("a A B / d C D");
    expect(pasted("a b / d e", [1, 1]).words).toBe("a b . / d A B / . C D");
  });

  test("fill the cells that are selected", () => {
    expect(pasted("a b c / d e f / g h i", [0, 0], [2, 2]).words).toBe("A B A / C D C / A B A");
    expect(pasted("a b c / d e f", [0, 0], [0, 0]).words).toBe("A b c / d e f");
  });

  test("leave what others write in the same cells meanwhile", () => {
    const ben = new TableDesk(8, "a b / d e");
    ben.go(0, 0, 1);
    ben.type("-new");
    const ana = pasted("a b / d e", [0, 0]);
    meet(ana, ben);
    expect(ana.words).toMatch(/^(A-new|-newA) B \/ C D$/);
  });
});

describe("the caret", () => {
  test("goes from cell to cell, and behind the last one to a new row", () => {
    expect(after(nextCell(1), 0, 0, "a b / c d")).toBe("a b / c d | 0 1");
    expect(after(nextCell(1), 0, 1, "a b / c d")).toBe("a b / c d | 1 0");
    expect(after(nextCell(1), 1, 1, "a b / c d")).toBe("a b / c d / . . | 2 0");
    expect(after(nextCell(-1), 1, 0, "a b / c d")).toBe("a b / c d | 0 1");
    expect(after(nextCell(-1), 0, 0, "a b / c d")).toBe("a b / c d | 0 0");
  });

  test("goes down by Enter, and from the last row to a new line", () => {
    expect(after(cellBelow, 0, 1, "a b / c d")).toBe("a b / c d | 1 1");
    const desk = new TableDesk(7, "a b");
    desk.go(0, 1);
    let { state } = desk;
    cellBelow(state, (transaction) => (state = state.apply(transaction)));
    expect(state.doc.childCount).toBe(2);
    expect(state.selection.$from.parent).toBe(state.doc.lastChild);
  });

  test("takes a cell's words first when it selects all", () => {
    const desk = new TableDesk(7, "words b");
    desk.go(0, 0, 2);
    expect(desk.run(selectCell)).toBe(true);
    expect(desk.state.doc.textBetween(desk.state.selection.from, desk.state.selection.to)).toBe("words");
    expect(desk.run(selectCell)).toBe(false);
  });

  test("deletes nothing beyond its cell", () => {
    const desk = new TableDesk(7, "ab c");
    for (const [offset, before, behind] of [
      [0, true, false],
      [1, false, false],
      [2, false, true],
    ] as const) {
      desk.go(0, 0, offset);
      expect(desk.run(isAtCellEdge(-1))).toBe(before);
      expect(desk.run(isAtCellEdge(1))).toBe(behind);
    }
  });

  test("selects cells where it is drawn from one into another, and typing replaces what they hold", () => {
    const desk = new TableDesk(7, "ab c / d e");
    const { tr, doc } = desk.state;
    desk.dispatch(tr.setSelection(TextSelection.create(doc, desk.cellAt(0, 0) + 2, desk.cellAt(1, 0) + 2)));
    desk.dispatch(asCells(desk.state)!);
    expect(desk.state.selection).toBeInstanceOf(CellSelection);
    desk.dispatch(desk.state.tr.replaceSelectionWith(schema.text("x"), false));
    expect(desk.words).toBe(". c / x e");
  });
});
