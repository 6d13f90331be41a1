import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Body, Table } from "./blocks.ts";
import { readBody, writeBody } from "./format.ts";
import { firstPage, Hand } from "./table.stage.ts";
import { editTexts, cellTexts } from "./table-cells.ts";

test("a table is read as it was written, with marks, atoms and aligned columns", () => {
  const table = {
    columns: [
      { id: "c0", align: "right" },
      { id: "c1", align: null },
    ],
    rows: [
      { id: "r0", cells: [[{ text: "bold", marks: { bold: true } }, { text: " plain" }], []] },
      { id: "r1", cells: [[{ atom: { type: "break" } }], [{ text: "x" }]] },
    ],
  } as unknown as Table;
  const block = { id: "t", type: "table", attrs: {}, in: null, content: [], table };
  const doc = new Y.Doc();
  writeBody(doc, { blocks: [block], containers: new Map() } as unknown as Body);
  expect(readBody(doc).blocks).toEqual([block]);
});

test("what reads as it did is the same value, down to the cell", () => {
  const hand = new Hand(7, firstPage("a b / c d"));
  const before = hand.table;
  expect(hand.table).toBe(before);
  hand.type("r0", "c0", "x");
  const after = hand.table;
  expect(after.rows[0]).not.toBe(before.rows[0]);
  expect(after.rows[0]!.cells[1]).toBe(before.rows[0]!.cells[1]);
  expect(after.rows[1]).toBe(before.rows[1]);
  expect(after.columns[0]).toBe(before.columns[0]);
});

test("an inserted run has exactly the formats that it names, at a run's end as in its middle", () => {
  const hand = new Hand(7, firstPage("abc"));
  const texts = cellTexts(hand.marker, "r0", "c0");
  editTexts(texts, [{ retain: 1 }, { retain: 2, attributes: { bold: true } }]);
  editTexts(texts, [{ retain: 3 }, { insert: "plain", attributes: {} }]);
  editTexts(texts, [{ retain: 2 }, { insert: "x", attributes: { italic: true } }]);
  expect(hand.table.rows[0]!.cells[0]).toEqual([
    { text: "a" },
    { text: "b", marks: { bold: true } },
    { text: "x", marks: { italic: true } },
    { text: "c", marks: { bold: true } },
    { text: "plain" },
  ]);
});

describe("garbage reads as a rectangle, and reading writes nothing", () => {
  const garbage: { readonly [name: string]: (marker: Y.Map<unknown>) => void } = {
    "no parts": (marker) => ["rows", "columns", "cells"].forEach((part) => marker.delete(part)),
    "parts that are no maps": (marker) => {
      marker.set("rows", "x");
      marker.set("columns", new Y.Text("x"));
      marker.set("cells", [1]);
    },
    "lines that are no maps, or without a key": (marker) => {
      const rows = marker.get("rows") as Y.Map<unknown>;
      rows.set("r7", "x");
      rows.set("r8", new Y.Map());
      rows.set("r:9", new Y.Map([["at", "1"]]));
    },
    "keys and alignments of no kind": (marker) => {
      const columns = marker.get("columns") as Y.Map<Y.Map<unknown>>;
      columns.get("c0")!.set("at", { x: 1 });
      columns.get("c1")!.set("align", "justify");
    },
    "cells that are no texts, and cells of nowhere": (marker) => {
      const cells = marker.get("cells") as Y.Map<unknown>;
      cells.set("r0:c0", 7);
      cells.set("r0", new Y.Text("x"));
      cells.set("q:q", new Y.Text("x"));
    },
    "things in a cell that are no atoms": (marker) => {
      const cells = marker.get("cells") as Y.Map<Y.Text>;
      cells.get("r0:c0")!.insertEmbed(0, new Y.Map([["x", 1]]));
      cells.get("r0:c1")!.insertEmbed(0, { x: 1 });
    },
    "lines without end": (marker) => {
      const [rows, columns] = [marker.get("rows"), marker.get("columns")] as Y.Map<unknown>[];
      for (let n = 0; n < 1_000; n += 1) {
        rows!.set(`n${n}`, new Y.Map([["at", "1"]]));
        columns!.set(`n${n}`, new Y.Map([["at", "1"]]));
      }
    },
  };

  test.each(Object.keys(garbage))("%s", (name) => {
    const hand = new Hand(7, firstPage("a b / c d"));
    hand.doc.transact(() => garbage[name]!(hand.marker as Y.Map<unknown>));
    const state = Y.encodeStateAsUpdate(hand.doc);
    const { rows, columns } = hand.table;
    for (const row of rows) expect(row.cells).toHaveLength(columns.length);
    expect(rows.length * columns.length).toBeLessThanOrEqual(50_000);
    expect(Y.encodeStateAsUpdate(hand.doc)).toEqual(state);
  });

  test("and can be worked on", () => {
    const hand = new Hand(7, firstPage("a b / c d"));
    hand.doc.transact(() => garbage["no parts"]!(hand.marker as Y.Map<unknown>));
    hand.insert("rows", "rx", 0);
    hand.insert("columns", "cx", 0);
    hand.type("rx", "cx", "new");
    expect(hand.words).toBe("new");
  });
});
