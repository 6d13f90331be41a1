import type { Node } from "@tiptap/pm/model";
import type { Command, Transaction } from "@tiptap/pm/state";
import { command, select, type Edit } from "./edit.ts";
import { depthOf } from "./where.ts";

/* Footnotes: a reference in a line, and at the page's end what it leads to. */

const isFootnote = (node: Node): boolean => node.type.name === "footnote";

/** What a new footnote is called until it gets an id (binding/canonical.ts); the reference to it follows. */
const unnamed = "?";

/** A reference at the caret, and at the page's end a footnote with the caret in it. */
export const insertFootnote: Command = command((transaction) => {
  const { $from, $to } = transaction.selection;
  const { nodes } = transaction.doc.type.schema;
  const isPlace = $from.parent.inlineContent && !$from.parent.type.spec.code && $from.sameParent($to);
  if (!isPlace || depthOf($from, isFootnote) !== null) return false;
  transaction.insert($to.pos, nodes["footnoteRef"]!.create({ atom: { type: "footnote", to: unnamed } }));
  const footnote = transaction.doc.content.size;
  const line = nodes["paragraph"]!.create();
  transaction.insert(footnote, nodes["footnote"]!.create({ cid: unnamed }, line));
  return select(transaction, footnote + 2);
});

/** Where the first reference to a footnote stands; null where there is none. */
function referenceTo(doc: Node, cid: unknown): number | null {
  let found: number | null = null;
  doc.descendants((node, position) => {
    const atom: unknown = node.type.name === "footnoteRef" ? node.attrs["atom"] : null;
    if (found === null && isAtomTo(atom, cid)) found = position;
    return found === null;
  });
  return found;
}

const isAtomTo = (atom: unknown, cid: unknown): boolean =>
  typeof atom === "object" && atom !== null && "to" in atom && atom.to === cid;

/** From a footnote back to behind its first reference. */
export const returnFromFootnote: Command = command((transaction) => {
  const { $from } = transaction.selection;
  const depth = depthOf($from, isFootnote);
  const found = depth === null ? null : referenceTo(transaction.doc, $from.node(depth).attrs["cid"]);
  return found !== null && select(transaction, found + 1);
});

/** From a reference, selected or beside the caret, into its footnote. */
export const goToFootnote: Command = command((transaction) => {
  const { $from } = transaction.selection;
  const reference = [$from.nodeAfter, $from.nodeBefore].find((node) => node?.type.name === "footnoteRef");
  const atom: unknown = reference?.attrs["atom"];
  let found: number | null = null;
  if (reference)
    transaction.doc.descendants((node, position) => {
      if (isFootnote(node) && isAtomTo(atom, node.attrs["cid"])) found ??= position;
      return !node.isTextblock;
    });
  if (found === null) return false;
  const node = transaction.doc.nodeAt(found)!;
  return select(transaction, found + node.nodeSize - 2);
});

/** Backspace in a footnote that holds nothing takes it back: it goes, with its reference, and the caret to there. */
export const deleteEmptyFootnote: Edit = (transaction: Transaction) => {
  const { $from } = transaction.selection;
  const depth = depthOf($from, isFootnote);
  if (depth === null || $from.node(depth).content.size > 2) return false;
  const reference = referenceTo(transaction.doc, $from.node(depth).attrs["cid"]);
  if (reference === null) return false;
  const [from, to] = [$from.before(depth), $from.after(depth)];
  // The reference may stand behind its footnote, where one of them was moved.
  const isBehind = reference > from;
  transaction.delete(reference, reference + 1);
  transaction.delete(isBehind ? from : from - 1, isBehind ? to : to - 1);
  return select(transaction, isBehind ? reference - (to - from) : reference);
};
