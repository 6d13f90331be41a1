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

describe("Containers with an indented body", () => {
  test("callouts have a type, and a title that may be empty or not there", () => {
    expect(sketch('!!! note "A *title*[^1]"\n    Text.\n\n    - item\n      more')).toEqual([
      { callout: ["title: A title{raw}", "paragraph: Text.", { bullet: [["paragraph: item more"]] }] },
    ]);
    const source = '!!! warning\n    Text.\n\n!!! quote inline end ""\n\n    Text.';
    expect(sketch(source)).toEqual([
      { callout: ["paragraph: Text."] },
      { callout: ["title: ", "paragraph: Text."] },
    ]);
    expect([...read(source).containers.values()].map(({ attrs }) => attrs)).toEqual([
      { type: "warning" },
      { type: "quote", classes: "inline end" },
    ]);
  });

  test("collapsibles are open where they say so, and stand in each other", () => {
    const source =
      '??? question "Why `code`?"\n\n    Text.\n\n    ???+ note\n\n        ```c\n        x\n        ```';
    expect(sketch(source)).toEqual([
      { collapsible: ["title: Why code?", "paragraph: Text.", { collapsible: ["code: x"] }] },
    ]);
    expect([...read(source).containers.values()].map(({ attrs }) => attrs)).toEqual([
      { type: "question" },
      { type: "note", open: true },
    ]);
    expect(again(source)).toBe(`${source}\n`);
  });

  test("tabs are sets of neighbours; another sign begins another set", () => {
    const source =
      '=== "One"\n\n    ```bash\n    $ ls\n    ```\n\n=== "Two"\n\n\tText.\n\n===! "Three"\n\n    Text.';
    expect(sketch(source)).toEqual([
      {
        tabs: [
          ["title: One", "code: $ ls"],
          ["title: Two", "paragraph: Text."],
        ],
      },
      { tabs: [["title: Three", "paragraph: Text."]] },
    ]);
    expect(again(source)).toBe(`${source.replace("\t", "    ")}\n`);
  });

  test("footnotes have labels, and references lead to them from before and behind", () => {
    const { blocks, containers } = read(
      "a[^x] b[^gone]\n\n[^x]:\n    See [this](x.md)\n    and more[^x].\n\n[^2]: Short.",
    );
    const [first] = [...containers.values()];
    expect([...containers.values()].map(({ kind, attrs }) => [kind, attrs])).toEqual([
      ["footnote", { label: "x" }],
      ["footnote", { label: "2" }],
    ]);
    expect(blocks[0]?.content).toEqual([
      { text: "a" },
      { atom: { type: "footnote", to: first?.id } },
      { text: " b" },
      { atom: { type: "raw", source: "[^gone]" } },
    ]);
    expect(blocks[1]?.content).toContainEqual({ atom: { type: "footnote", to: first?.id } });
  });

  test("of two footnotes with one label the first holds; GitHub tells no large letters from small ones", () => {
    expect(sketch("[^a]: b\n\n[^a]: c")).toEqual([{ footnote: ["paragraph: b"] }, "raw: [^a]: c"]);
    expect(sketch("[^a]: b\n\n[^A]: c")).toEqual([
      { footnote: ["paragraph: b"] },
      { footnote: ["paragraph: c"] },
    ]);
    expect(sketch("[^a]: b\n\n[^A]: c", "gfm")).toEqual([{ footnote: ["paragraph: b"] }, "raw: [^A]: c"]);
  });

  test("in quotes and items, without their marks and indent", () => {
    expect(sketch("> - a\n>\n>     !!! note\n>\n>         b\n>\n>         c\n>     - d")).toEqual([
      {
        quote: [
          {
            bullet: [
              ["paragraph: a", { callout: ["paragraph: b", "paragraph: c"] }, { bullet: [["paragraph: d"]] }],
            ],
          },
        ],
      },
    ]);
  });

  test("up to the line that is not part of it", () => {
    const source = "!!! note\n    a\nb\n\n[^1]:\n    c\n\n2. d\n\n!!! note\n\n    e\n- f";
    expect(sketch(source)).toEqual([
      { callout: ["paragraph: a"] },
      "paragraph: b",
      { footnote: ["paragraph: c"] },
      { ordered: [["paragraph: d"]] },
      { callout: ["paragraph: e"] },
      { bullet: [["paragraph: f"]] },
    ]);
  });

  test("a paragraph ends where one begins, and a footnote's text may go on without indent", () => {
    expect(sketch("a\n!!! note\n    b\n\n[^1]: c\nd\n# e")).toEqual([
      "paragraph: a",
      { callout: ["paragraph: b"] },
      { footnote: ["paragraph: c d"] },
      "heading: e",
    ]);
  });

  test("links by reference lead where the page's definitions say", () => {
    const [link] = read("!!! note\n    [a][x]\n\n[x]: https://a.example").blocks[0]?.content ?? [];
    expect(link).toEqual({ text: "a", marks: { link: { href: "https://a.example" } } });
  });

  test("a line that begins with a dash is no list for Python-Markdown", () => {
    expect(sketch("!!! note\n    one thing\n    - not two")).toEqual([
      { callout: ["paragraph: one thing - not two"] },
    ]);
    expect(sketch("a:\n- b\n- c")).toEqual([
      "paragraph: a:",
      { bullet: [["paragraph: b"], ["paragraph: c"]] },
    ]);
  });
});

