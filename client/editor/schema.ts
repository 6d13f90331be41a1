import { Mark, Node, type Attribute } from "@tiptap/core";
import type { Atom, Attrs, Value } from "../../shared/body/blocks.ts";
import { isSafeAddress } from "../../shared/body/schema.ts";

/*
 * The view's nodes: real nested ones, as a screen reader wants them. Which of them exists in storage as what is
 * said in binding/draw.ts. `more` carries attributes that this version does not know through to storage.
 */

/** An attribute that is in no HTML attribute of its own: what is pasted brings it only where a node's rule says so. */
const inner = (value: unknown): Attribute => ({ default: value, rendered: false, parseHTML: () => null });
const block = () => ({ id: inner(null), more: inner({}) });
const container = () => ({ cid: inner(null), more: inner({}) });

export const Doc = Node.create({ name: "doc", topNode: true, content: "block+" });

export const Text = Node.create({ name: "text", group: "inline" });

export const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  group: "block",
  content: "inline*",
  addAttributes: block,
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", { dir: "auto" }, 0],
});

export const Heading = Node.create({
  name: "heading",
  group: "block",
  content: "inline*",
  defining: true,
  addAttributes: () => ({ ...block(), level: { default: 1, rendered: false } }),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node }) => [
    `h${node.attrs["level"]}`,
    { dir: "auto", ...(node.attrs["id"] ? { id: `h-${node.attrs["id"]}` } : {}) },
    0,
  ],
});

