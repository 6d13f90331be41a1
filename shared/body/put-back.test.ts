import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import { bodyText, readBody, toMarker } from "./format.ts";
import { schemaVersion } from "./schema.ts";
import { putBack } from "./put-back.ts";

const block = (id: string) => toMarker({ type: "paragraph", attrs: {}, in: null }, id as BlockId);
const making = { makeId: () => "new" as BlockId, origin: "hand" };

function page(...texts: string[]): Y.Doc {
  const doc = new Y.Doc();
  const body = bodyText(doc);
  for (const [at, text] of texts.entries()) {
    body.insertEmbed(body.length, block(`b${at}`));
    if (text) body.insert(body.length, text);
  }
  return doc;
}

const caretAt = (text: Y.Text, index: number): unknown =>
  JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(text, index)));

const textsOf = (doc: Y.Doc) =>
  readBody(doc).blocks.map(({ id, content }) => [
    id,
    content.map((run) => ("text" in run ? run.text : "◆")).join(""),
  ]);

test("words come back at the caret, as one line, parted from what stands beside them", () => {
  const doc = page("one two", "three");
  putBack(doc, "  kept\n words ", caretAt(bodyText(doc), 4), making);
  expect(textsOf(doc)).toEqual([
    ["b0", "one kept words two"],
    ["b1", "three"],
  ]);
});

test("no space is added beside one, nor at a block's borders", () => {
  const doc = page("", "three");
  putBack(doc, "kept", caretAt(bodyText(doc), 1), making);
  putBack(doc, "more", caretAt(bodyText(doc), 6), making);
  expect(textsOf(doc)).toEqual([
    ["b0", "kept"],
    ["b1", "more three"],
  ]);
});

test("a caret in a text that stands in the page is a caret in that text", () => {
  const doc = page("one");
  const marker = block("table");
  const cell = new Y.Text("cell");
  bodyText(doc).insertEmbed(4, marker);
  (marker as Y.Map<unknown>).set("nest", cell);
  putBack(doc, "kept", caretAt(cell, 4), making);
  expect(cell.toJSON()).toBe("cell kept");
});

test("without a caret, or with one whose text is gone, they are a paragraph at the end", () => {
  const doc = page("one");
  const marker = block("table");
  const cell = new Y.Text("cell");
  bodyText(doc).insertEmbed(4, marker);
  (marker as Y.Map<unknown>).set("nest", cell);
  const caret = caretAt(cell, 2);
  bodyText(doc).delete(4, 1);
  for (const nowhere of [null, undefined, caret]) {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    putBack(copy, "kept", nowhere, making);
    expect(textsOf(copy)).toEqual([
      ["b0", "one"],
      ["new", "kept"],
    ]);
  }
});

test("a caret in front of everything puts them into the first block", () => {
  const doc = page("one");
  putBack(doc, "kept", caretAt(bodyText(doc), 0), making);
  expect(textsOf(doc)).toEqual([["b0", "kept one"]]);
});

test("words come back without marks, in the middle of bold ones and behind them", () => {
  const doc = page("one two");
  bodyText(doc).format(1, 7, { bold: true });
  const bold = { bold: true };
  for (const [caret, inPage] of [
    [4, [{ text: "one", marks: bold }, { text: " kept" }, { text: " two", marks: bold }]],
    [8, [{ text: "one two", marks: bold }, { text: " kept" }]],
  ] as const) {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    putBack(copy, "kept", caretAt(bodyText(copy), caret), making);
    expect(readBody(copy).blocks[0]?.content).toEqual(inPage);
  }
  putBack(doc, "kept", null, making);
  expect(readBody(doc).blocks[1]?.content).toEqual([{ text: "kept" }]);
});

test("it is one step of whose hand it is, taken back whole, and says which version wrote", () => {
  const doc = page("one");
  const undo = new Y.UndoManager(bodyText(doc), { trackedOrigins: new Set([making.origin]) });
  for (const caret of [caretAt(bodyText(doc), 4), null]) {
    putBack(doc, "kept", caret, making);
    expect(doc.getMap("meta").get("schema")).toBe(schemaVersion);
    expect(bodyText(doc).toJSON()).toContain("kept");
    undo.undo();
    expect(textsOf(doc)).toEqual([["b0", "one"]]);
  }
});
