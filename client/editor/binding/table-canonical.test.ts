import type { Node } from "@tiptap/pm/model";
import { EditorState } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { canonicalTable } from "./table-canonical.ts";
import { schema } from "./table-desk.stage.ts";

/** A table of rows; a cell is "text" or "text@column" or "text@column>align". */
function table(...rows: readonly string[]): Node {
  const cells = (line: string) =>
    line.split(" ").map((each) => {
      const [, text, column, align] = /^(\w*)(?:@(\w+))?(?:>(\w+))?$/.exec(each)!;
      const attrs = { column: column ?? null, align: align ?? null };
      return schema.node("tableCell", attrs, text ? schema.text(text) : []);
    });
  const nodes = rows.map((line) => {
    const [, id, rest] = /^(?:(\w+): )?(.*)$/.exec(line)!;
    return schema.node("tableRow", { row: id ?? null }, cells(rest!));
  });
  return schema.node("doc", null, [schema.node("paragraph"), schema.node("table", null, nodes)]);
}

function canonical(doc: Node): Node {
  let ids = 0;
  const { tr } = EditorState.create({ doc });
  canonicalTable(tr, doc.child(1), 2, () => `n${(ids += 1)}`);
  tr.doc.check();
  return tr.doc;
}

const shown = (doc: Node): string[] =>
  doc.child(1).children.map((row) => {
    const cells = row.children.map(({ textContent, attrs }) => {
      const { column, align, head } = attrs as { column: string; align: string | null; head: boolean };
      return `${textContent}@${column}${align ? `>${align}` : ""}${head ? "*" : ""}`;
    });
    return `${row.attrs["row"]}: ${cells.join(" ")}`;
  });

test("a new table gets ids, a head and nothing else", () => {
  expect(shown(canonical(table("a b", "c d")))).toEqual(["n3: a@n1* b@n2*", "n4: c@n1 d@n2"]);
});

test("what is canonical stays as it is, without a step", () => {
  const doc = canonical(table("a b", "c d>right"));
  expect(canonical(doc)).toBe(doc);
});

test("short rows are filled: cells with a column stand under it, the others from the left", () => {
  expect(shown(canonical(table("r: a@x b@y c@z", "s: d@z", "t: e", "u: f@y g@z")))).toEqual([
    "r: a@x* b@y* c@z*",
    "s: @x @y d@z",
    "t: e@x @y @z",
    "u: @x f@y g@z",
  ]);
});

test("ids that stand twice, in a row or a column, stay with the first", () => {
  expect(shown(canonical(table("r: a@x b@x", "r: c@x d@x")))).toEqual(["r: a@x* b@n1*", "n2: c@x d@n1"]);
});

test("a new row on top takes the columns as they are, and becomes the head", () => {
  expect(shown(canonical(table("a b", "r: c@x>right d@y")))).toEqual([
    "n1: a@x>right* b@y*",
    "r: c@x>right d@y",
  ]);
});

test("cells of one column are aligned as its first", () => {
  expect(shown(canonical(table("r: a@x>left", "s: b@x>right", "t: c@x")))).toEqual([
    "r: a@x>left*",
    "s: b@x>left",
    "t: c@x>left",
  ]);
});
