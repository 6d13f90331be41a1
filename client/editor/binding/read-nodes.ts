import type { Mark, Node, ResolvedPos } from "@tiptap/pm/model";
import type { ContainerId } from "../../../shared/base/ids.ts";
import type { Atom, Attrs, Container, Inline, Marks, Value } from "../../../shared/body/blocks.ts";
import { blockOfNode, containerOfNode, readAttrs } from "./nodes.ts";

/* What the view's nodes stand for: the way back from draw.ts. */

/** A block's type and attributes, of its node. */
export function readHead(node: Node): { type: string; attrs: Attrs } {
  const type = blockOfNode[node.type.name] ?? String(node.attrs["type"]);
  return { type, attrs: readAttrs(node) };
}

/** Whether a node stands for a container's record. A list does not: it is drawn around neighbouring items. */
export const isContainer = (node: Node): boolean => "cid" in node.attrs;

/** Whether a node is drawn around neighbouring containers, and stands for nothing by itself. */
export const isGroup = (node: Node): boolean => node.type.spec.group?.includes("group") ?? false;

/** Whether a place is in a table's cell, which holds one line and nothing else: blocks cannot follow it in there. */
export const isInCell = ({ parent }: ResolvedPos): boolean => parent.type.name === "tableCell";

const listOfNode: { readonly [node: string]: string } = {
  bulletList: "bullet",
  orderedList: "ordered",
  taskList: "task",
};

/** The container that a node stands for, given the node around it and the container outside it. */
export function readContainerNode(node: Node, parent: Node, outer: ContainerId | null): Container {
  const kind = containerOfNode[node.type.name] ?? "quote";
  const attrs = { ...readAttrs(node), ...readGroup(kind, parent) };
  return { id: node.attrs["cid"] as ContainerId, kind, attrs, in: outer };
}

/** What a container has of the list, or set of tabs, that it is drawn in. */
function readGroup(kind: string, parent: Node): Attrs {
  if (kind === "item")
    return { list: listOfNode[parent.type.name] ?? "bullet", ...given("mark", parent.attrs["mark"]) };
  return kind === "tab" ? given("set", parent.attrs["set"]) : {};
}

function given(name: string, value: Value | undefined): Attrs {
  return value === null || value === undefined ? {} : { [name]: value };
}

/** The runs of a block's, or a cell's, content. */
export function readLine(node: Node): Inline[] {
  return node.children.map((child) => {
    const marks = readMarks(child.marks);
    const marked = Object.keys(marks).length > 0 ? { marks } : {};
    return child.isText ? { text: child.text!, ...marked } : { atom: readAtom(child), ...marked };
  });
}

/** The format keys of the view's marks. */
export function readMarks(marks: readonly Mark[]): Marks {
  const read: { [name: string]: Value } = {};
  for (const mark of marks) read[mark.type.name] = mark.type.name === "link" ? readLink(mark) : true;
  return read;
}

function readLink(mark: Mark): Value {
  const href = String(mark.attrs["href"]);
  const title: unknown = mark.attrs["title"];
  return typeof title === "string" ? { href, title } : { href };
}

/** The atom of an inline node that is not text. */
export function readAtom(node: Node): Atom {
  return node.type.name === "hardBreak" ? { type: "break" } : (node.attrs["atom"] as Atom);
}
