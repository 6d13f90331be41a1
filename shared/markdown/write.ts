import type { BlockContent, Code, Heading, List, ListItem, Paragraph, RootContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Block, Body, Container } from "../body/blocks.ts";
import { levelOf } from "../body/schema.ts";
import { toTree, type Box, type Branch, type List as ListBranch, type Tree } from "../body/tree.ts";
import type { Flavour } from "./flavour.ts";
import { needsGap } from "./syntax/gaps.ts";
import { output } from "./syntax/output.ts";
import { writePhrasing } from "./write-phrasing.ts";

/**
 * A body as Markdown; ends with one newline, and is empty for a body that holds nothing. Accepts every body.
 * Raw blocks and atoms are written as they are, indented by what they stand in; all other text is escaped, so
 * that it is read back as text. A link or image with an address that is not safe is written as its text.
 */
export function writeMarkdown(body: Body, { flavour }: { flavour: Flavour }): string {
  const children = flow(toTree(body), flavour);
  const written = toMarkdown({ type: "root", children }, output[flavour]);
  const trimmed = written.replace(/^\n+/, "").trimEnd();
  return trimmed === "" ? "" : `${trimmed}\n`;
}

type Flow = BlockContent & RootContent;

function flow(tree: Tree, flavour: Flavour): Flow[] {
  const nodes: Flow[] = [];
  for (const branch of tree) {
    const node = flowNode(branch, nodes.at(-1), flavour);
    if (node) nodes.push(node);
  }
  return nodes;
}

function flowNode(branch: Branch, before: Flow | undefined, flavour: Flavour): Flow | null {
  if ("list" in branch) return listNode(branch, before, flavour);
  if ("tabs" in branch)
    return {
      type: "blockquote",
      children: flow(
        branch.tabs.flatMap((tab) => tab.children),
        flavour,
      ),
    };
  if ("container" in branch) return { type: "blockquote", children: flow(branch.children, flavour) };
  return blockNode(branch.block);
}

function blockNode(block: Block): Paragraph | Heading | Code | Flow | null {
  switch (block.type) {
    case "heading":
      return { type: "heading", depth: depthOf(block), children: writePhrasing(block.content, true) };
    case "code":
      return { type: "code", ...info(block), value: textOf(block) };
    case "raw": {
      const value = textOf(block).replace(/^\n+|\n+$/g, "");
      return value.trim() === "" ? null : { type: "raw", value };
    }
    case "rule":
      return { type: "thematicBreak" };
    default: {
      const children = writePhrasing(block.content, false);
      // Markdown has no empty paragraph; a container that holds nothing else is written empty.
      return children.length === 0 ? null : { type: "paragraph", children };
    }
  }
}

function depthOf(block: Block): Heading["depth"] {
  const level = levelOf(block.attrs);
  return level === 1 || level === 2 || level === 3 || level === 4 || level === 5 ? level : 6;
}

/** The words after a fence, without what would end the line or the fence. */
function info(block: Block): { lang?: string; meta?: string } {
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

function listNode(branch: ListBranch, before: Flow | undefined, flavour: Flavour): List {
  const ordered = branch.list === "ordered";
  const mark = markFor(branch, before);
  const children = branch.items.map((item) => itemNode(item, flavour));
  const start = ordered ? { start: startOf(branch.items[0]?.container) } : {};
  return { type: "list", ordered, ...start, children, data: { mark } };
}

/** The list's own delimiter, or the usual one; never that of a list just before it, which would join the two. */
function markFor(branch: ListBranch, before: Flow | undefined): string {
  const usable = branch.list === "ordered" ? [".", ")"] : ["-", "*", "+"];
  const own = branch.mark !== null && usable.includes(branch.mark) ? branch.mark : undefined;
  const taken = before?.type === "list" ? before.data?.mark : undefined;
  return [own, ...usable].find((mark) => mark !== undefined && mark !== taken) ?? "-";
}

function itemNode({ container: item, children }: Box, flavour: Flavour): ListItem {
  const nodes = flow(children, flavour);
  // An item with a blank line in it is loose, whatever it says.
  const isSpread = nodes.some((node, at) => {
    const before = nodes[at - 1];
    return before !== undefined && needsGap(before, node, flavour);
  });
  return { type: "listItem", spread: isSpread || item.attrs["loose"] === true, children: nodes };
}

function startOf(item: Container | undefined): number {
  const start = item?.attrs["start"];
  return typeof start === "number" && Number.isInteger(start) && start >= 0 && start <= 999_999_999
    ? start
    : 1;
}
