import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { numbersOf } from "./footnote-numbers.ts";
import { documentExtensions } from "./schema.ts";

const schema = getSchema(documentExtensions);

const ref = (to: string): Node => schema.node("footnoteRef", { atom: { type: "footnote", to } });
const line = (...refs: readonly string[]): Node => schema.node("paragraph", null, refs.map(ref));
const note = (cid: string, ...refs: readonly string[]): Node =>
  schema.node("footnote", { cid }, [line(...refs)]);
const quote = (...blocks: readonly Node[]): Node => schema.node("blockquote", null, [...blocks]);
const numbers = (...blocks: readonly Node[]) =>
  Object.fromEntries(numbersOf(schema.node("doc", null, [...blocks])));

test("notes are numbered in the order in which the text first refers to them, wherever they stand", () => {
  expect(numbers(note("a"), line("b"), quote(line("a", "b")), note("b"))).toEqual({ b: 1, a: 2 });
});

test("a note that only another note refers to comes behind those of the text", () => {
  expect(numbers(line("a"), note("a", "c"), line("b"), note("b"), note("c"))).toEqual({ a: 1, b: 2, c: 3 });
});

test("what is referred to and not on the page has no number, and takes none from others", () => {
  expect(numbers(line("gone", "a"), note("a"), note("unused"))).toEqual({ a: 1 });
});

test("a page whose other blocks stay is not looked at again as a whole", () => {
  let looked = 0;
  const watched = line("a");
  const forEach = watched.forEach.bind(watched);
  watched.forEach = (see) => {
    looked += 1;
    forEach(see);
  };
  numbers(watched, note("a"));
  expect(numbers(watched, note("a"), line("b"), note("b"))).toEqual({ a: 1, b: 2 });
  expect(looked).toBe(1);
});
