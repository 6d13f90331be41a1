import type { Code, Heading, List, ListItem, PhrasingContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Block, Body, Container } from "../body/blocks.ts";
import { levelOf } from "../body/schema.ts";
import {
  toTree,
  type Box,
  type Branch,
  type List as ListBranch,
  type TabSet,
  type Tree,
} from "../body/tree.ts";
import type { Flavour } from "./flavour.ts";
import { Labels } from "./footnotes.ts";
import { needsGap, needsRoom } from "./syntax/gaps.ts";
import { output } from "./syntax/output.ts";
import { boxOf } from "./tasks.ts";
import { boxNodes, tabNode, type Flow, type Writer } from "./write-boxes.ts";
import { figureNode } from "./write-figure.ts";
import { writePhrasing, type Setting } from "./write-phrasing.ts";
import { tableNode } from "./write-table.ts";

/**
 * A body as Markdown; ends with one newline, and is empty for a body that holds nothing. Accepts every body.
 * Raw blocks and atoms are written as they are, indented by what they stand in; all other text is escaped, so
 * that it is read back as text. A link or image with an address that is not safe is written as its text.
 */
export function writeMarkdown(body: Body, { flavour }: { flavour: Flavour }): string {
  const tree = toTree(body);
  const children = new BodyWriter(flavour, new Labels(tree)).flow(tree);
  const properties = frontMatter(body);
  if (properties !== null) children.unshift({ type: "raw", value: properties });
  const written = toMarkdown({ type: "root", children }, output[flavour]);
  const trimmed = written.replace(/^\n+/, "").trimEnd();
  return trimmed === "" ? "" : `${trimmed}\n`;
}

/** A page's properties, wherever they stand, between the lines that mark them at its top. */
function frontMatter({ blocks }: Body): string | null {
  const sources = blocks.filter(({ type }) => type === "properties").map(textOf);
  const yaml = sources.map((source) => source.replaceAll(/^\n+|\s+$/g, "")).filter((source) => source !== "");
  // A line that would end them is moved by a space.
  return yaml.length === 0 ? null : `---\n${yaml.join("\n").replaceAll(/^(?=---[ \t]*$)/gm, " ")}\n---`;
}

/** Writes what stands in a body as Markdown's nodes. */
class BodyWriter implements Writer {
  readonly flavour: Flavour;
  readonly labels: Labels;
  readonly callOf: Setting["callOf"];

  constructor(flavour: Flavour, labels: Labels) {
    this.flavour = flavour;
    this.labels = labels;
    this.callOf = (to) => labels.ofCall(to);
  }

  flow(tree: Tree): Flow[] {
    const nodes: Flow[] = [];
    for (let at = 0; at < tree.length;) {
      const branch = tree[at] as Branch;
      const lists = "list" in branch ? oneList(tree.slice(at)) : [];
      if (lists.length > 0) nodes.push(this.#list(lists, nodes.at(-1)));
      else nodes.push(...this.#nodes(branch, nodes.at(-1)));
      at += Math.max(1, lists.length);
    }
    return nodes;
  }

  line(block: Block): PhrasingContent[] {
    return writePhrasing(block.content, { place: "line", callOf: this.callOf });
  }

  #nodes(branch: Branch, before: Flow | undefined): Flow[] {
    if ("block" in branch) {
      const node = this.#block(branch.block);
      return node ? [node] : [];
    }
    if ("tabs" in branch) return this.#tabs(branch, before);
    return "container" in branch ? boxNodes(branch, this) : [];
  }

  #block(block: Block): Flow | null {
    switch (block.type) {
      case "heading":
        return { type: "heading", depth: depthOf(block), children: this.line(block) };
      case "code":
        return { type: "code", ...info(block), value: textOf(block), data: tight(block) };
      case "raw": {
        const value = textOf(block).replace(/^\n+|\n+$/g, "");
        return value.trim() === "" ? null : { type: "raw", value };
      }
      case "rule":
        return { type: "thematicBreak" };
      case "figure":
        return figureNode(block, this.flavour, this.callOf);
      case "table":
        return block.table ? tableNode(block.table, this.callOf) : null;
      case "properties":
        return null;
      default: {
        const children = writePhrasing(block.content, { place: "lines", callOf: this.callOf });
        // Markdown has no empty paragraph; a container that holds nothing else is written empty.
        return children.length === 0 ? null : { type: "paragraph", children, data: tight(block) };
      }
    }
  }

