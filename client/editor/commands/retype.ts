import { Fragment, Slice, type Node } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { command, type Edit } from "./edit.ts";
import { reachesCell } from "./where.ts";

/* What kind of block a line is: text, a heading, code. Its words stay where they are. */

/** Makes another kind of block of the line that begins here. It stays the same block: its id, and its words. */
export function retype(transaction: Transaction, position: number, name: string, attrs: object = {}): void {
  const { doc } = transaction;
  const node = doc.nodeAt(position)!;
  const { id, more } = node.attrs;
  const type = doc.type.schema.nodes[name]!;
  if (node.type === type) transaction.setNodeMarkup(position, null, { ...node.attrs, ...attrs });
  else if (type.spec.code)
    transaction.setBlockType(position + 1, position + node.nodeSize - 1, type, { id, more, ...attrs });
  else transaction.setNodeMarkup(position, type, { id, more, ...attrs });
}

type Line = { node: Node; position: number };

const kinds = ["paragraph", "heading", "codeBlock", "title"];

/** The lines that the selection reaches and that can be of another kind; titles only where there are no others. */
function lines({ doc, selection }: Transaction): Line[] {
  if (reachesCell(selection)) return [];
  const found: Line[] = [];
  doc.nodesBetween(selection.from, selection.to, (node, position) => {
    if (kinds.includes(node.type.name)) found.push({ node, position });
    return node.type.name !== "table";
  });
  const others = found.filter(({ node }) => node.type.name !== "title");
  return others.length > 0 ? others : found;
}

/** The lines of code become paragraphs, each of its own. */
export function uncode(transaction: Transaction, position: number): void {
  const text = transaction.doc.nodeAt(position)!.textContent;
  retype(transaction, position, "paragraph");
  const paragraph = transaction.doc.type.schema.nodes["paragraph"]!;
  const between = new Slice(Fragment.from([paragraph.create(), paragraph.create()]), 1, 1);
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const place = position + 1 + at;
    if (text.charAt(at) === "\n") transaction.replace(place, place + 1, between);
  }
}

const uncodeAll: Edit = (transaction) => {
  const code = lines(transaction).filter(({ node }) => node.type.spec.code);
  for (const { position } of code.toReversed()) uncode(transaction, position);
  return code.length > 0;
};

const setKind =
  (name: "paragraph" | "heading", attrs: object): Edit =>
  (transaction) => {
    const code = uncodeAll(transaction);
    const found = lines(transaction);
    for (const { position } of found) retype(transaction, position, name, attrs);
    return code || found.length > 0;
  };

/** The reached lines become plain text. */
export const setParagraphEdit: Edit = setKind("paragraph", {});
export const setParagraph: Command = command(setParagraphEdit);

/** The reached lines become headings of this level; where all of them are, plain text again. */
export const toggleHeading = (level: number): Command =>
  command((transaction) => {
    const found = lines(transaction);
    const isHeading = found.every(({ node }) => node.attrs["level"] === level);
    return setKind(isHeading ? "paragraph" : "heading", isHeading ? {} : { level })(transaction);
  });

/** Whether code could not hold what is in a line: pictures and references would be lost in it. */
const hasAtoms = (node: Node): boolean =>
  node.children.some((child) => !child.isText && child.type.name !== "hardBreak");

/** Neighbouring lines become the lines of one block of code, others a block each; code becomes paragraphs again. */
export const toggleCode: Command = command((transaction) => {
  const found = lines(transaction);
  if (found.length === 0 || found.some(({ node }) => hasAtoms(node))) return false;
  if (found.every(({ node }) => node.type.spec.code)) return uncodeAll(transaction);
  for (const { position } of found.toReversed()) retype(transaction, position, "codeBlock");
  const now = lines(transaction);
  for (const { position } of now.slice(1).toReversed()) joinCode(transaction, position);
  return true;
});

/** Joins two neighbouring blocks of code with a new line between them. */
function joinCode(transaction: Transaction, position: number): void {
  const { doc } = transaction;
  if (doc.resolve(position).nodeBefore?.type.name !== "codeBlock") return;
  transaction.replaceWith(position - 1, position + 1, doc.type.schema.text("\n"));
}
