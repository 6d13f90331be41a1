import { Mark, Node } from "@tiptap/core";
import type { Atom } from "../../shared/body/blocks.ts";
import { isSafeAddress } from "../../shared/body/schema.ts";
import { carriedAtom, carry, inner, textOf } from "./node-attributes.ts";

/* The view's nodes and marks within a line. */

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
export type PictureOptions = { resolve: (source: string) => string | null };

export const Image = Node.create<PictureOptions>({
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

/** Refers to a footnote of the page, by the id of its container. */
export const FootnoteRef = Node.create({
  name: "footnoteRef",
  group: "inline",
  inline: true,
  addAttributes: () => atomOf,
  parseHTML: () => [
    { tag: "sup[data-carried].footnote-ref", getAttrs: (element) => carriedAtom(element, "footnote") },
  ],
  renderHTML: ({ node }) => [
    "sup",
    { class: "footnote-ref", role: "doc-noteref", ...carry(node.attrs["atom"] as Atom) },
  ],
});

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
