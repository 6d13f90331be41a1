import { describe, expect, test } from "vitest";
import type { Inline } from "../body/blocks.ts";
import type { Flavour } from "./flavour.ts";
import { bodyOf, type Sketch } from "./random-bodies.ts";
import { writeMarkdown } from "./write.ts";

const block = (type: string, text: string, attrs = {}): Sketch => ({
  type,
  attrs,
  content: text === "" ? [] : [{ text }],
});
const p = (text: string) => block("paragraph", text);
const line = (...content: Inline[]): Sketch => ({ type: "paragraph", attrs: {}, content });
const items = (attrs: object, ...each: Sketch[][]): Sketch => {
  return { kind: "list", attrs: { ...attrs }, start: 1, items: each };
};
const bullets = (...each: Sketch[][]) => items({ list: "bullet" }, ...each);

function write(flavour: Flavour, ...sketches: Sketch[]): string {
  return writeMarkdown(bodyOf(sketches), { flavour });
}

describe("The MkDocs flavour", () => {
  test("indents what stands in an item by four, and begins there what is not text", () => {
    const list = bullets([p("a"), bullets([p("b"), p("c")]), block("code", "d")], [block("code", "e\nf")]);
    expect(write("mkdocs", list)).toBe(
      "- a\n    - b\n\n        c\n    ```\n    d\n    ```\n-   ```\n    e\n    f\n    ```\n",
    );
  });

  test("indents by as much as long numbers need", () => {
    const list = { ...items({ list: "ordered", mark: "." }, [p("a"), p("b")]), start: 1234 };
    expect(write("mkdocs", list)).toBe("1234. a\n\n      b\n");
  });

  test("escapes with a backslash only what Python-Markdown lets it escape", () => {
    expect(write("mkdocs", p("1. <b> & &amp; *a* _b_ ~~c~~ [d] `e`"))).toBe(
      "1\\. &#x3C;b> & &#x26;amp; \\*a\\* \\_b\\_ &#x7E;&#x7E;c&#x7E;&#x7E; \\[d] \\`e\\`\n",
    );
    expect(write("mkdocs", p("!!! note"), p("??? note"), p('=== "a"'), p("a ~ b"))).toBe(
      '\\!!! note\n\n&#x3F;?? note\n\n&#x3D;== "a"\n\na ~ b\n',
    );
  });

  test("writes breaks as two spaces, and a second one in a row as HTML", () => {
    const br: Inline = { atom: { type: "break" } };
    expect(write("mkdocs", line({ text: "a" }, br, { text: "b" }, br, br, { text: "c" }, br))).toBe(
      "a  \nb  \n<br>c\n",
    );
  });
});

describe("The flavour of GitHub", () => {
  const title = (...content: Inline[]): Sketch => ({ type: "title", attrs: {}, content });
  const callout = (type: string, ...children: Sketch[]): Sketch => ({
    kind: "callout",
    attrs: { type },
    children,
  });

  test("says what it has no sign for in quotes below a title", () => {
    const named = title({ text: "a " }, { text: "b", marks: { bold: true } });
    expect(write("gfm", callout("example", named, p("c")))).toBe("> **a b**\n>\n> c\n");
    expect(write("gfm", callout("example", p("c")))).toBe("> **Example**\n>\n> c\n");
    expect(write("gfm", callout("note", title(), p("c")))).toBe("> c\n");
    expect(write("gfm", { kind: "tab", children: [named, p("c")] })).toBe("> **a b**\n>\n> c\n");
    const picture = title({ atom: { type: "image", src: "a", alt: "b" } });
    const folded: Sketch = { kind: "collapsible", attrs: { type: "info" }, children: [picture, p("c")] };
    expect(write("gfm", folded)).toBe("> **![b](a)**\n>\n> c\n");
  });

  test("indents by content, and writes emphasis with underscores", () => {
    const em = line({ text: "a", marks: { italic: true } }, { text: " b", marks: { bold: true } });
    expect(write("gfm", bullets([em, bullets([p("c")])]))).toBe("- _a_ **b**\n  - c\n");
  });

  test("escapes with backslashes", () => {
    expect(write("gfm", p("<b> &amp; ~c"))).toBe("\\<b> \\&amp; \\~c\n");
  });
});

