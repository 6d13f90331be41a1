import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import { bodyText, readBody, toMarker } from "./format.ts";
import { putBack } from "./put-back.ts";

const block = (id: string) => toMarker({ type: "paragraph", attrs: {}, in: null }, id as BlockId);
const makeId = () => "new" as BlockId;

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
  putBack(doc, "  kept\n words ", caretAt(bodyText(doc), 4), makeId);
  expect(textsOf(doc)).toEqual([
    ["b0", "one kept words two"],
    ["b1", "three"],
  ]);
});

test("no space is added beside one, nor at a block's borders", () => {
  const doc = page("", "three");
  putBack(doc, "kept", caretAt(bodyText(doc), 1), makeId);
  putBack(doc, "more", caretAt(bodyText(doc), 6), makeId);
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
  putBack(doc, "kept", caretAt(cell, 4), makeId);
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
    putBack(copy, "kept", nowhere, makeId);
    expect(textsOf(copy)).toEqual([
      ["b0", "one"],
      ["new", "kept"],
    ]);
  }
});

test("a caret in front of everything puts them into the first block", () => {
  const doc = page("one");
  putBack(doc, "kept", caretAt(bodyText(doc), 0), makeId);
  expect(textsOf(doc)).toEqual([["b0", "kept one"]]);
});
