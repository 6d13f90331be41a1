import { Fragment } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import type { Attrs } from "../../../shared/body/blocks.ts";
import { schema } from "../binding/desk.stage.ts";
import { isSound } from "./sound.ts";

const holds = (node: string, attrs: Attrs): boolean =>
  isSound(Fragment.from(schema.nodes[node]!.create(attrs)));
const carries = (node: string, more: Attrs): boolean => holds(node, { more });

test("attributes that no version here knows come through the clipboard", () => {
  expect(carries("paragraph", { wide: [1, { deep: true }] })).toBe(true);
  expect(carries("unknownBlock", { src: "https://example.org/", level: 2 })).toBe(true);
});

test.each(["type", "id", "in", "born", "kind", "rows", "columns", "cells", "list", "mark", "set"])(
  "nothing carried says what is said elsewhere: %s",
  (name) => {
    for (const node of ["paragraph", "table", "unknownBlock", "callout"])
      expect(carries(node, { [name]: "b" }), node).toBe(false);
  },
);

test.each([
  ["heading", "level"],
  ["codeBlock", "lang"],
  ["figure", "src"],
  ["figure", "dark"],
  ["figure", "alt"],
  ["callout", "type"],
  ["collapsible", "open"],
  ["footnote", "label"],
])("nothing carried stands in for what is shown: a %s's %s", (node, name) => {
  expect(carries(node, { [name]: "/a" })).toBe(false);
});

test("no address comes through that may not be made live, shown or carried", () => {
  const address = "javascript:alert(1)";
  expect(holds("figure", { src: address })).toBe(false);
  for (const name of ["src", "dark", "href"])
    for (const node of ["paragraph", "figure", "unknownBlock"])
      expect(carries(node, { [name]: address }), `${node} ${name}`).toBe(false);
});

test("what is carried is a set of attributes", () => {
  for (const more of [null, "words", ["a"], 5]) expect(holds("paragraph", { more })).toBe(false);
});
