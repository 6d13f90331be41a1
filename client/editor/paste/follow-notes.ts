import type { Node } from "@tiptap/pm/model";
import { Plugin, Transaction } from "@tiptap/pm/state";

/** Lets references follow the footnotes that are pasted with them and get other names in this page. */
export function followNotes(): Plugin {
  return new Plugin({
    appendTransaction: (transactions, _before, { doc, tr }) => {
      const first: unknown = transactions[0]?.getMeta("appendedTransaction") ?? transactions[0];
      const later = transactions.filter((each) => each !== first);
      if (!(first instanceof Transaction) || !first.getMeta("paste") || later.length === 0) return null;
      const names = renamedNotes(first, later);
      if (names.size === 0) return null;
      doc.descendants((node, position) => {
        const atom = node.type.name === "footnoteRef" ? (node.attrs["atom"] as { to?: unknown }) : null;
        const to = atom && names.get(atom.to);
        if (to) tr.setNodeAttribute(position, "atom", { ...atom, to });
      });
      return tr.docChanged ? tr : null;
    },
  });
}

/** Which names of footnotes the later transactions changed, and to what. */
function renamedNotes({ doc, steps }: Transaction, later: readonly Transaction[]): Map<unknown, string> {
  const names = new Map<unknown, string>();
  if (steps.length === 0) return names;
  const after = later.at(-1)!.doc;
  doc.descendants((node, position) => {
    if (node.type.name !== "footnote") return !node.inlineContent;
    const at = later.reduce((mapped, each) => each.mapping.map(mapped), position);
    const name = nameAt(after, at);
    if (name !== null && name !== node.attrs["cid"] && node.attrs["cid"] !== null)
      names.set(node.attrs["cid"], name);
    return false;
  });
  return names;
}

function nameAt(doc: Node, position: number): string | null {
  const node = doc.nodeAt(position);
  return node?.type.name === "footnote" ? (node.attrs["cid"] as string | null) : null;
}
