import { EditorState, Plugin, TextSelection } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import { describe, expect, test } from "vitest";
import { schema } from "../binding/desk.stage.ts";
import { asCells } from "./keys.ts";

/* What is selected where somebody drags out of a table, or into one. */

const line = (text: string) => schema.node("paragraph", null, text ? schema.text(text) : []);
const table = (...words: string[]) =>
  schema.node("table", null, [
    schema.node(
      "tableRow",
      null,
      words.map((word) => schema.node("tableCell", null, schema.text(word))),
    ),
  ]);

/** The page after what was selected, from the start of one word to the end of another, was deleted. */
function without(page: Parameters<typeof schema.node>[2], from: string, to: string): string {
  const doc = schema.node("doc", null, page as never);
  const at = (word: string) => {
    let found = -1;
    doc.descendants((node, position) => void (node.text?.includes(word) && (found = position)));
    return found;
  };
  let state = EditorState.create({
    doc,
    plugins: [new Plugin({ appendTransaction: (_all, _before, now) => asCells(now) })],
  });
  state = state.apply(state.tr.setSelection(TextSelection.create(doc, at(from), at(to) + to.length)));
  return String(state.apply(state.tr.deleteSelection()).doc);
}

describe("A selection that reaches", () => {
  test("from a cell to another is of cells", () => {
    const doc = schema.node("doc", null, [table("one", "two")]);
    const state = EditorState.create({ doc, selection: TextSelection.create(doc, 4, 9) });
    expect(asCells(state)?.selection).toBeInstanceOf(CellSelection);
  });

  test("from a cell to a line behind is of the whole table and the line", () => {
    expect(without([line("above"), table("one", "two"), line("below")], "two", "bel")).toBe(
      'doc(paragraph("aboveow"))',
    );
  });

  test("from a line into a cell is of the line and the whole table", () => {
    expect(without([line("above"), table("one", "two"), line("below")], "above", "one")).toBe(
      'doc(paragraph("below"))',
    );
  });

  test("from a cell of a page's first block is of the lines outside", () => {
    expect(without([table("one", "two"), line("below")], "one", "bel")).toBe(
      'doc(table(tableRow(tableCell("one"), tableCell("two"))), paragraph("ow"))',
    );
  });

  test("into a cell of a page's last block is of the lines outside", () => {
    expect(without([line("above"), table("one", "two")], "above", "two")).toBe(
      'doc(paragraph, table(tableRow(tableCell("one"), tableCell("two"))))',
    );
  });

  test("from a table to the next, with nothing between, is of nothing", () => {
    const page = [table("one", "two"), table("three", "four")];
    expect(without(page, "two", "three")).toBe(String(schema.node("doc", null, page)));
  });
});
