import type { Node } from "@tiptap/pm/model";

export type Heading = { readonly id: string; readonly level: number; readonly text: string };

const found = new WeakMap<Node, readonly Heading[]>();
const read = new WeakMap<Node, Heading>();

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
  const known = read.get(node);
  if (known) return known;
  const { id, level } = node.attrs;
  const heading = { id: String(id), level: Number(level), text: node.textContent };
  read.set(node, heading);
  return heading;
}
