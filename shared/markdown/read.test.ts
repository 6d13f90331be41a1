import { describe, expect, test } from "vitest";
import { limits } from "../base/limits.ts";
import type { Body, Inline } from "../body/blocks.ts";
import { toTree, type Tree } from "../body/tree.ts";
import type { Flavour } from "./flavour.ts";
import { readMarkdown } from "./read.ts";
import { writeMarkdown } from "./write.ts";

function read(source: string, flavour: Flavour = "mkdocs"): Body {
  let ids = 0;
  return readMarkdown(source, { flavour, makeId: () => `b${(ids += 1)}` });
}

const again = (source: string, flavour: Flavour = "mkdocs") =>
  writeMarkdown(read(source, flavour), { flavour });

/** A body in a few words: each block as its type and text, quotes and lists as what they hold. */
function sketch(source: string, flavour: Flavour = "mkdocs"): unknown {
  return drawn(toTree(read(source, flavour)));
}

function drawn(tree: Tree): unknown[] {
  return tree.map((branch) => {
    if ("block" in branch) return `${branch.block.type}: ${said(branch.block.content)}`;
    if ("tabs" in branch) return { tabs: branch.tabs.map((tab) => drawn(tab.children)) };
    if ("container" in branch) return { [branch.container.kind]: drawn(branch.children) };
    return { [branch.list]: branch.items.map((item) => drawn(item.children)) };
  });
}

function said(content: readonly Inline[]): string {
  return content.map((run) => ("text" in run ? run.text : `{${run.atom.type}}`)).join("");
}

const inline = (source: string, flavour?: Flavour) => read(source, flavour).blocks[0]?.content;

describe("What is understood", () => {
  test("line ends in a paragraph are spaces, hard breaks are breaks", () => {
    expect(inline("one\ntwo  \nthree")).toEqual([
      { text: "one two" },
      { atom: { type: "break" } },
      { text: "three" },
    ]);
  });

  test("marks, links and images are runs and atoms", () => {
    expect(inline("*a* **b** ~~c~~ `d` [e](f 'g') ![h](i) <br>")).toEqual([
      { text: "a", marks: { italic: true } },
      { text: " " },
      { text: "b", marks: { bold: true } },
      { text: " " },
      { text: "c", marks: { strike: true } },
      { text: " " },
      { text: "d", marks: { code: true } },
      { text: " " },
      { text: "e", marks: { link: { href: "f", title: "g" } } },
      { text: " " },
      { atom: { type: "image", src: "i", alt: "h" } },
      { text: " " },
      { atom: { type: "html", source: "<br>" } },
    ]);
  });

  test("lists know their marks, their start, and which of their items are loose", () => {
    const attrs = [...read("3) a\n4) b\n\n* c\n\n* d\n* e").containers.values()].map((each) => each.attrs);
    expect(attrs).toEqual([
      { list: "ordered", mark: ")", start: 3 },
      { list: "ordered", mark: ")" },
      { list: "bullet", mark: "*", loose: true },
      { list: "bullet", mark: "*" },
      { list: "bullet", mark: "*" },
    ]);
  });

  test("an empty item and an empty quote hold an empty paragraph", () => {
    expect(sketch("- \n- a\n\n>")).toEqual([
      { bullet: [["paragraph: "], ["paragraph: a"]] },
      { quote: ["paragraph: "] },
    ]);
  });

  test("references lead where their definitions say, also in other parts of a long page", () => {
    const page = `[a][x]\n\n${"word ".repeat(2_000)}\n\n[x]: https://a.example 'T'`;
    expect(inline(page)).toEqual([{ text: "a", marks: { link: { href: "https://a.example", title: "T" } } }]);
  });

  test("an item's text indented as Python-Markdown wants it is no code", () => {
    expect(sketch("1. a\n   *b:*\n\n       - c\n       - d")).toEqual([
      { ordered: [["paragraph: a b:", { bullet: [["paragraph: c"], ["paragraph: d"]] }]] },
    ]);
  });
});

