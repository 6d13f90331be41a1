import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import type { ThreadId } from "../../shared/base/ids.ts";
import { findQuote } from "../../shared/body/anchors.ts";
import type { Place, Quote } from "../../shared/body/place.ts";
import { fromText } from "./binding/canonical.ts";
import { positionAt } from "./binding/tokens.ts";

/** A thread as the text shows it. */
export type Anchored = { readonly id: ThreadId; readonly place: Place; readonly quote: Quote };

export type Shown = { readonly threads: readonly Anchored[]; readonly active: ThreadId | null };

/** Where places stand in the text that the view shows (binding.ts). */
export type Finder = {
  rangeOf: (place: Place) => { start: number; end: number } | null;
  readonly flatText: string;
  /** The same for what stands in the cells of tables, which have texts of their own. */
  rangeInCells: (node: Node, place: Place, quote: Quote) => { from: number; to: number } | null;
  placeInCells: (node: Node, range: { from: number; to: number }) => { place: Place; quote: Quote } | null;
};

type Drawn = { shown: Shown; set: DecorationSet };

const key = new PluginKey<Drawn>("highlights");

/** Marks the words that threads are about. Drawn over the text: nothing of it is in the page. */
export function highlights(finder: Finder, onClick: (thread: ThreadId) => void): Plugin {
  const draw = (state: EditorState, shown: Shown): Drawn => ({
    shown,
    set: DecorationSet.create(state.doc, decorate(finder, state.doc, shown, shown.threads)),
  });
  return new Plugin<Drawn>({
    key,
    state: {
      init: (_, state) => draw(state, { threads: [], active: null }),
      apply: (transaction, drawn, _before, after) => {
        const shown = transaction.getMeta(key) as Shown | undefined;
        if (shown) return draw(after, shown);
        return transaction.docChanged ? carriedOn(finder, transaction, drawn) : drawn;
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

/**
 * What is drawn moves with the text; only threads whose words a change of others touched are looked for again, and
 * those whose words were gone, where it brings enough text to hold them.
 */
function carriedOn(finder: Finder, transaction: Transaction, { shown, set }: Drawn): Drawn {
  const mapped = set.map(transaction.mapping, transaction.doc);
  if (!transaction.getMeta(fromText)) return { shown, set: mapped };
  let [from, to, come] = [Infinity, -Infinity, 0];
  transaction.mapping.maps.forEach((map) =>
    map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      from = Math.min(from, newFrom);
      to = Math.max(to, newTo);
      come += newTo - newFrom;
    }),
  );
  const touched = mapped.find(from - 1, to + 1);
  const isDrawn = new Set(mapped.find().map((each) => each.spec["thread"] as ThreadId));
  const isTouched = new Set(touched.map((each) => each.spec["thread"] as ThreadId));
  const again = shown.threads.filter(
    ({ id, quote }) => isTouched.has(id) || (!isDrawn.has(id) && come >= quote.exact.length),
  );
  const next = decorate(finder, transaction.doc, shown, again);
  return { shown, set: mapped.remove(touched).add(transaction.doc, next) };
}

/** Where a thread's words stand in the view now, or null where they are gone. */
export function rangeOfThread(
  finder: Finder,
  node: Node,
  { place, quote }: Pick<Anchored, "place" | "quote">,
): { from: number; to: number } | null {
  return (
    visible(node, finder.rangeOf(place)) ??
    finder.rangeInCells(node, place, quote) ??
    visible(node, quoted(finder.flatText, quote))
  );
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
function quoted(flat: string, quote: Quote): { start: number; end: number } | null {
  const found = findQuote(flat, quote);
  return typeof found === "string" ? null : found;
}

function decorate(finder: Finder, node: Node, { active }: Shown, threads: readonly Anchored[]): Decoration[] {
  const once = readOnce(finder);
  return threads.flatMap((thread) => {
    const range = rangeOfThread(once, node, thread);
    if (!range) return [];
    const attrs = {
      class: thread.id === active ? "commented active" : "commented",
      "data-thread": thread.id,
    };
    return [Decoration.inline(range.from, range.to, attrs, { thread: thread.id })];
  });
}

/** A finder that reads the whole text at most once, and only if a quote has to be looked for. */
function readOnce(finder: Finder): Finder {
  let flat: string | null = null;
  return {
    rangeOf: (place) => finder.rangeOf(place),
    rangeInCells: (node, place, quote) => finder.rangeInCells(node, place, quote),
    placeInCells: (node, range) => finder.placeInCells(node, range),
    get flatText() {
      return (flat ??= finder.flatText);
    },
  };
}