export const CodeBlock = Node.create({
  name: "codeBlock",
  group: "block",
  content: "text*",
  marks: "",
  code: true,
  defining: true,
  addAttributes: () => ({
    ...block(),
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
  addAttributes: block,
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
  addAttributes: () => ({ ...block(), type: inner("unknown") }),
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

export const Rule = Node.create({
  name: "horizontalRule",
  group: "block",
  selectable: true,
  addAttributes: block,
  parseHTML: () => [{ tag: "hr" }],
  renderHTML: () => ["hr"],
});

export const Blockquote = Node.create({
  name: "blockquote",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: container,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
});

export const BulletList = Node.create({
  name: "bulletList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({ mark: inner(null) }),
  parseHTML: () => [{ tag: "ul" }],
  renderHTML: () => ["ul", 0],
});

export const OrderedList = Node.create({
  name: "orderedList",
  group: "block list",
  content: "listItem+",
  addAttributes: () => ({ mark: inner(null) }),
  parseHTML: () => [{ tag: "ol" }],
  renderHTML: () => ["ol", 0],
});

export const ListItem = Node.create({
  name: "listItem",
  content: "block+",
  defining: true,
  addAttributes: () => ({ ...container(), start: inner(null), loose: inner(null) }),
  parseHTML: () => [
    { tag: "li", getAttrs: (element) => ({ start: Number(element.getAttribute("value")) || null }) },
  ],
  renderHTML: ({ node }) => ["li", node.attrs["start"] === null ? {} : { value: node.attrs["start"] }, 0],
});

export const HardBreak = Node.create({
  name: "hardBreak",
  group: "inline",
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
});

/** Any atom but a line break: `atom` is it, as stored. */
const atomOf = { atom: inner({ type: "unknown" }) };

/** How pictures are shown: where an address of the body points, in this browser. */
export const Image = Node.create<{ resolve: (source: string) => string | null }>({
  name: "image",
  group: "inline",
  inline: true,
  draggable: true,
  addOptions: () => ({ resolve: () => null }),
  addAttributes: () => atomOf,
  parseHTML: () => [{ tag: "[data-carried].picture", getAttrs: (element) => carriedAtom(element, "image") }],
  renderHTML({ node }) {
    const atom = node.attrs["atom"] as Atom;
    const [src, alt] = [textOf(atom["src"]), textOf(atom["alt"])];
    const shown = this.options.resolve(src);
    const common = { class: `picture ${themeOf(src)}`, ...carry(atom) };
    return shown === null
      ? ["span", { ...common, role: "img", "aria-label": alt }, alt || src || "\u2026"]
      : ["img", { ...common, src: shown, alt, loading: "lazy" }];
  },
});

/** Material's convention for a picture in two variants: the address's fragment says where it shows. */
function themeOf(source: string): string {
  if (source.endsWith("#only-light")) return "only-light";
  return source.endsWith("#only-dark") ? "only-dark" : "";
}

export const InlineAtom = Node.create({
  name: "inlineAtom",
  group: "inline",
  inline: true,
  addAttributes: () => atomOf,
  parseHTML: () => [{ tag: "code[data-carried]", priority: 60, getAttrs: (element) => carriedAtom(element) }],
  renderHTML: ({ node }) => {
    const atom = node.attrs["atom"] as Atom;
    const source = textOf(atom["source"]) || atom.type;
    return ["code", { class: "raw-inline", contenteditable: "false", ...carry(atom) }, source];
  },
});

/** Text, whatever another program may have written in its place. */
const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** What HTML has no words for goes through the clipboard beside it, and is checked when it comes back. */
const carry = (value: Attrs): { "data-carried": string } => ({ "data-carried": JSON.stringify(value) });

function carried(element: HTMLElement): Attrs | null {
  try {
    const value: unknown = JSON.parse(element.dataset["carried"] ?? "");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Attrs) : null;
  } catch {
    return null; // Not ours: pasted from elsewhere.
  }
}

function carriedAtom(element: HTMLElement, type?: string): { atom: Attrs } | false {
  const atom = carried(element);
  if (atom === null || typeof atom["type"] !== "string" || atom["type"] !== (type ?? atom["type"]))
    return false;
  return isSafeAddress(textOf(atom["src"])) ? { atom } : false;
}

const simpleMark = (name: string, tags: readonly string[]) =>
  Mark.create({
    name,
    parseHTML: () => tags.map((tag) => ({ tag })),
    renderHTML: () => [tags[0] as string, 0],
  });

// Google Docs wraps whatever is copied in a <b> that means nothing.
export const Bold = Mark.create({
  name: "bold",
  parseHTML: () => [
    { tag: "strong" },
    { tag: "b", getAttrs: (element) => (element.style.fontWeight === "normal" ? false : null) },
    { style: "font-weight", getAttrs: (value) => (/^(bold(er)?|[5-9]\d{2})$/.test(value) ? null : false) },
  ],
  renderHTML: () => ["strong", 0],
});
export const Italic = simpleMark("italic", ["em", "i"]);
export const Strike = simpleMark("strike", ["s", "del", "strike"]);
export const Code = simpleMark("code", ["code"]).extend({ code: true });

/** How links are shown: where an address of the body leads, in this browser, and what to say about following it. */
export const Link = Mark.create<{ resolve: (address: string) => string; hint: string }>({
  name: "link",
  inclusive: false,
  addOptions: () => ({ resolve: (address) => address, hint: "" }),
  addAttributes: () => ({ href: { default: "" }, title: { default: null } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (element) => {
        const href = element.dataset["address"] ?? element.getAttribute("href") ?? "";
        return isSafeAddress(href) ? { href } : false;
      },
    },
  ],
  renderHTML({ mark }) {
    const address = String(mark.attrs["href"]);
    const title = String(mark.attrs["title"] ?? this.options.hint);
    const live = isSafeAddress(address)
      ? { href: this.options.resolve(address), "data-address": address }
      : {};
    return ["a", { ...live, title, rel: "noopener noreferrer" }, 0];
  },
});

export const documentExtensions = [
  Doc,
  Text,
  Paragraph,
  Heading,
  CodeBlock,
  RawBlock,
  UnknownBlock,
  Rule,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  HardBreak,
  Image,
  InlineAtom,
  Link,
  Bold,
  Italic,
  Strike,
  Code,
];
