import { expect, test } from "vitest";
import { nest } from "./page-tree.ts";

const at = (id: string, parent: string | null = null) => ({ id, parent });

test("nodes stand under their parents, in the list's order", () => {
  expect(nest([at("a"), at("b", "a"), at("c"), at("d", "a")])).toEqual([
    {
      node: at("a"),
      children: [
        { node: at("b", "a"), children: [] },
        { node: at("d", "a"), children: [] },
      ],
    },
    { node: at("c"), children: [] },
  ]);
});

test("no node is ever left out: one with an unknown parent stands at the top", () => {
  expect(nest([at("a", "gone"), at("b", "b")]).map(({ node }) => node.id)).toEqual(["a", "b"]);
});
