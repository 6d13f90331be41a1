import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import { flatText, placeAt, placeOfQuote, rangeOf } from "./anchors.ts";
import type { Block, Body } from "./blocks.ts";
import { bodyText, readBody, toMarker, writeBody } from "./format.ts";
import { toTree } from "./tree.ts";

const id = (name: string) => name as BlockId & ContainerId;
const paragraph = (name: string, text: string, container: string | null = null): Block => ({
  id: id(name),
  type: "paragraph",
  attrs: {},
  in: container === null ? null : id(container),
  content: text ? [{ text }] : [],
});
const containers = new Map([
  [id("q"), { id: id("q"), kind: "quote", attrs: {}, in: null }],
  [id("i"), { id: id("i"), kind: "item", attrs: { list: "bullet" }, in: id("q") }],
]);
const page: Body = {
  containers,
  blocks: [
    { id: id("h"), type: "heading", attrs: { level: 2 }, in: null, content: [{ text: "Goal" }] },
    {
      ...paragraph("p", ""),
      content: [
        { text: "all " },
        { text: "of", marks: { bold: true } },
        { atom: { type: "break" } },
        { text: "it", marks: { link: { href: "https://example.org" }, italic: true } },
      ],
    },
    { id: id("r"), type: "rule", attrs: {}, in: null, content: [] },
    paragraph("a", "said", "q"),
    paragraph("b", "listed", "i"),
    { ...paragraph("n", "later", null), type: "not-yet-known", attrs: { wide: [1, { deep: true }] } },
  ],
};

function written(body: Body): Y.Doc {
  const doc = new Y.Doc();
  writeBody(doc, body);
  return doc;
}

test("a body that was written is read back as it was, unknown types and attributes included", () => {
  expect(readBody(written(page))).toEqual(page);
});

test("no attribute says what a marker or a container's record says of itself", () => {
  const attrs = { id: "b", type: "table", kind: "item", in: "zzz", born: { in: "zzz" }, rows: 5, wide: true };
  const body: Body = {
    containers: new Map([[id("q"), { id: id("q"), kind: "quote", attrs, in: null }]]),
    blocks: [
      { ...paragraph("a", "words", "q"), attrs },
      { ...paragraph("t", ""), type: "table", attrs, table: { columns: [], rows: [] } },
    ],
  };
  const { blocks, containers: read } = readBody(written(body));
  expect(blocks).toEqual([
    { ...paragraph("a", "words", "q"), attrs: { kind: "item", rows: 5, wide: true } },
    { ...body.blocks[1], attrs: { kind: "item", wide: true } },
  ]);
  const own = { id: "b", type: "table", rows: 5, wide: true };
  expect(read.get(id("q"))).toEqual({ id: "q", kind: "quote", attrs: own, in: null });
});

test("marks of one block do not reach into the next", () => {
  const bold = { ...paragraph("x", ""), content: [{ text: "loud", marks: { bold: true } }] };
  const body = { containers: new Map(), blocks: [bold, paragraph("y", "calm")] };
  expect(readBody(written(body)).blocks).toEqual(body.blocks);
});

test("text before the first marker, and behind a block that holds none, is a block without an id", () => {
  const doc = new Y.Doc();
  bodyText(doc).insert(0, "head");
  bodyText(doc).insertEmbed(4, toMarker({ type: "rule", attrs: {}, in: null }, id("r")));
  bodyText(doc).insert(5, "tail");
  const blocks = readBody(doc).blocks.map((block) => [block.id, block.type, block.content]);
  expect(blocks).toEqual([
    [null, "paragraph", [{ text: "head" }]],
    ["r", "rule", []],
    [null, "paragraph", [{ text: "tail" }]],
  ]);
});

test("reading an empty page finds nothing and writes nothing", () => {
  const doc = new Y.Doc();
  expect(readBody(doc).blocks).toEqual([]);
  expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(new Y.Doc()));
});

test("neighbouring items of one parent are one list", () => {
  const item = (name: string, attrs = {}) =>
    [id(name), { id: id(name), kind: "item", attrs: { list: "bullet", ...attrs }, in: null }] as const;
  const body = {
    containers: new Map([item("1"), item("2"), item("3", { list: "ordered" })]),
    blocks: [paragraph("a", "a", "1"), paragraph("b", "b", "2"), paragraph("c", "c", "3")],
  };
  const lists = toTree(body).map((branch) => ("list" in branch ? [branch.list, branch.items.length] : null));
  expect(lists).toEqual([
    ["bullet", 2],
    ["ordered", 1],
  ]);
});

test("containers in a circle, missing, unknown or far too deep leave every block in the tree", () => {
  const chain = Array.from({ length: 40 }, (_, n) => {
    const each = { id: id(`c${n}`), kind: "quote", attrs: {}, in: n === 0 ? null : id(`c${n - 1}`) };
    return [each.id, each] as const;
  });
  const body: Body = {
    containers: new Map([
      ...chain,
      [id("x"), { id: id("x"), kind: "quote", attrs: {}, in: id("y") }],
      [id("y"), { id: id("y"), kind: "quote", attrs: {}, in: id("x") }],
      [id("z"), { id: id("z"), kind: "not-yet-known", attrs: {}, in: null }],
    ]),
    blocks: [
      paragraph("a", "a", "x"),
      paragraph("b", "b", "gone"),
      paragraph("c", "c", "z"),
      paragraph("d", "d", "c39"),
    ],
  };
  const text = JSON.stringify(toTree(body));
  for (const name of ["a", "b", "c", "d"]) expect(text).toContain(`"text":"${name}"`);
});

test("a place keeps its words while others type at its edges, split its block and change its type", () => {
  const doc = written(page);
  const flat = flatText(bodyText(doc));
  const start = flat.indexOf("listed");
  const place = placeAt(doc, start, start + 6);
  const text = bodyText(doc);
  text.insert(start + 6, "!");
  text.insert(start, "¡");
  text.insertEmbed(start + 3, toMarker(paragraph("s", ""), id("s")));
  text.insert(0, "before everything ");
  const range = rangeOf(doc, place);
  expect(range && flatText(text).slice(range.start, range.end)).toBe("li\nsted");
});

test("a place whose words were deleted is gone, and back when the deletion is undone", () => {
  const doc = written(page);
  const undo = new Y.UndoManager(bodyText(doc), { trackedOrigins: new Set(["me"]) });
  const at = flatText(bodyText(doc)).indexOf("listed");
  const place = placeAt(doc, at, at + 6);
  doc.transact(() => bodyText(doc).delete(at, 6), "me");
  expect(rangeOf(doc, place)).toBeNull();
  undo.undo();
  expect(rangeOf(doc, place)).toEqual({ start: at, end: at + 6 });
});

test("a quote finds its place only where it stands once, or once in its context", () => {
  const body = { containers: new Map(), blocks: [paragraph("a", "one and two and three")] };
  const doc = written(body);
  expect(placeOfQuote(doc, { exact: "and" })).toBe("ambiguous-quote");
  expect(placeOfQuote(doc, { exact: "four" })).toBe("quote-not-found");
  expect(placeOfQuote(doc, { exact: "and", prefix: "two " })).toMatchObject({
    quote: { exact: "and", prefix: "\none and two ", suffix: " three" },
  });
});

test("a place that cannot be read is a place that is gone", () => {
  expect(rangeOf(written(page), { start: "AAAA", end: "!!" })).toBeNull();
});
