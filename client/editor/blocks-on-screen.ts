import type { ResolvedPos } from "@tiptap/pm/model";
import { NodeSelection, Selection, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { nameOf, placeOfName } from "./block-handle-name.ts";
import { placeBeside } from "./commands/move.ts";
import { depthOf, isThing, unitOf } from "./commands/where.ts";

/* Where on the screen blocks are: which one is under the pointer, and between which two one would be dropped. */

/** A block as its handle needs it: which it is, where it begins and ends in the page, and its first line on the screen. */
export type Handled = {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly top: number;
  readonly height: number;
};

/** The block at this height, wherever the pointer is beside the text; null where there is none. */
export function blockAtHeight(view: EditorView, y: number): Handled | null {
  const place = placeAt(view, y);
  return place === null ? null : handledAt(view, selectionAt(view, place));
}

function handledAt(view: EditorView, selection: Selection): Handled | null {
  const range = unitOf({ selection });
  return range && handledFrom(view, range.start, range.end);
}

/** The same block as the page is now; null where it is gone. */
export function handledAgain(view: EditorView, { name, from }: Handled): Handled | null {
  const now = placeOfName(view.state.doc, name, from);
  return now && handledFrom(view, now.from, now.to);
}

function handledFrom(view: EditorView, from: number, to: number): Handled | null {
  const node = view.state.doc.nodeAt(from);
  const name = node && nameOf(node);
  const shown = view.nodeDOM(from);
  if (!name || !(shown instanceof HTMLElement)) return null;
  const { top } = shown.getBoundingClientRect();
  const line = Number.parseFloat(getComputedStyle(shown).lineHeight) || 24;
  return { name, from, to, top, height: line };
}

function placeAt(view: EditorView, y: number, x = 0): number | null {
  const { left, right, top, bottom } = view.dom.getBoundingClientRect();
  if (y < top || y > bottom) return null;
  const found = view.posAtCoords({ left: Math.min(right - 4, Math.max(left + 4, x)), top: y });
  if (!found) return null;
  const node = found.inside >= 0 ? view.state.doc.nodeAt(found.inside) : null;
  return node && isThing(node) ? found.inside : found.pos;
}

function selectionAt({ state: { doc } }: EditorView, position: number): Selection {
  const $at = doc.resolve(position);
  const { nodeAfter } = $at;
  if (nodeAfter && isThing(nodeAfter)) return NodeSelection.create(doc, position);
  const table = depthOf($at, (node) => node.type.name === "table");
  if (table !== null) return NodeSelection.create(doc, $at.before(table));
  return Selection.near($at);
}

/** Puts the caret into a block, unless the selection stands in it; a thing is selected. */
export function selectIn(view: EditorView, { from, to }: Pick<Handled, "from" | "to">): void {
  const { doc, selection, tr } = view.state;
  if (selection.from >= from && selection.to <= to) return;
  const node = doc.nodeAt(from);
  if (!node) return;
  const isWhole = isThing(node) || node.type.name === "figure";
  const near = isWhole ? NodeSelection.create(doc, from) : Selection.near(doc.resolve(from + 1));
  view.dispatch(
    tr.setSelection(near instanceof TextSelection || isWhole ? near : NodeSelection.create(doc, from)),
  );
}

/** Where a dragged block would go, and where on the screen that is. */
export type Drop = {
  readonly target: number;
  readonly top: number;
  readonly left: number;
  readonly width: number;
};

export function dropAt(view: EditorView, x: number, y: number): Drop | null {
  const position = placeAt(view, y, x);
  if (position === null) return null;
  const { doc } = view.state;
  const shown = rectOf(view, position);
  if (!shown) return null;
  const side = y < (shown.top + shown.bottom) / 2 ? -1 : 1;
  const target = outOfPassed(view, doc.resolve(placeBeside(doc, position, side)), y);
  const beside = doc.resolve(target);
  const edge = side < 0 ? rectAt(view, target) : rectAt(view, target - (beside.nodeBefore?.nodeSize ?? 0));
  const { left, width, top, bottom } = edge ?? shown;
  return { target, left, width, top: side < 0 ? top : bottom };
}

/** Out of every container that the pointer has passed: below its last line, above its first. */
function outOfPassed(view: EditorView, $place: ResolvedPos, y: number): number {
  let place = $place.pos;
  for (let depth = $place.depth; depth > 0; depth -= 1) {
    const rect = rectAt(view, $place.before(depth));
    if (rect && place === $place.end(depth) && y > rect.bottom - 4) place = $place.after(depth);
    else if (rect && place === $place.start(depth) && y < rect.top + 4) place = $place.before(depth);
    else break;
  }
  return place;
}

function rectOf(view: EditorView, position: number): DOMRect | null {
  const $at = view.state.doc.resolve(position);
  return rectAt(view, $at.parent.isTextblock ? $at.before() : position);
}

function rectAt(view: EditorView, position: number): DOMRect | null {
  const shown = position < 0 ? null : view.nodeDOM(position);
  return shown instanceof HTMLElement ? shown.getBoundingClientRect() : null;
}
