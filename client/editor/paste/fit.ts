import { Fragment, Slice, type Node, type ResolvedPos } from "@tiptap/pm/model";
import { drawLine } from "../binding/draw-line.ts";
import { bodyOf } from "./body-of.ts";
import { oneLine } from "./one-line.ts";

/* How what is pasted meets what is there. */

/** Whether a place holds one line and nothing else: blocks cannot follow it in there. */
export const isInCell = (place: ResolvedPos): boolean => place.parent.type.name === "tableCell";

/** All words of a slice as one line, its blocks parted by line breaks. */
export function asLine(slice: Slice): Slice {
  const { schema } = slice.content.firstChild?.type ?? {};
  if (!schema) return slice;
  return new Slice(drawLine(schema, oneLine(bodyOf(slice.content))), 0, 0);
}

/**
 * Whole blocks as a slice for a place: their first and last lines go into the lines around them if they are
 * paragraphs, all else stands by itself; items that are pasted between items are items of the same list.
 */
export function asBlocks(content: Fragment, place: ResolvedPos): Slice {
  const [first, last] = [content.firstChild, content.lastChild];
  if (!first || !last) return Slice.empty;
  if (first === last && first.isTextblock && !first.type.spec.code) return new Slice(content, 1, 1);
  if (first === last && isList(first) && isInListOf(place, first)) return new Slice(content, 1, 1);
  const isLine = (node: Node) => (node.type.name === "paragraph" ? 1 : 0);
  return new Slice(content, isLine(first), isLine(last));
}

const isList = (node: Node): boolean => node.type.name.endsWith("List");

/** Whether a place is in the first line of an item of such a list. */
function isInListOf(place: ResolvedPos, list: Node): boolean {
  const { depth } = place;
  return depth >= 3 && place.node(depth - 2).type === list.type && place.index(depth - 1) === 0;
}

/**
 * A slice whose footnotes are none of this page's: those that are in it already get other names, and the references
 * in the slice follow them. What was cut out of the page comes back under its own.
 */
export function withOwnNotes(slice: Slice, page: Node, makeId: () => string): Slice {
  const there = namesOfNotes(page);
  const copies = [...namesOfNotes(slice.content)].filter((name) => there.has(name));
  if (copies.length === 0) return slice;
  const names = new Map(copies.map((name) => [name, makeId()]));
  return new Slice(renamed(slice.content, names), slice.openStart, slice.openEnd);
}

function namesOfNotes(content: Node | Fragment): Set<unknown> {
  const names = new Set<unknown>();
  content.descendants((node) => {
    if (node.type.name === "footnote") names.add(node.attrs["cid"]);
    return !node.inlineContent;
  });
  return names;
}

function renamed(content: Fragment, names: ReadonlyMap<unknown, string>): Fragment {
  return Fragment.fromArray(
    content.content.map((node) => {
      if (node.isText) return node;
      const inside = renamed(node.content, names);
      return node.type.create(renamedAttrs(node, names), inside, node.marks);
    }),
  );
}

function renamedAttrs(node: Node, names: ReadonlyMap<unknown, string>): Node["attrs"] {
  if (node.type.name === "footnote") return { ...node.attrs, cid: names.get(node.attrs["cid"]) ?? null };
  const atom = node.attrs["atom"] as { to?: unknown } | undefined;
  const name = node.type.name === "footnoteRef" ? names.get(atom?.to) : undefined;
  return name === undefined ? node.attrs : { ...node.attrs, atom: { ...atom, to: name } };
}
