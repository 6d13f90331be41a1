import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import { hashOfBody, isComparable } from "./body-hash.ts";
import { bodyText, readBody, toMarker } from "./format.ts";

const hashOf = (doc: Y.Doc): string => hashOfBody(readBody(doc));

function pageOf(text: string): Y.Doc {
  const doc = new Y.Doc();
  bodyText(doc).insertEmbed(0, toMarker({ type: "heading", attrs: { level: 2 }, in: null }, "b1" as BlockId));
  bodyText(doc).insert(1, text);
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

test("copies of a page have one hash, and what shows makes another", () => {
  const doc = pageOf("Words and words");
  const before = hashOf(doc);
  expect(hashOf(copyOf(doc))).toBe(before);
  const edits: ((text: Y.Text) => void)[] = [
    (text) => text.insert(3, "x"),
    (text) => text.format(2, 3, { bold: true }),
    (text) => text.toDelta()[0].insert.set("level", 3),
    (text) => text.doc!.getMap("containers").set("c", new Y.Map([["kind", "quote"]])),
  ];
  for (const edit of edits) {
    const copy = copyOf(doc);
    edit(bodyText(copy));
    expect(hashOf(copy)).not.toBe(before);
  }
});

test("the order in which keys and marks were set makes no other hash", () => {
  const [one, other] = [pageOf("Words"), pageOf("Words")];
  const [marks, reversed] = [
    { bold: true, link: { href: "a", title: "b" } },
    { link: { title: "b", href: "a" }, bold: true },
  ];
  bodyText(one).format(1, 3, marks);
  bodyText(other).format(1, 3, reversed);
  expect(hashOf(one)).toBe(hashOf(other));
});

test("a format that changes nothing, and ends within an emoji, makes another text of equal state: that is seen", () => {
  const doc = pageOf("one 😀 two");
  const copy = copyOf(doc);
  bodyText(copy).format(1, 5, { bold: null });
  expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
  expect(hashOf(copy)).not.toBe(hashOf(doc));
});

test("only hashes made in one way can be compared", () => {
  const hash = hashOf(pageOf("Words"));
  expect(isComparable(hash, hashOf(pageOf("Others")))).toBe(true);
  expect(isComparable(hash, `0.${hash}`)).toBe(false);
});
