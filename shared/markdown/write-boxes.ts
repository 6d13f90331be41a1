import type { BlockContent, Opened, PhrasingContent, RootContent } from "mdast";
import type { Block, Container } from "../body/blocks.ts";
import type { Box, Tree } from "../body/tree.ts";
import { htmlOf } from "./html-line.ts";
import { isTypeWord } from "./syntax/openers.ts";
import type { Flavour } from "./flavour.ts";
import type { Labels } from "./footnotes.ts";
import { writePhrasing, type Setting } from "./write-phrasing.ts";

/*
 * Containers as nodes. What GitHub has no signs for is written as it would best be shown there: an alert, HTML that
 * folds, else a quote below a title in bold.
 */

export type Flow = BlockContent & RootContent;

/** Whoever writes what stands in the containers. */
export type Writer = {
  readonly flavour: Flavour;
  readonly labels: Labels;
  readonly callOf: Setting["callOf"];
  flow(tree: Tree): Flow[];
  line(block: Block): PhrasingContent[];
};

/** A container as nodes; it is no item and no tab. */
export function boxNodes({ container, children }: Box, writer: Writer): Flow[] {
  const { kind } = container;
  if (kind === "footnote") return [footnoteNode(container, children, writer)];
  if (kind !== "callout" && kind !== "collapsible")
    return [{ type: "blockquote", children: writer.flow(children) }];
  if (writer.flavour === "mkdocs") return [openedNode(container, children, writer)];
  if (kind === "collapsible") return detailsNodes(container, children, writer);
  return [calloutQuote(container, children, writer)];
}

/** A tab; `isNewSet` where it must be told from a set of tabs directly before it. */
export function tabNode({ container, children }: Box, isNewSet: boolean, writer: Writer): Flow {
  const { title, rest } = titled(children);
  if (writer.flavour === "gfm") return titledQuote(title, null, rest, writer);
  const opener = `===${isNewSet ? "!" : ""}${container.attrs["open"] === true ? "+" : ""}`;
  return opened(opener, title ? writer.line(title) : [], writer.flow(rest));
}

/** What stands in a container, and its title: the title that it begins with. */
function titled(children: Tree): { title: Block | null; rest: Tree } {
  const [first, ...rest] = children;
  const isTitled = first !== undefined && "block" in first && first.block.type === "title";
  return isTitled ? { title: first.block, rest } : { title: null, rest: children };
}

function opened(opener: string, title: PhrasingContent[] | null, children: Flow[], inLine = false): Opened {
  return { type: "opened", opener, title, inLine, children };
}

function openedNode(container: Container, children: Tree, writer: Writer): Flow {
  const { title, rest } = titled(children);
  const { attrs, kind } = container;
  const sign = kind === "callout" ? "!!!" : `???${attrs["open"] === true ? "+" : ""}`;
  const words = classWords(container);
  const line = title ? writer.line(title) : null;
  // What has neither type nor title would not be read as a collapsible.
  const shown = line ?? (words.length === 0 ? [] : null);
  return opened([sign, ...words].join(" "), shown, writer.flow(rest));
}

/** A type, and more words behind it. Every callout has one. */
function classWords({ kind, attrs }: Container): string[] {
  const usual = kind === "callout" ? ["note"] : [];
  const type = isTypeWord(attrs["type"]) ? [attrs["type"]] : usual;
  const classes = typeof attrs["classes"] === "string" ? attrs["classes"].split(" ").filter(isTypeWord) : [];
  return type.length === 0 ? [] : [...type, ...classes];
}

/** MkDocs: on the lines below its label. GitHub: from the label's line on. */
function footnoteNode(container: Container, children: Tree, writer: Writer): Flow {
  const nodes = writer.flow(children);
  const inLine = writer.flavour === "gfm" && nodes[0]?.type === "paragraph";
  return opened(`[^${writer.labels.ofFootnote(container.id)}]:`, null, nodes, inLine);
}

const alerts: readonly string[] = ["note", "tip", "important", "warning", "caution"];

function calloutQuote(container: Container, children: Tree, writer: Writer): Flow {
  const { title, rest } = titled(children);
  const [type = ""] = classWords(container);
  const line = title && boldLine(title, writer);
  // An alert has its type as its title, unless it is given another: it cannot be without.
  if (!alerts.includes(type) || line?.length === 0) return titledQuote(title, type, rest, writer);
  const sign = `[!${type.toUpperCase()}]`;
  const nodes = writer.flow(rest);
  if (line) return { type: "blockquote", children: [signed(sign, line), ...nodes] };
  const [first, ...others] = nodes;
  if (first?.type !== "paragraph") return { type: "blockquote", children: [signed(sign, []), ...nodes] };
  return { type: "blockquote", children: [{ ...first, ...signed(sign, first.children) }, ...others] };
}

function signed(sign: string, children: readonly PhrasingContent[]) {
  const value = children.length === 0 ? sign : `${sign}\n`;
  return { type: "paragraph" as const, children: [{ type: "inlineRaw" as const, value }, ...children] };
}

/** A quote that begins with its title in bold; without a title, with its type as MkDocs would show it. */
function titledQuote(title: Block | null, type: string | null, rest: Tree, writer: Writer): Flow {
  const named = type ? type.charAt(0).toUpperCase() + type.slice(1) : "";
  const line = title ? boldLine(title, writer) : named === "" ? [] : [strong(named)];
  const nodes = writer.flow(rest);
  if (line.length > 0) nodes.unshift({ type: "paragraph", children: line });
  return { type: "blockquote", children: nodes };
}

const strong = (value: string): PhrasingContent => ({ type: "strong", children: [{ type: "text", value }] });

function boldLine(title: Block, writer: Writer): PhrasingContent[] {
  const bold = title.content.map((run) => ({ ...run, marks: { ...run.marks, bold: true } }));
  return writePhrasing(bold, { place: "line", callOf: writer.callOf });
}

/** A collapsible as HTML around Markdown; as a quote where its title cannot be HTML. */
function detailsNodes(container: Container, children: Tree, writer: Writer): Flow[] {
  const { title, rest } = titled(children);
  const words = classWords(container);
  const html = title && htmlOf(title.content);
  if (title && html === null) return [titledQuote(title, words[0] ?? null, rest, writer)];
  const name = words.length > 0 ? ` class="${words.join(" ")}"` : "";
  const tag = `<details${name}${container.attrs["open"] === true ? " open" : ""}>`;
  const summary = html === null ? "" : `\n<summary>${html}</summary>`;
  return [{ type: "raw", value: tag + summary }, ...writer.flow(rest), { type: "raw", value: "</details>" }];
}
