import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import type { Attrs, Value } from "./blocks.ts";
import { doubledSegments, mendDoubles } from "./doubles.ts";
import { bodyText, readBody, toMarker } from "./format.ts";
import { readSegments } from "./segments.ts";

type Written = { id: string; type?: string; text?: string; attrs?: Attrs; marks?: Attrs; holds?: string };

/** The numbers of those that are doubles, of blocks written one behind the other. */
function doublesOf(...blocks: Written[]): number[] {
  const doc = new Y.Doc();
  const text = bodyText(doc);
  for (const { id, type = "paragraph", text: words = "", attrs = {}, marks, holds } of blocks) {
    const marker = toMarker({ type, attrs, in: null }, id as BlockId);
    text.insertEmbed(text.length, marker);
    if (holds !== undefined) marker.set("nest", new Y.Map([["cell", new Y.Text(holds)]]) as unknown as Value);
    if (words) text.insert(text.length, words, marks ?? {});
  }
  return doubledSegments(readSegments(text));
}

test("blocks with ids of their own are no doubles, were their words the same", () => {
  expect(doublesOf({ id: "a", text: "same" }, { id: "b", text: "same" })).toEqual([]);
});

test("of blocks with one id and the same words the first stays; the others are told", () => {
  const same = { id: "a", text: "same" };
  expect(doublesOf(same, { id: "b", text: "x" }, same, same)).toEqual([2, 3]);
  expect(doublesOf({ id: "a" }, { id: "a" })).toEqual([1]);
});

test("a block whose words, type, attributes or inner text differ is nobody's double", () => {
  const one = { id: "a", type: "heading", text: "words", attrs: { level: 2 }, holds: "inner" };
  expect(doublesOf(one, one)).toEqual([1]);
  for (const other of [{ text: "word" }, { type: "paragraph" }, { attrs: { level: 3 } }, { holds: "outer" }])
    expect(doublesOf(one, { ...one, ...other }), JSON.stringify(other)).toEqual([]);
});

test("each is compared with all that stay before it", () => {
  const [one, other] = [
    { id: "a", text: "one" },
    { id: "a", text: "other" },
  ];
  expect(doublesOf(one, other, other, one)).toEqual([2, 3]);
});

test("marks alone make no other words", () => {
  expect(doublesOf({ id: "a", text: "words" }, { id: "a", text: "words", marks: { bold: true } })).toEqual([
    1,
  ]);
});

test("mending takes doubles away, and of what stays neither a word nor a mark", () => {
  const doc = new Y.Doc();
  const text = bodyText(doc);
  for (const [id, words] of [
    ["a", "same"],
    ["b", "bold "],
    ["a", "same"],
    ["c", "plain"],
    ["b", "bold "],
    ["d", "as plain"],
  ] as const) {
    text.insertEmbed(text.length, toMarker({ type: "paragraph", attrs: {}, in: null }, id as BlockId), {});
    text.insert(text.length, words, {});
  }
  // Each format ends within a double, and begins before it.
  text.format(6, 9, { bold: true });
  text.format(18, 9, { italic: true });
  const lines = readBody(doc).blocks;
  // As it comes to somebody else: who wrote it has Yjs begin its search where they wrote.
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  expect(mendDoubles(other)).toBe(true);
  expect(readBody(other).blocks).toEqual([0, 1, 3, 5].map((at) => lines[at]));
  expect(mendDoubles(other)).toBe(false);
});