describe("Tables, tasks, figures, properties", () => {
  test("a table has columns, and as many cells in each row", () => {
    const { table } = read("| a | *b* |\n| - | :-: |\n| `x\\|y` | [l](m) |\n| c<br/>d |").blocks[0] ?? {};
    expect(table?.columns.map(({ align }) => align)).toEqual([null, "center"]);
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      [[{ text: "a" }], [{ text: "b", marks: { italic: true } }]],
      [[{ text: "x|y", marks: { code: true } }], [{ text: "l", marks: { link: { href: "m" } } }]],
      [[{ text: "c" }, { atom: { type: "html", source: "<br/>" } }, { text: "d" }], []],
    ]);
  });

  test("a table that would lose a cell stays raw", () => {
    expect(sketch("| a |\n| - |\n| b | c |")).toEqual(["raw: | a |\n| - |\n| b | c |"]);
    expect(sketch("| a | b |\n| - | - |\n| `x|y` |")).toEqual(["raw: | a | b |\n| - | - |\n| `x|y` |"]);
  });

  test("tasks are done or not, among bullets, too", () => {
    expect(sketch("- [ ] a\n- [x] *b*\n- c")).toEqual([
      { task: [["paragraph: a"], ["paragraph: b"]] },
      { bullet: [["paragraph: c"]] },
    ]);
    const attrs = [...read("1. [X] a").containers.values()].map((each) => each.attrs);
    expect(attrs).toEqual([{ list: "task", mark: ".", checked: true, start: 1 }]);
    const mixed = "- [ ] a\n- [x] b\n- \\[ ] c\n- d\n- [ ] e\n";
    expect(again(mixed)).toBe(mixed);
    expect(again(mixed, "gfm")).toBe(mixed);
  });

  test("a picture alone is a figure, with one for dark screens and a caption", () => {
    const figure = (source: string) =>
      read(source).blocks.map(({ type, attrs, content }) => [type, attrs, content]);
    expect(figure("![a](b.png)")).toEqual([["figure", { src: "b.png", alt: "a" }, []]]);
    const pair = "![a](b.png#only-light)\n![a](c.png#only-dark)\n<figcaption>\nThe\n`d`\n</figcaption>";
    expect(figure(pair)).toEqual([
      [
        "figure",
        { src: "b.png", alt: "a", dark: "c.png" },
        [{ text: "The " }, { text: "d", marks: { code: true } }],
      ],
    ]);
    expect(again(pair)).toBe(`${pair.replace("The\n", "The ")}\n`);
  });

  const others = [
    "![a](b.png) text",
    '![a](b.png "Title")',
    "[![a](b.png)](c)",
    "![a](b.png#only-dark)\n![a](c.png#only-light)",
    "![a](b.png#only-light)\n![e](c.png#only-dark)",
  ];
  test.each(others)("%j is text with pictures", (source) => {
    expect(read(source).blocks.map(({ type }) => type)).toEqual(["paragraph"]);
    expect(again(source)).toBe(`${source.replace("\n", " ")}\n`);
  });

  test("a caption that would not be written as it is stays raw", () => {
    const source = "![a](b.png)\n<figcaption>&copy; <b>c</b></figcaption>";
    expect(sketch(source)).toEqual(["figure: ", "raw: <figcaption>&copy; <b>c</b></figcaption>"]);
  });

  test("front matter is the page's properties", () => {
    expect(sketch("---\ndescription: A page\n---\n\n# a")).toEqual([
      "properties: description: A page",
      "heading: a",
    ]);
    expect(again("---\ndescription: A page\n---")).toBe("---\ndescription: A page\n---\n");
  });
});

