import { Selection, TextSelection, type EditorState } from "@tiptap/pm/state";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { toggle } from "./collapsible-view.ts";
import { seatOf, type Seat } from "./seat.ts";

/**
 * Keys in titles: Mod-Enter opens and closes a collapsible, and the arrows go from one tab's title to its
 * neighbour's.
 */
export function titleKeys(): Plugin {
  return new Plugin({
    props: {
      handleKeyDown: (view, event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return toggleAtTitle(view);
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
        if (event.key === "ArrowRight") return goToNeighbour(view, 1);
        return event.key === "ArrowLeft" && goToNeighbour(view, -1);
      },
    },
  });
}

function toggleAtTitle(view: EditorView): boolean {
  const { $head } = view.state.selection;
  if (seatOfCaret(view.state) !== "summary") return false;
  const box = view.nodeDOM($head.before(-1));
  const details = box instanceof Element ? box.querySelector(":scope > details") : null;
  if (!(details instanceof HTMLDetailsElement)) return false;
  toggle(details, view, $head.before(-1));
  return true;
}

/** At a title's end the next tab is the one beside it, and not what stands below. */
function goToNeighbour(view: EditorView, way: 1 | -1): boolean {
  const { $head, empty } = view.state.selection;
  const isAtEdge = $head.parentOffset === (way === 1 ? $head.parent.content.size : 0);
  if (!empty || !isAtEdge || seatOfCaret(view.state) !== "tab") return false;
  const set = $head.node(-2);
  const next = $head.index(-2) + way;
  if (next < 0 || next >= set.childCount) return false;
  const edge = way === 1 ? $head.after(-1) : $head.before(-1) - set.child(next).nodeSize;
  const first = set.child(next).firstChild!;
  const place = view.state.doc.resolve(edge + 2 + (way === 1 || !first.isTextblock ? 0 : first.content.size));
  const selection = place.parent.isTextblock ? TextSelection.create(view.state.doc, place.pos) : null;
  view.dispatch(view.state.tr.setSelection(selection ?? Selection.near(place)).scrollIntoView());
  return true;
}

function seatOfCaret({ selection: { $head } }: EditorState): Seat | null {
  return $head.depth > 1 ? seatOf($head.parent, $head.node(-1), $head.index(-1)) : null;
}