describe("What is not understood stays as it is", () => {
  const constructs: readonly [name: string, source: string][] = [
    [
      "an admonition with a blank line and a list",
      '!!! note "A title"\n\n    Text.\n\n    - item\n      more',
    ],
    [
      "an admonition without a title, and one with an empty one",
      '!!! warning\n    Text.\n\n!!! quote ""\n\n    Text.',
    ],
    [
      "a collapsible in a collapsible",
      '??? question "Why `code`?[^1]"\n\n    Text.\n\n    ???+ note\n\n        ```c\n        x\n        ```',
    ],
    ["content tabs", '=== "One"\n\n    ```bash\n    $ ls\n    ```\n\n=== "Two"\n\n\tText.'],
    ["footnotes on the lines after", "[^1]:\n    See [this](x.md)\n    and more.\n\n[^two]: Short."],
    ["a table", "| a | b |\n| - | :-: |\n| `x|y` | [l](m) |"],
    ["HTML", "<figure>\n  <img src=x onerror=alert(1)>\n</figure>"],
    ["a comment over blank lines", "<!-- one\n\n# two -->"],
    ["front matter", "---\ndescription: A page\n---"],
    ["definitions", "[a]: https://a.example"],
    ["emphasis in emphasis of the same kind", "**a **b** c**"],
    ["a link without text", "[](https://a.example)"],
  ];

  test.each(constructs)("%s", (_, source) => {
    const { blocks } = read(source);
    expect(blocks.map((block) => block.type)).toEqual(blocks.map(() => "raw"));
    expect(again(source)).toBe(`${source}\n`);
  });

  test("in quotes and items, without their marks and indent", () => {
    expect(sketch("> - a\n>\n>     !!! note\n>\n>         b\n>\n>         c\n>     - d")).toEqual([
      {
        quote: [
          { bullet: [["paragraph: a", "raw: !!! note\n\n    b\n\n    c", { bullet: [["paragraph: d"]] }]] },
        ],
      },
    ]);
  });

  test("up to the line that is not part of it", () => {
    const source = "!!! note\n    a\nb\n\n[^1]:\n    c\n\n2. d\n\n!!! note\n\n    e\n- f";
    expect(sketch(source)).toEqual([
      "raw: !!! note\n    a",
      "paragraph: b",
      "raw: [^1]:\n    c",
      { ordered: [["paragraph: d"]] },
      "raw: !!! note\n\n    e",
      { bullet: [["paragraph: f"]] },
    ]);
  });

  test("a paragraph ends where such a construct begins, and a footnote's text may go on without indent", () => {
    expect(sketch("a\n!!! note\n    b\n\n[^1]: c\nd\n# e")).toEqual([
      "paragraph: a",
      "raw: !!! note\n    b",
      "raw: [^1]: c\nd",
      "heading: e",
    ]);
  });

  test("in text: footnote references and the boxes of tasks", () => {
    expect(inline("a[^1] b")).toEqual([
      { text: "a" },
      { atom: { type: "raw", source: "[^1]" } },
      { text: " b" },
    ]);
    expect(sketch("- [ ] a\n- [x] b")).toEqual([
      { bullet: [["paragraph: {raw} a"], ["paragraph: {raw} b"]] },
    ]);
    expect(again("- [ ] a\n- [x] b\n- \\[ ] c")).toBe("- [ ] a\n- [x] b\n- \\[ ] c\n");
  });

  test("what only MkDocs knows is text in the flavour of GitHub", () => {
    expect(sketch("!!! note\n    b", "gfm")).toEqual(["paragraph: !!! note b"]);
  });

  test("more containers in each other than a body has", () => {
    const source = `${"> ".repeat(limits.containerDepth + 1)}a`;
    expect(sketch(source)).toEqual([`raw: ${source}`]);
    expect(sketch("> ".repeat(limits.containerDepth) + "a")).not.toEqual([expect.any(String)]);
  });
});

test("line ends of Windows and a byte order mark are no part of the text", () => {
  expect(sketch("\uFEFF# a\r\n\r\n```\r\nb\r\nc\r\n```\r\n")).toEqual(["heading: a", "code: b\nc"]);
});

test("a long page reads the same in parts, with code and HTML that go on over blank lines", () => {
  const filler = `${"word ".repeat(1_000)}\n\n`;
  const page = `${filler}~~~\n${filler}\`\`\`\n${filler}~~~\n\n<!--\n${filler}# a\n\n-->\n\n- a\n\n${filler}- b\n\n# end`;
  const types = read(page).blocks.map((block) => block.type);
  expect(types).toEqual(["paragraph", "code", "raw", "paragraph", "paragraph", "paragraph", "heading"]);
});

test("an address that is not safe is text, with all its words", () => {
  expect(inline("[a](javascript:alert(1)) <data:b> ![c](vbscript:d)")).toEqual([
    { text: "[a](javascript:alert(1)) data:b ![c](vbscript:d)" },
  ]);
  expect(again("[a](JaVa\tScript:b)")).not.toMatch(/\]\(/);
});