  #tabs({ tabs }: TabSet, before: Flow | undefined): Flow[] {
    const isBehindTab = before?.type === "opened" && before.opener.startsWith("===");
    return tabs.map((tab, at) => tabNode(tab, at === 0 && isBehindTab, this));
  }

  #list(branches: readonly ListBranch[], before: Flow | undefined): List {
    const [first] = branches as [ListBranch];
    const ordered = isOrdered(first);
    const items = branches.flatMap((branch) => branch.items);
    const start = ordered ? { start: startOf(items[0]?.container) } : {};
    const children = items.map((item) => this.#item(item));
    return { type: "list", ordered, ...start, children, data: { mark: markFor(first, before) } };
  }

  #item({ container: { attrs }, children }: Box): ListItem {
    const nodes = this.flow(children);
    if (attrs["list"] === "task") putBox(nodes, boxOf(attrs["checked"] === true));
    // An item with a blank line in it is loose, whatever it says.
    const isSpread = nodes.some((node, at) => {
      const before = nodes[at - 1];
      return needsRoom(node) || (before !== undefined && needsGap(before, node, this.flavour));
    });
    return { type: "listItem", spread: isSpread || attrs["loose"] === true, children: nodes };
  }
}

/** Puts a task's box before the item's text. */
function putBox(nodes: Flow[], box: string): void {
  const [first] = nodes;
  if (first?.type !== "paragraph")
    nodes.unshift({ type: "paragraph", children: [{ type: "inlineRaw", value: box }] });
  else nodes[0] = { ...first, children: [{ type: "inlineRaw", value: `${box} ` }, ...first.children] };
}

/** The lists that stand first here and are one in Markdown: tasks and bullets with the same mark. */
function oneList(tree: Tree): ListBranch[] {
  const lists: ListBranch[] = [];
  for (const branch of tree) {
    const last = lists.at(-1);
    if (!("list" in branch) || (last && !isSameList(last, branch))) break;
    lists.push(branch);
  }
  return lists;
}

function isSameList(one: ListBranch, next: ListBranch): boolean {
  const isSameMark = (ownMark(one) ?? marksOf(one)[0]) === (ownMark(next) ?? marksOf(next)[0]);
  return one.list !== next.list && isOrdered(one) === isOrdered(next) && isSameMark;
}

function isOrdered({ list, mark }: ListBranch): boolean {
  return list === "ordered" || (list === "task" && (mark === "." || mark === ")"));
}

const marksOf = (branch: ListBranch): readonly string[] => (isOrdered(branch) ? [".", ")"] : ["-", "*", "+"]);

function ownMark(branch: ListBranch): string | undefined {
  return branch.mark !== null && marksOf(branch).includes(branch.mark) ? branch.mark : undefined;
}

/** The list's own delimiter, or the usual one; never that of a list just before it, which would join the two. */
function markFor(branch: ListBranch, before: Flow | undefined): string {
  const taken = before?.type === "list" ? before.data?.mark : undefined;
  return [ownMark(branch), ...marksOf(branch)].find((mark) => mark !== undefined && mark !== taken) ?? "-";
}

function startOf(item: Container | undefined): number {
  const start = item?.attrs["start"];
  return typeof start === "number" && Number.isInteger(start) && start >= 0 && start <= 999_999_999
    ? start
    : 1;
}

function depthOf(block: Block): Heading["depth"] {
  const level = levelOf(block.attrs);
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5 ? level : 6;
}

const tight = ({ attrs }: Block) => ({ tight: attrs["tight"] === true });

/** The words after a fence, without what would end the line or the fence. */
function info(block: Block): Pick<Code, "lang" | "meta"> {
  const words = [block.attrs["lang"], block.attrs["meta"]].filter((each) => typeof each === "string");
  const [lang, ...meta] = words
    .join(" ")
    .split(/[\s`]+/)
    .filter((word) => word !== "");
  return { ...(lang ? { lang } : {}), ...(meta.length > 0 ? { meta: meta.join(" ") } : {}) };
}

function textOf(block: Block): string {
  return block.content
    .map((run) => ("text" in run ? run.text : ""))
    .join("")
    .replaceAll(/\r\n?/g, "\n");
}
