import * as Y from "yjs";
import { bodyText, containerMap } from "../../shared/body/format.ts";
import type { Binding, Selected } from "./binding/binding.ts";

type StackItem = { meta: Map<unknown, unknown> };

/**
 * Undo and redo of this person's own edits, for as long as the page is open, whatever view shows it. Puts the
 * selection back where it was; what others did, and what the server wrote, is in nobody's history.
 */
export class History {
  readonly #manager: Y.UndoManager;
  readonly #binding: Binding;

  constructor(doc: Y.Doc, binding: Binding) {
    this.#binding = binding;
    this.#manager = new Y.UndoManager([bodyText(doc), containerMap(doc)], {
      trackedOrigins: new Set([binding]),
    });
    this.#manager.on("stack-item-added", ({ stackItem }: { stackItem: StackItem }) => {
      if (!stackItem.meta.has(this)) stackItem.meta.set(this, binding.selected);
    });
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

  destroy(): void {
    this.#manager.destroy();
  }

  #go(stack: readonly StackItem[], run: () => unknown, select: (selected: Selected) => void): boolean {
    const selected = stack.at(-1)?.meta.get(this) as Selected | undefined;
    if (!run()) return false;
    if (selected && this.#binding.selected) select(selected);
    return true;
  }
}