describe("GitHub's flavour", () => {
  test("has alerts for callouts; a first line in bold is their title", () => {
    expect(sketch("> [!NOTE]\n> a\n>\n> - b\n\n> [!tip]\n> **c `d`**\n>\n> e", "gfm")).toEqual([
      { callout: ["paragraph: a", { bullet: [["paragraph: b"]] }] },
      { callout: ["title: c d", "paragraph: e"] },
    ]);
    expect(sketch("> [!NOTE] a", "gfm")).toEqual([{ quote: ["paragraph: [!NOTE] a"] }]);
  });

  test("has HTML for collapsibles", () => {
    const source =
      '<details class="question" open>\n<summary>Why <code>a &amp; b</code>?</summary>\n\nText.\n\n<details>\n\n- a\n\n</details>\n\n</details>\n';
    expect(sketch(source, "gfm")).toEqual([
      {
        collapsible: [
          "title: Why a & b?",
          "paragraph: Text.",
          { collapsible: [{ bullet: [["paragraph: a"]] }] },
        ],
      },
    ]);
    expect(again(source, "gfm")).toBe(source);
  });

  test("reads them whole in a long page", () => {
    const filler = `${"word ".repeat(1_000)}\n\n`;
    const { blocks, containers } = read(`<details>\n\n${filler}${filler}</details>\n\n${filler}`, "gfm");
    expect(blocks.map((block) => [block.type, block.in === null])).toEqual([
      ["paragraph", false],
      ["paragraph", false],
      ["paragraph", true],
    ]);
    expect(containers.size).toBe(1);
  });

  test("keeps as it is what is no such HTML", () => {
    for (const source of [
      "<details>\n\na\n",
      "</details>\n\na\n",
      "<details>\n<summary><i>a</i></summary>\n\nb\n\n</details>\n",
    ])
      expect(again(source, "gfm")).toBe(source);
  });
});

describe("What is not understood stays as it is", () => {
  const constructs: readonly [name: string, source: string][] = [
    ["HTML", "<figure>\n  <img src=x onerror=alert(1)>\n</figure>"],
    ["a comment over blank lines", "<!-- one\n\n# two -->"],
    ["empty front matter", "---\n---"],
    ["definitions", "[a]: https://a.example"],
    ["definitions in a container", "!!! note\n    [a]: https://a.example"],
    ["emphasis in emphasis of the same kind", "**a **b** c**"],
    ["a link without text", "[](https://a.example)"],
  ];

  test.each(constructs)("%s", (_, source) => {
    const { blocks } = read(source);
    expect(blocks.map((block) => block.type)).toEqual(blocks.map(() => "raw"));
    expect(again(source)).toBe(`${source}\n`);
  });

  test("what only MkDocs knows is text in the flavour of GitHub", () => {
    expect(sketch("!!! note\n    b", "gfm")).toEqual(["paragraph: !!! note b"]);
  });

  test("more containers in each other than a body has", () => {
    const source = `${"> ".repeat(limits.containerDepth + 1)}a`;
    expect(sketch(source)).toEqual([`raw: ${source}`]);
    const deep = Array.from(
      { length: limits.containerDepth },
      (_, at) => `${" ".repeat(4 * at)}!!! note\n\n`,
    ).join("");
    expect(sketch(`${deep}${" ".repeat(4 * limits.containerDepth)}> a`)).not.toEqual([expect.any(String)]);
    expect(read(`${deep}${" ".repeat(4 * limits.containerDepth)}> a`).blocks.map(({ type }) => type)).toEqual(
      ["raw"],
    );
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
