import type { List, ListItem, Nodes, Root } from "mdast";
import type { Definitions } from "./read-phrasing.ts";

/** Where a node begins in the text it was read from. */
export function offsetOf(node: Nodes): number {
  return node.position?.start.offset ?? 0;
}

/** Whether a node begins on the line below another. */
export function isBelow(above: Nodes, node: Nodes): boolean {
  return above.position?.end.line === (node.position?.start.line ?? 0) - 1;
}

/** Whether these are text and code, in either order, without a blank line: Python-Markdown makes one of them. */
export function isTight(above: Nodes | undefined, node: Nodes): boolean {
  if (!above || !isBelow(above, node)) return false;
  const isPair = above.type === "code" ? node.type === "paragraph" : node.type === "code";
  return isPair && (above.type === "code" || above.type === "paragraph");
}

/**
 * An item is loose where a blank line stands between its blocks, or between it and the next; the last, where it
 * holds one block alone, as the one before it.
 */
export function isLoose(list: List, index: number): boolean {
  const item = list.children[index];
  const isLast = index === list.children.length - 1;
  const isPlainLast = isLast && (item?.children.length ?? 0) <= 1;
  const isSpread = item?.spread === true || item?.children.some((_, at) => hasGapAfter(item, at));
  return isSpread === true || hasGapAfter(list, isPlainLast ? index - 1 : index);
}

function hasGapAfter({ children }: List | ListItem, index: number): boolean {
  const [node, next] = [children[index], children[index + 1]];
  const [end, start] = [node && lastLine(node), next?.position?.start.line];
  return end !== undefined && start !== undefined && start - end > 1;
}

/** The last line with something in it: what an item ends with may be a blank line of a quote around it. */
function lastLine(node: Nodes): number | undefined {
  if (node.type !== "list" && node.type !== "listItem") return node.position?.end.line;
  const last = node.children.at(-1);
  return last ? lastLine(last) : node.position?.start.line;
}

/** The address of every definition; of two with one name, the first holds. */
export function definitionsIn(root: Root): Definitions {
  const found = new Map<string, { url: string; title?: string | null | undefined }>();
  for (const node of everyNode(root)) {
    if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node);
  }
  return found;
}

function* everyNode(root: Nodes): Generator<Nodes> {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if ("children" in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
}

/** How many containers stand in each other here, at most. */
export function depthOf(node: Nodes): number {
  if (node.type !== "blockquote" && node.type !== "listItem" && node.type !== "list") return 0;
  const own = node.type === "list" ? 0 : 1;
  return own + node.children.reduce((depth, child) => Math.max(depth, depthOf(child)), 0);
}
