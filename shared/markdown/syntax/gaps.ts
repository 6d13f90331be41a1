import type { Nodes } from "mdast";
import type { Flavour } from "../flavour.ts";
import "./mdast.ts";

/** Whether two neighbours must have a blank line between them, to be read as two. */
export function needsGap(left: Nodes, right: Nodes, flavour: Flavour): boolean {
  const tail = tailOf(left);
  if (needsRoom(tail) || needsRoom(right)) return true;
  if (left.type === "raw" || (left.type === "blockquote" && right.type === "blockquote")) return true;
  if (tail.type !== "paragraph") return false;
  if (tail.data?.hasCaption === true) return true;
  if (right.type === "raw") return !mayInterrupt(right.value, flavour);
  return right.type === "paragraph" || isNoneAfterText(right);
}

/** Whether Python-Markdown wants blank lines around it. */
export function needsRoom(node: Nodes): boolean {
  return node.type === "opened" || node.type === "table";
}

/** What is last in it: text in its last line would go on in the next. */
function tailOf(node: Nodes): Nodes {
  const isContainer = node.type === "blockquote" || node.type === "list" || node.type === "listItem";
  const last = isContainer ? node.children.at(-1) : undefined;
  return last ? tailOf(last) : node;
}

/** Whether this is, or begins with, an item that is none right after text: an empty one, or one not numbered 1. */
function isNoneAfterText(node: Nodes): boolean {
  if (node.type === "blockquote") return node.children[0] !== undefined && isNoneAfterText(node.children[0]);
  if (node.type !== "list") return false;
  const first = node.children[0]?.children[0];
  return first === undefined || (node.ordered === true && node.start !== 1) || isNoneAfterText(first);
}

function mayInterrupt(raw: string, flavour: Flavour): boolean {
  const openers = flavour === "mkdocs" ? [...interrupting, directive] : interrupting;
  return openers.some((opener) => opener.test(raw));
}

const directive = /^(?:!!! ?\w|\?\?\?|=== )/;
const interrupting = [
  /^(?:\[\^|\|)/,
  /^<(?:!|\?|pre\b|script\b|style\b|textarea\b)/i,
  /^<\/?(?:div|p|table|details|section|figure|figcaption|h[1-6]|ul|ol|li)\b/i,
];
