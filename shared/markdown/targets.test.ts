import { describe, expect, test } from "vitest";
import { bodyOf } from "./random-bodies.ts";
import { readMarkdown } from "./read.ts";
import { mapTargets, toIds, toPaths } from "./targets.ts";
import { writeMarkdown } from "./write.ts";

const pages = new Map([
  ["index.md", "p1"],
  ["key-issues/abi.md", "p2"],
  ["key-issues/native/index.md", "p3"],
  ["a page.md", "p4"],
]);
const assets = new Map([
  ["assets/images/stack.png", "a1"],
  ["100%.pdf", "a2"],
]);
const idAt = { page: (path: string) => pages.get(path), asset: (path: string) => assets.get(path) };
const byId = (map: Map<string, string>) => (id: string) => [...map].find(([, each]) => each === id)?.[0];
const pathOf = { page: byId(pages), asset: byId(assets) };

let made = 0;
const read = (source: string) => readMarkdown(source, { flavour: "mkdocs", makeId: () => `b${(made += 1)}` });
const write = (body: ReturnType<typeof read>) => writeMarkdown(body, { flavour: "mkdocs" });

describe("Seen from key-issues/abi.md", () => {
  const from = "key-issues/abi.md";
  const pairs: readonly [path: string, id: string][] = [
    ["../index.md", "page:p1"],
    ["../index.md#who", "page:p1#who"],
    ["abi.md#x", "page:p2#x"],
    ["native/index.md?a#b", "page:p3?a#b"],
    ["../a page.md", "page:p4"],
    ["../assets/images/stack.png#only-light", "asset:a1#only-light"],
    ["../100%25.pdf", "asset:a2"],
  ];

  test.each(pairs)("%s is %s, and back", (path, id) => {
    expect(toIds(from, idAt)(path)).toBe(id);
    expect(toPaths(from, pathOf)(id)).toBe(path);
  });

  test("other spellings of a path are understood", () => {
    expect(toIds(from, idAt)("./../key-issues//abi.md")).toBe("page:p2");
    expect(toIds(from, idAt)("../a%20page.md")).toBe("page:p4");
  });

  const left = [
    "#here",
    "../missing.md",
    "../../../index.md",
    "/index.md",
    "https://a.example/index.md",
    "../native",
    "",
  ];
  test.each(left)("%j stays as it is", (address) => {
    expect(toIds(from, idAt)(address)).toBeNull();
  });

  test.each(["page:gone", "asset:gone#x", "page:", "https://a.example"])("%s has no path", (address) => {
    expect(toPaths(from, pathOf)(address)).toBeNull();
  });
});

test("links and images of a body are mapped, and what is raw is left as it is", () => {
  const source = [
    "[a](abi.md) **[b](abi.md 'T')** ![c](../assets/images/stack.png) [d](gone.md)",
    "> - [e](../index.md)",
    '!!! note "[f](abi.md)"\n\n    [g](abi.md)',
    "| [h](abi.md) |\n|---|\n| ![i](../assets/images/stack.png) |",
    "![j](../assets/images/stack.png#only-light)\n![j](../100%25.pdf#only-dark)\n<figcaption>\n[k](abi.md)\n</figcaption>",
    "[^1]:\n    [l](abi.md)",
    "<p>[m](abi.md)</p>",
  ].join("\n\n");
  const mapped = mapTargets(read(source), toIds("key-issues/abi.md", idAt));
  expect(write(mapped)).toBe(
    [
      '[a](page:p2) **[b](page:p2 "T")** ![c](asset:a1) [d](gone.md)',
      "> - [e](page:p1)",
      '!!! note "[f](page:p2)"\n\n    [g](page:p2)',
      "| [h](page:p2) |\n|---|\n| ![i](asset:a1) |",
      "![j](asset:a1#only-light)\n![j](asset:a2#only-dark)\n<figcaption>\n[k](page:p2)\n</figcaption>",
      "[^1]:\n    [l](page:p2)",
      "<p>[m](abi.md)</p>\n",
    ].join("\n\n"),
  );
  const moved = mapTargets(mapped, toPaths("moved/far/abi.md", pathOf));
  expect(write(moved)).toContain("[a](../../key-issues/abi.md)");
  expect(write(moved)).toContain("![c](../../assets/images/stack.png)");
  expect(write(moved)).toContain("![j](../../100%25.pdf#only-dark)");
  expect(write(moved)).toContain("| ![i](../../assets/images/stack.png) |");
});

test("blocks in which nothing is mapped are the same values as before", () => {
  const body = bodyOf([
    { type: "paragraph", attrs: {}, content: [{ text: "a", marks: { link: { href: "#x" } } }] },
  ]);
  expect(mapTargets(body, () => null).blocks[0]).toBe(body.blocks[0]);
});
