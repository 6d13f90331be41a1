import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import type { ThreadId } from "../../shared/base/ids.ts";
import { findQuote, flatText, rangeOf } from "../../shared/body/anchors.ts";
import { bodyText } from "../../shared/body/format.ts";
import type { Place, Quote } from "../../shared/records/state.ts";
import { fromText } from "./binding/canonical.ts";
import { positionAt } from "./binding/tokens.ts";

/** A thread as the text shows it. */
export type Anchored = { readonly id: ThreadId; readonly place: Place; readonly quote: Quote };

export type Shown = { readonly threads: readonly Anchored[]; readonly active: ThreadId | null };

type Drawn = { shown: Shown; set: DecorationSet };

const key = new PluginKey<Drawn>("highlights");

/** Marks the words that threads are about. Drawn over the text: nothing of it is in the page. */
export function highlights(doc: Y.Doc, onClick: (thread: ThreadId) => void): Plugin {
  const draw = (state: EditorState, shown: Shown): Drawn => ({
    shown,
    set: drawThreads(doc, state.doc, shown),
  });
  return new Plugin<Drawn>({
    key,
    state: {
      init: (_, state) => draw(state, { threads: [], active: null }),
      apply: (transaction, drawn, _before, after) => {
        const shown = transaction.getMeta(key) as Shown | undefined;
        if (shown) return draw(after, shown);
        if (transaction.getMeta(fromText)) return draw(after, drawn.shown);
        return transaction.docChanged
          ? { ...drawn, set: drawn.set.map(transaction.mapping, after.doc) }
          : drawn;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleClick: (view, position) => {
        const found = key.getState(view.state)?.set.find(position, position) ?? [];
        const thread = found.at(-1)?.spec["thread"] as ThreadId | undefined;
        if (thread) onClick(thread);
        return false;
      },
    },
  });
}

export function showThreads(view: EditorView, shown: Shown): void {
  view.dispatch(view.state.tr.setMeta(key, shown));
}

/** Where a thread's words stand in the view now, or null where they are gone. */
export function rangeOfThread(
  doc: Y.Doc,
  node: Node,
  { place, quote }: Pick<Anchored, "place" | "quote">,
): { from: number; to: number } | null {
  return visible(node, rangeOf(doc, place)) ?? visible(node, quoted(doc, quote));
}

/** The view's range for one of the text; null where it spans no character, only the seam between two blocks. */
function visible(
  node: Node,
  range: { start: number; end: number } | null,
): { from: number; to: number } | null {
  if (!range) return null;
  const from = positionAt(node, range.start);
  const to = positionAt(node, range.end);
  return from < to && node.textBetween(from, to, "", "\uFFFC") !== "" ? { from, to } : null;
}

/** The positions span nothing: the words may stand elsewhere, if they do exactly once. Never a guess. */
function quoted(doc: Y.Doc, quote: Quote): { start: number; end: number } | null {
  const found = findQuote(flatText(bodyText(doc)), quote);
  return typeof found === "string" ? null : found;
}

function drawThreads(doc: Y.Doc, node: Node, { threads, active }: Shown): DecorationSet {
  const decorations = threads.flatMap((thread) => {
    const range = rangeOfThread(doc, node, thread);
    if (!range) return [];
    const attrs = {
      class: thread.id === active ? "commented active" : "commented",
      "data-thread": thread.id,
    };
    return [Decoration.inline(range.from, range.to, attrs, { thread: thread.id })];
  });
  return DecorationSet.create(node, decorations);
}
