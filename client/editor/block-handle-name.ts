import type { Node } from "@tiptap/pm/model";
import { isGroup } from "./binding/read-nodes.ts";

/* Which block a handle is for: said by its id, so that it is the same one whatever others do to the page meanwhile. */

/** The id of a block, an item or another container; of a group of one, as a list of one item, that one's. */
export function nameOf(node: Node): string | null {
  const named = isGroup(node) ? node.firstChild : node;
  const id: unknown = named?.attrs["cid"] ?? named?.attrs["id"];
  return typeof id === "string" ? id : null;
}

/** Where what has this name stands now; of several pieces the one nearest to a position. Null where there is none. */
export function placeOfName(
  doc: Node,
  name: string,
  near: number,
): { readonly from: number; readonly to: number } | null {
  let found: { readonly from: number; readonly to: number } | null = null;
  doc.descendants((node, from) => {
    if (!isGroup(node) && nameOf(node) === name)
      if (!found || Math.abs(from - near) < Math.abs(found.from - near))
        found = { from, to: from + node.nodeSize };
    return !node.inlineContent;
  });
  return found;
}