describe.each(["mkdocs", "gfm"] as const)("In the %s flavour", (flavour) => {
  test("a list keeps its marks, and its neighbour gets others", () => {
    const [a, b, c] = [bullets([p("a")]), items({ list: "bullet", mark: "-" }, [p("b")]), p("c")];
    expect(write(flavour, a, b, c)).toBe("- a\n\n* b\n\nc\n");
  });

  test("items are apart where they are loose", () => {
    const loose = items({ list: "bullet", loose: true }, [p("a")], [p("b")]);
    expect(write(flavour, loose)).toBe("- a\n\n- b\n");
  });

  test("marks that overlap are nested, and a link is never cut in two", () => {
    const link = { href: "x" };
    const runs: Inline[] = [
      { text: "a", marks: { bold: true } },
      { text: "b", marks: { bold: true, link } },
      { text: "c", marks: { link } },
    ];
    expect(write(flavour, line(...runs))).toBe("**a**[**b**c](x)\n");
  });

  test("space at the edge of a mark stands outside of it", () => {
    const runs: Inline[] = [{ text: " a " }, { text: " b ", marks: { bold: true } }, { text: "c " }];
    expect(write(flavour, line(...runs))).toBe("a  **b** c\n");
  });

  test("marks, atoms and attributes that Markdown has no words for are left out, and their text stays", () => {
    const runs: Inline[] = [
      { text: "a", marks: { colour: "red", bold: "no" } },
      { atom: { type: "mention", person: "p" } },
      { text: "b", marks: { link: 7 } },
    ];
    expect(write(flavour, line(...runs), block("kanban", "c"), block("heading", "d", { level: "x" }))).toBe(
      "ab\n\nc\n\n# d\n",
    );
  });

  test("raw text is written as it is, indented by what it stands in", () => {
    const raw = block("raw", "<div>\n*a*\n\n</div>\n");
    const size = flavour === "mkdocs" ? 4 : 2;
    const indented = ["<div>", "*a*", "", "</div>"].map((each) => each && " ".repeat(size) + each);
    expect(write(flavour, bullets([p("b"), raw]), { kind: "quote", children: [raw] })).toBe(
      `- b\n\n${indented.join("\n")}\n\n> <div>\n> *a*\n>\n> </div>\n`.replace("- b\n\n", "- b\n"),
    );
  });

  test("a fence is longer than any in its code, and what follows it cannot end it", () => {
    expect(write(flavour, block("code", "````\n# a", { lang: "a`b\nc", meta: "d\n```" }))).toBe(
      "`````a b c d\n````\n# a\n`````\n",
    );
  });

  test.each(["javascript:alert(1)", " java\nscript:alert(1)", "data:text/html,a", "vbscript:a", "file:///a"])(
    "nothing leads to %j",
    (href) => {
      const image: Inline = { atom: { type: "image", src: href, alt: "b" } };
      expect(write(flavour, line({ text: "a ", marks: { link: { href } } }, image))).toBe("a b\n");
    },
  );

  test("text that looks like markup or HTML is text", () => {
    const payloads = [
      "<script>alert(1)</script>",
      "<img src=x onerror=alert(1)>",
      "[a](javascript:b)",
      "![a](b)",
    ];
    for (const each of [...payloads, "# a", "- a", "> a", "    a", "---", "```", "[a]: b"])
      expect(write(flavour, p(each))).not.toBe(`${each}\n`);
  });

  test("an empty body is empty, and all others end with one newline", () => {
    expect(write(flavour)).toBe("");
    expect(write(flavour, p(""), p(" "))).toBe("");
    expect(write(flavour, block("raw", "a\n\n\n"))).toBe("a\n");
    expect(write(flavour, bullets([p("")]), p(""))).toBe("-\n");
  });

  test("properties stand at the top, wherever they are, and nothing in them ends them", () => {
    const quoted: Sketch = { kind: "quote", children: [block("properties", "b: 2\n---")] };
    expect(write(flavour, p("c"), block("properties", "a: 1\n"), quoted, block("properties", " "))).toBe(
      "---\na: 1\nb: 2\n ---\n---\n\nc\n\n>\n",
    );
  });

  test("footnotes keep labels that are theirs alone, and the others get numbers that are free", () => {
    const call = (to: string): Inline => ({ atom: { type: "footnote", to } });
    const note = (label: string, text: string): Sketch => ({
      kind: "footnote",
      attrs: { label },
      children: [p(text)],
    });
    const text = line({ text: "a" }, call("2"), call("x y"), call("nobody's"));
    const written = write(flavour, text, note("2", "b"), note("2", "c"), note("x y", "d"), note("1", "e"));
    expect(written.split("\n")[0]).toBe("a[^2][^4][^?]");
    expect(written.match(/^\[\^\w\]:/gm)).toEqual(["[^2]:", "[^3]:", "[^4]:", "[^1]:"]);
  });

  test("a title that stands elsewhere is a line of text, and a table without rows or columns is nothing", () => {
    const table: Sketch = { type: "table", attrs: {}, content: [], cells: [] };
    expect(write(flavour, block("title", "a"), table, { ...table, cells: [[], []] })).toBe("a\n");
  });

  test("pipes do not divide the cells that they stand in", () => {
    const cells = [[[{ text: "a|b" }], [{ text: "c|d", marks: { code: true } }]]];
    const pipe = flavour === "gfm" ? "\\|" : "&#x7C;";
    expect(write(flavour, { type: "table", attrs: {}, content: [], cells })).toBe(
      `| a${pipe}b | \`c\\|d\` |\n|---|---|\n`,
    );
  });

  test("a caption's text begins no HTML", () => {
    const figure = { type: "figure", attrs: { src: "a", alt: "b", dark: "javascript:c" } };
    const content = [{ text: "</figcaption><script>" }, { text: "<b>", marks: { code: true as const } }];
    expect(write(flavour, { ...figure, content })).not.toMatch(/<script|<b>|javascript|caption><\/fig/);
    expect(write(flavour, { ...figure, content: [] })).toBe("![b](a)\n");
  });

  test("tasks and bullets with one mark are one list", () => {
    const list = items({ list: "mixed", mark: "-" }, [p("a")], [p("b")], [p("c")], [p("d")]);
    expect(write(flavour, list)).toBe("- a\n- [ ] b\n- c\n- [x] d\n");
    const code = items({ list: "mixed" }, [p("a")], [block("code", "b")]);
    expect(write(flavour, code)).toMatch(/^- a\n- \[ \]\n +```/);
  });

  test("a rule is no front matter at the top, and no heading below text", () => {
    const rule = block("rule", "");
    expect(write(flavour, rule, p("a"), rule)).toBe("___\n\na\n\n---\n");
  });
});
