import { Fragment, type Node } from "@tiptap/pm/model";
import { toggleMark } from "@tiptap/pm/commands";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { meet, schema, TableDesk } from "./table-desk.stage.ts";

const cell = (text = "", attrs: { [name: string]: unknown } = {}): Node =>
  schema.node("tableCell", attrs, text ? schema.text(text) : []);
const row = (...cells: readonly Node[]): Node => schema.node("tableRow", null, [...cells]);

/** Two people at one table, each of whom does something before hearing of the other. */
function both(page: string, one: (desk: TableDesk) => void, other: (desk: TableDesk) => void): TableDesk {
  const [ana, ben] = [new TableDesk(7, page), new TableDesk(8, page)];
  one(ana);
  other(ben);
  meet(ana, ben);
  expect(ana.words).toBe(ben.words);
  return ana;
}

test("two people typing in one cell both keep their words", () => {
  const desk = both(
    "a-b c / d e",
    (ana) => (ana.go(0, 0, 1), ana.type("one")),
    (ben) => (ben.go(0, 0, 3), ben.type("two")),
  );
  expect(desk.words).toBe("aone-btwo c / d e");
});

test("a letter among equal letters stands where it was typed", () => {
  const desk = both(
    "aaaa",
    (ana) => (ana.go(0, 0, 1), ana.type("a")),
    (ben) => {
      ben.go(0, 0, 1, 4);
      ben.type("X");
    },
  );
  expect(desk.words).toBe("aaX");
});

test("what is typed reaches the text as what was typed, and nothing more", () => {
  const desk = new TableDesk(7, "abc def / ghi jkl");
  const state = Y.encodeStateVector(desk.doc);
  desk.go(0, 0, 1);
  desk.type("x");
  expect(Y.encodeStateAsUpdate(desk.doc, state).length).toBeLessThan(30);
  desk.dispatch(desk.state.tr.setMeta("nothing", true));
  expect(desk.written).toBe(0);
});

test("marks go to the characters that they are on, and end where they end", () => {
  const desk = new TableDesk(7, "abcd");
  desk.go(0, 0, 1, 3);
  desk.run(toggleMark(schema.marks["bold"]!));
  desk.go(0, 0, 3);
  desk.run(toggleMark(schema.marks["bold"]!));
  desk.type("x");
  desk.go(0, 0, 2);
  desk.type("y");
  expect(desk.table.toString()).toContain(`("a", bold("byc"), "xd")`);
});

test("atoms are kept, and whole characters of two units too", () => {
  const desk = new TableDesk(7, "ab");
  desk.go(0, 0, 1);
  desk.dispatch(desk.state.tr.replaceSelectionWith(schema.node("hardBreak")));
  desk.type("😀");
  desk.dispatch(desk.state.tr.insertText("😁", desk.cellAt(0, 0) + 3, desk.cellAt(0, 0) + 5));
  expect(desk.words).toBe("a\uFFFC😁b");
});

test("inserting a row keeps who types in the others, and takes an id and its columns", () => {
  const desk = both(
    "a b / c d",
    (ana) => {
      const at = ana.cellAt(1, 0) - 1;
      ana.dispatch(ana.state.tr.insert(at, row(cell("x"), cell())));
    },
    (ben) => (ben.go(1, 1, 1), ben.type("!")),
  );
  expect(desk.words).toBe("a b / x . / c d!");
});

test("inserting a column beside a new row makes a rectangle, and who writes at its corner is heard", () => {
  const [ana, ben] = [new TableDesk(7, "a b / c d"), new TableDesk(8, "a b / c d")];
  ana.dispatch(ana.state.tr.insert(ana.table.nodeSize - 1, row(cell("x"), cell())));
  const [below, above] = [ben.cellAt(1, 1), ben.cellAt(0, 1)];
  ben.dispatch(ben.state.tr.insert(below, cell("y1")).insert(above, cell("y0")));
  meet(ana, ben);
  expect(ana.words).toBe("a y0 b / c y1 d / x . .");
  ana.go(2, 1);
  ana.type("one");
  ben.go(2, 1);
  ben.type("two");
  meet(ana, ben);
  expect(ana.words).toMatch(/ x (onetwo|twoone) \.$/);
  ben.undo();
  meet(ana, ben);
  expect(ana.words).toMatch(/ x one \.$/);
});

test("deleting a row leaves what another types in it", () => {
  const desk = both(
    "a b / c d / e f",
    (ana) => ana.dispatch(ana.state.tr.delete(ana.cellAt(1, 0) - 1, ana.cellAt(2, 0) - 1)),
    (ben) => (ben.go(1, 1, 1), ben.type("new")),
  );
  expect(desk.words).toBe("a b / . new / e f");
});

test("moving a row re-creates nothing: who types in it types on", () => {
  const desk = both(
    "a / b / c",
    (ana) => {
      const [from, to] = [ana.cellAt(1, 0) - 1, ana.table.nodeSize - 1];
      const turned = Fragment.from([ana.table.child(2), ana.table.child(1)]);
      ana.dispatch(ana.state.tr.replaceWith(from, to, turned));
    },
    (ben) => (ben.go(1, 0, 1), ben.type("!")),
  );
  expect(desk.words).toBe("a / c / b!");
});

test("a row that was undone while another wrote in it stays", () => {
  const [ana, ben] = [new TableDesk(7, "a b"), new TableDesk(8, "a b")];
  ana.dispatch(ana.state.tr.insert(ana.table.nodeSize - 1, row(cell(), cell())));
  meet(ana, ben);
  ben.go(1, 1);
  ben.type("new");
  ana.undo();
  expect(ana.words).toBe("a b");
  meet(ana, ben);
  expect(ben.words).toBe("a b / . new");
});

test("a row that came back for its text stays while somebody empties it", () => {
  const desk = both(
    "a b / c d",
    (ana) => ana.dispatch(ana.state.tr.delete(ana.cellAt(1, 0) - 1, ana.table.nodeSize - 1)),
    (ben) => (ben.go(1, 1, 1), ben.type("n")),
  );
  expect(desk.words).toBe("a b / . n");
  const at = desk.cellAt(1, 1) + 1;
  desk.dispatch(desk.state.tr.delete(at, at + 1));
  expect(desk.words).toBe("a b / . .");
});

test("a table whose rows are all gone shows a cell, and writing in it makes a row", () => {
  const desk = both(
    "a b / c d",
    (ana) => ana.dispatch(ana.state.tr.delete(ana.cellAt(1, 0) - 1, ana.table.nodeSize - 1)),
    (ben) => ben.dispatch(ben.state.tr.delete(ben.cellAt(0, 0) - 1, ben.cellAt(1, 0) - 1)),
  );
  expect(desk.words).toBe("");
  desk.go(0, 1);
  desk.type("new");
  expect(desk.words).toBe(". new");
});

test("cells that did not change stay the nodes that they were", () => {
  const [ana, ben] = [new TableDesk(7, "a b / . d / . ."), new TableDesk(8, "a b / . d / . .")];
  const before = ben.table;
  ana.go(0, 0, 1);
  ana.type("!");
  meet(ana, ben);
  expect(ben.table.child(0).child(1)).toBe(before.child(0).child(1));
  expect(ben.table.child(1)).toBe(before.child(1));
  expect(ben.table.child(2)).toBe(before.child(2));
});
