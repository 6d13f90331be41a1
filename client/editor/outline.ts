import type { Node } from "@tiptap/pm/model";

export type Heading = { readonly id: string; readonly level: number; readonly text: string };

const found = new WeakMap<Node, readonly Heading[]>();

/** The headings of a page, in order. Remembered with the nodes: only what changed is looked at again. */
export function headingsOf(node: Node): readonly Heading[] {
  const known = found.get(node);
  if (known) return known;
  const headings: Heading[] = [];
  node.forEach((child) => {
    if (child.type.name === "heading") headings.push(headingOf(child));
    else if (!child.isTextblock && !child.isLeaf) headings.push(...headingsOf(child));
  });
  found.set(node, headings);
  return headings;
}

function headingOf(node: Node): Heading {
  return { id: String(node.attrs["id"]), level: Number(node.attrs["level"]), text: node.textContent };
}
