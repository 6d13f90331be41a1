import * as Y from "yjs";
import { bodyText, containerMap } from "../../shared/body/format.ts";
import type { Selected } from "./binding/binding.ts";

type StackItem = { meta: Map<unknown, unknown> };

/** Whoever shows the page now: where its selection is goes into the history with each step. */
export type Seat = { readonly selected: Selected | null };

/**
 * Undo and redo of this person's own edits, for as long as the page is open, whatever view shows it and however
 * often that is made anew. Puts the selection back where it was; what others did, and what the server wrote, is in
 * nobody's history.
 */
export class History {
  readonly #manager: Y.UndoManager;
  #seat: Seat | null = null;

  private constructor(doc: Y.Doc) {
    this.#manager = new Y.UndoManager([bodyText(doc), containerMap(doc)], {
      trackedOrigins: new Set([this]),
    });
    this.#manager.on("stack-item-added", ({ stackItem }: { stackItem: StackItem }) => {
      if (!stackItem.meta.has(this)) stackItem.meta.set(this, this.#seat?.selected ?? null);
    });
  }

  /** The history of a page: the same one for every view of its document. What has it as origin is taken into it. */
  static of(doc: Y.Doc): History {
    const known = histories.get(doc) ?? new History(doc);
    histories.set(doc, known);
    return known;
  }

  /** From now on this one shows the page. */
  seat(seat: Seat): void {
    this.#seat = seat;
    this.cut();
  }

  /** Takes the last step back; false where there is none. */
  undo(select: (selected: Selected) => void): boolean {
    return this.#go(this.#manager.undoStack, () => this.#manager.undo(), select);
  }

  redo(select: (selected: Selected) => void): boolean {
    return this.#go(this.#manager.redoStack, () => this.#manager.redo(), select);
  }

  /** The next edit begins a step of its own. */
  cut(): void {
    this.#manager.stopCapturing();
  }

  #go(stack: readonly StackItem[], run: () => unknown, select: (selected: Selected) => void): boolean {
    const selected = stack.at(-1)?.meta.get(this) as Selected | null | undefined;
    if (!run()) return false;
    if (selected && this.#seat?.selected) select(selected);
    return true;
  }
}

/** Its life is the document's. */
const histories = new WeakMap<Y.Doc, History>();
