import type { Node } from "@tiptap/pm/model";
import type { Attrs, Value } from "../../../shared/body/blocks.ts";
import { levelOf, type ContainerKind } from "../../../shared/body/schema.ts";

/*
 * Which node of the view stands for which type of block and kind of container, and which of their attributes it
 * shows. What a node does not show goes through it in `more`.
 */

export const nodeOfBlock: { readonly [type: string]: string } = {
  paragraph: "paragraph",
  heading: "heading",
  code: "codeBlock",
  title: "title",
  figure: "figure",
  table: "table",
  properties: "properties",
  raw: "rawBlock",
  rule: "horizontalRule",
};

export const nodeOfContainer: { readonly [kind in ContainerKind]: string } = {
  quote: "blockquote",
  item: "listItem",
  callout: "callout",
  collapsible: "collapsible",
  tab: "tab",
  footnote: "footnote",
};

const reverse = (names: { readonly [name: string]: string }) =>
  Object.fromEntries(Object.entries(names).map(([name, node]) => [node, name]));

export const blockOfNode = reverse(nodeOfBlock);
export const containerOfNode = reverse(nodeOfContainer);

/** Whether a node shows an attribute of this name: then it is never in `more`. */
export const isShown = (node: string, name: string): boolean => Object.hasOwn(shown[node] ?? {}, name);

/** What a node shows of an attribute's value; null where it is none that can be shown. */
type Show = (value: Value | undefined) => Value;
const text: Show = (value) => (typeof value === "string" ? value : null);
const number: Show = (value) => (typeof value === "number" ? value : null);
const flag: Show = (value) => (value === true ? true : null);

const shown: { readonly [node: string]: { readonly [name: string]: Show } } = {
  heading: { level: (value) => levelOf(value === undefined ? {} : { level: value }) },
  codeBlock: { lang: text, meta: text },
  figure: { src: text, dark: text, alt: text },
  listItem: { checked: flag, start: number, loose: flag },
  callout: { type: text },
  collapsible: { type: text, open: flag },
  footnote: { label: text },
};

/** The attributes of the view's node for what is stored; `grouping` is shown by the node around it. */
export function drawAttrs(node: string, attrs: Attrs, grouping: readonly string[] = []) {
  const names = shown[node] ?? {};
  const own = Object.entries(names).map(([name, show]) => [name, show(attrs[name])] as const);
  const isMore = ([name]: [string, Value]) => !(name in names) && !grouping.includes(name);
  return { ...Object.fromEntries(own), more: Object.fromEntries(Object.entries(attrs).filter(isMore)) };
}

/** The stored attributes of the view's node. */
export function readAttrs(node: Node): Attrs {
  const own = Object.keys(shown[node.type.name] ?? {})
    .map((name) => [name, node.attrs[name] as Value] as const)
    .filter(([, value]) => value !== null);
  return { ...(node.attrs["more"] as Attrs), ...Object.fromEntries(own) };
}
