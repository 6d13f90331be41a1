import { TextSelection } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { writeBody } from "../../../shared/body/format.ts";
import { tableOf } from "../../../shared/body/table.stage.ts";
import { rangeOfThread } from "../highlights.ts";
import { Desk } from "./desk.stage.ts";

/* A table between two lines, as the binding shows and writes it together with the text around it. */

const start = (() => {
  const doc = new Y.Doc();
  const line = (id: string, text: string) => ({
    id,
    type: "paragraph",
    attrs: {},
    in: null,
    content: [{ text }],
  });
  const table = {
    id: "t",
    type: "table",
    attrs: {},
    in: null,
    content: [],
    table: tableOf("north south / east west"),
  };
  writeBody(doc, {
    containers: new Map(),
    blocks: [line("p", "above"), table, line("q", "below")],
  } as unknown as Body);
  return Y.encodeStateAsUpdate(doc);
})();

let made = 0;
const desk = (client: number) => new Desk(() => `n${(made += 1)}`, client, start);

function meet(...desks: Desk[]): void {
  const updates = desks.map((each) => Y.encodeStateAsUpdate(each.doc));
  for (const each of desks) for (const update of updates) each.receive(update);
  for (const each of desks) {
    each.check();
    expect(String(each.state.doc)).toBe(String(desks[0]!.state.doc));
  }
}

test("what two people type in one cell, and around the table, is there for both", () => {
  const [ana, bo] = [desk(1), desk(2)];
  ana.find("north");
  ana.type("ern");
  bo.find("north", "before");
  bo.type("far ");
  bo.find("below", "before");
  bo.type("just ");
  meet(ana, bo);
  expect(ana.text).toBe("above|far northern|south|east|west|just below");
});

test("a caret in a cell stays between its characters while others type before it", () => {
  const [ana, bo] = [desk(1), desk(2)];
  ana.find("east");
  bo.find("above", "before");
  bo.type("far ");
  bo.find("east", "before");
  bo.type("xyz");
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  ana.type("!");
  ana.check();
  expect(ana.text).toContain("xyzeast!");
  const there = bo.binding.position(bo.state.doc, ana.binding.selected!.head);
  expect(there).toBeNull();
  bo.receive(Y.encodeStateAsUpdate(ana.doc));
  const caret = bo.binding.position(bo.state.doc, ana.binding.selected!.head)!;
  expect(bo.state.doc.textBetween(caret - 2, caret)).toBe("t!");
});

test("a table that is put into the page, typed in and deleted again leaves the text around it alone", () => {
  const ana = desk(1);
  ana.find("below");
  const table = ana.state.doc.child(1);
  ana.dispatch(ana.state.tr.insert(ana.state.doc.content.size, table));
  ana.check();
  const cell = ana.state.doc.content.size - 3;
  ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, cell)));
  ana.type("z");
  ana.check();
  expect(ana.text).toBe("above|north|south|east|west|below|north|south|east|westz");
  ana.dispatch(ana.state.tr.delete(7, 7 + ana.state.doc.child(1).nodeSize));
  ana.check();
  expect(ana.text).toBe("above|below|north|south|east|westz");
  ana.undoManager.undo();
  ana.check();
  expect(ana.text).toBe("above|north|south|east|west|below|north|south|east|westz");
});

test("a thread on words in a cell keeps its place, and finds it again by its quote", () => {
  const ana = desk(1);
  ana.find("west");
  ana.type(" don't");
  ana.find("don't", "select");
  const thread = ana.binding.placeInCells(ana.state.doc, ana.state.selection)!;
  expect(thread.quote.exact).toBe("don't");
  const words = () => {
    const range = rangeOfThread(ana.binding, ana.state.doc, thread);
    return range && ana.state.doc.textBetween(range.from, range.to);
  };
  ana.find("above", "before");
  ana.press("Enter");
  ana.find("don't", "before");
  ana.type("please ");
  expect(words()).toBe("don't");
  ana.find("don't", "select");
  ana.press("Backspace");
  expect(words()).toBeNull();
  ana.find("east");
  ana.type(" don't");
  expect(words()).toBe("don't");
});
