import type { Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import { limits } from "../../shared/base/limits.ts";
import type { Atom } from "../../shared/body/blocks.ts";
import { Held, type Store } from "../connection/store.ts";

/** By a footnote's id: its number, from 1, in the order in which the text first refers to them. */
export type FootnoteNumbers = ReadonlyMap<string, number>;

/** What of a node numbering looks at: ids that the text refers to, those referred to within notes, and the notes. */
type Found = {
  readonly refs: readonly string[];
  readonly inNotes: readonly string[];
  readonly notes: readonly string[];
};

const nothing: Found = { refs: [], inNotes: [], notes: [] };
const found = new WeakMap<Node, Found>();

/** What stands in a node, in order. Remembered with the nodes: only what changed is looked at again. */
function findIn(node: Node): Found {
  const known = found.get(node);
  if (known) return known;
  const parts: Found[] = [];
  node.forEach((child) => {
    const part = child.type.name === "footnoteRef" ? refTo(child) : child.isLeaf ? nothing : findIn(child);
    if (part !== nothing) parts.push(part);
  });
  const all = parts.length === 0 ? nothing : together(parts);
  const result = node.type.name === "footnote" ? asNote(node, all) : all;
  found.set(node, result);
  return result;
}

function refTo(ref: Node): Found {
  const to = (ref.attrs["atom"] as Atom)["to"];
  return typeof to === "string" ? { ...nothing, refs: [to] } : nothing;
}

const together = (parts: readonly Found[]): Found => ({
  refs: parts.flatMap((part) => part.refs),
  inNotes: parts.flatMap((part) => part.inNotes),
  notes: parts.flatMap((part) => part.notes),
});

function asNote(note: Node, inside: Found): Found {
  const id: unknown = note.attrs["cid"];
  const inNotes = [...inside.refs, ...inside.inNotes];
  return { refs: [], inNotes, notes: [...(typeof id === "string" ? [id] : []), ...inside.notes] };
}

/** The numbers of a page's footnotes: those that the text refers to first, then those that only notes refer to. */
export function numbersOf(doc: Node): FootnoteNumbers {
  const { refs, inNotes, notes } = findIn(doc);
  const isThere = new Set(notes);
  const inOrder = [...new Set([...refs, ...inNotes])].filter((id) => isThere.has(id));
  return new Map(inOrder.map((id, n) => [id, n + 1]));
}

const isSame = (a: FootnoteNumbers, b: FootnoteNumbers): boolean =>
  a.size === b.size && [...a].every(([id, number]) => b.get(id) === number);

/** Keeps the numbers as the text is; looked at again when the hands rest, never with every key. */
export function footnoteNumbers(): { numbers: Store<FootnoteNumbers>; plugin: Plugin } {
  const numbers = new Held<FootnoteNumbers>(new Map(), isSame);
  const plugin = new Plugin({
    view: (view) => {
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const look = (): void => {
        waiting = undefined;
        numbers.set(numbersOf(view.state.doc));
      };
      look();
      return {
        update: ({ state }, before) => {
          if (state.doc !== before.doc) waiting ??= setTimeout(look, limits.drawingPauseMs);
        },
        destroy: () => clearTimeout(waiting),
      };
    },
  });
  return { numbers, plugin };
}
