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

  test("a rule is no front matter at the top, and no heading below text", () => {
    const rule = block("rule", "");
    expect(write(flavour, rule, p("a"), rule)).toBe("___\n\na\n\n---\n");
  });
});
