import { Node } from "@tiptap/core";
import type { Attrs } from "../../shared/body/blocks.ts";
import { carried, carriedFigure, carry, inner, ofBlock } from "./node-attributes.ts";
import type { PictureOptions } from "./schema-inline.ts";

/* The view's nodes for blocks: what has a marker in the text, and the parts of tables. */

export const Doc = Node.create({ name: "doc", topNode: true, content: "block+" });

export const Text = Node.create({ name: "text", group: "inline" });

export const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", { dir: "auto" }, 0],
});

export const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: () => ({ ...ofBlock(), level: { default: 1, rendered: false } }),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node }) => [
    `h${node.attrs["level"]}`,
    { dir: "auto", ...(node.attrs["id"] ? { id: `h-${node.attrs["id"]}` } : {}) },
    0,
  ],
});

/** The title of the callout, collapsible or tab that it stands first in; elsewhere a line of its own. */
export const Title = Node.create({
  name: "title",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "p.title", priority: 60 }, { tag: "summary" }],
  renderHTML: () => ["p", { class: "title", dir: "auto" }, 0],
});

/** A picture, perhaps with another for dark screens; its text is the caption. */
export const Figure = Node.create<PictureOptions>({
  name: "figure",
  group: "block",
  content: "inline*",
  defining: true,
  draggable: true,
  addOptions: () => ({ resolve: () => null }),
  addAttributes: () => ({ ...ofBlock(), src: inner(null), dark: inner(null), alt: inner(null) }),
  parseHTML: () => [
    {
      tag: "figure[data-carried]",
      contentElement: "figcaption",
      getAttrs: (element) => carriedFigure(element),
    },
  ],
  renderHTML({ node }) {
    const { src, dark, alt } = node.attrs as { src: string | null; dark: string | null; alt: string | null };
    const picture = (source: string, look: string) => [
      "img",
      { src: this.options.resolve(source) ?? "", alt: alt ?? "", class: look, loading: "lazy" },
    ];
    const pictures = [
      picture(src ?? "", dark === null ? "" : "only-light"),
      ...(dark === null ? [] : [picture(dark, "only-dark")]),
    ];
    return ["figure", carry({ src, dark, alt }), ...pictures, ["figcaption", { dir: "auto" }, 0]];
  },
});

export const CodeBlock = Node.create({
  name: "codeBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: () => ({
    ...ofBlock(),
    lang: { default: null, rendered: false, parseHTML: languageOf },
    meta: inner(null),
  }),
  parseHTML: () => [{ tag: "pre", preserveWhitespace: "full" }],
  renderHTML: ({ node }) => ["pre", { "data-lang": node.attrs["lang"] ?? "" }, ["code", { dir: "ltr" }, 0]],
});

/** The language of pasted code: as this editor says it, or as most sites do. */
function languageOf(element: HTMLElement): string | null {
  const ofClass = /\blanguage-([\w+#-]+)/.exec(element.querySelector("code")?.className ?? "")?.[1];
  return element.dataset["lang"] || ofClass || null;
}

/** Markdown that the reader does not know: shown as its source, exported as it came. */
export const RawBlock = Node.create({
  name: "rawBlock",
  // Before a code block, which is a `pre` too.
  priority: 200,
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "pre.raw", preserveWhitespace: "full" }],
  renderHTML: () => ["pre", { class: "raw" }, ["code", { dir: "ltr" }, 0]],
});

/** A block of a newer version: its characters are shown, nothing of it can be changed here, all of it is kept. */
export const UnknownBlock = Node.create({
  name: "unknownBlock",
  priority: 200,
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  addAttributes: () => ({ ...ofBlock(), type: inner("unknown") }),
  parseHTML: () => [
    {
      tag: "pre.unknown",
      preserveWhitespace: "full",
      getAttrs: (element) => ({ type: element.dataset["type"], more: carried(element) ?? {} }),
    },
  ],
  renderHTML: ({ node }) => [
    "pre",
    {
      class: "unknown",
      contenteditable: "false",
      "data-type": String(node.attrs["type"]),
      ...carry(node.attrs["more"] as Attrs),
    },
    ["code", 0],
  ],
});

/** What is said about the whole page, as YAML: its description, its authors. */
export const Properties = Node.create({
  name: "properties",
  priority: 200,
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "pre.properties", preserveWhitespace: "full" }],
  renderHTML: () => ["pre", { class: "properties" }, ["code", { dir: "ltr" }, 0]],
});

/** What prosemirror-tables asks of nodes; and between rows and cells no caret can stand. */
const partsOfTable: { readonly [name: string]: { tableRole: string; allowGapCursor?: boolean } } = {
  table: { tableRole: "table", allowGapCursor: false },
  tableRow: { tableRole: "row", allowGapCursor: false },
  tableCell: { tableRole: "cell" },
};

export const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  isolating: true,
  extendNodeSchema: ({ name }) => partsOfTable[name] ?? {},
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "table" }],
  // Wide tables scroll by themselves, inside the page.
  renderHTML: () => ["div", { class: "table-scroll" }, ["table", ["tbody", 0]]],
});

export const TableRow = Node.create({
  name: "tableRow",
  content: "tableCell+",
  selectable: false,
  addAttributes: () => ({ row: inner(null) }),
  parseHTML: () => [{ tag: "tr" }],
  renderHTML: () => ["tr", 0],
});

/** Where a row and a column cross; `head` in the first row. Cells span nothing: prosemirror-tables looks for it. */
export const TableCell = Node.create({
  name: "tableCell",
  content: "inline*",
  isolating: true,
  selectable: false,
  addAttributes: () => ({
    column: inner(null),
    align: inner(null),
    head: inner(false),
    colspan: inner(1),
    rowspan: inner(1),
    colwidth: inner(null),
  }),
  parseHTML: () => [{ tag: "td" }, { tag: "th" }],
  renderHTML: ({ node }) => [
    node.attrs["head"] ? "th" : "td",
    {
      dir: "auto",
      ...(node.attrs["head"] ? { scope: "col" } : {}),
      ...(node.attrs["align"] ? { "data-align": String(node.attrs["align"]) } : {}),
    },
    0,
  ],
});

export const Rule = Node.create({
  name: "horizontalRule",
  group: "block",
  selectable: true,
  addAttributes: ofBlock,
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
});
