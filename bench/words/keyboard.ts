import { Editor, type EditorOptions } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import type { EditorState, Plugin, Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** Whoever holds the state that a keyboard works on. */
export type Held = { readonly state: EditorState; dispatch: (transaction: Transaction) => void };

/** An editor's commands and keys without its view: they work on a state that is held elsewhere. */
export class Keyboard extends Editor {
  #held: Held | null = null;

  constructor(options: Partial<EditorOptions>, schema?: Schema) {
    // Anything that is not text, which a browser would have to read.
    super({ ...options, element: null, content: { type: "doc", content: [{ type: "paragraph" }] } });
    if (!schema) return;
    this.schema = schema;
    this.extensionManager.schema = schema;
  }

  /** What the extensions add to a state: their keys are among it. */
  get plugins(): Plugin[] {
    return this.extensionManager.plugins;
  }

  hold(held: Held): void {
    this.#held = held;
  }

  override get state(): EditorState {
    return this.#held?.state ?? super.state;
  }

  override get view(): EditorView {
    return this.#held ? bareView(this.#held) : super.view;
  }

  /** Presses a key, written as keymaps write it; whoever of the plugins wants it first has it. */
  press(name: string): boolean {
    const view = this.view;
    const event = keydown(name);
    return view.state.plugins.some(
      (plugin) => plugin.props.handleKeyDown?.call(plugin, view, event) === true,
    );
  }
}

/** All that commands, keymaps and bindings ask of a view. */
export function bareView(held: Held): EditorView {
  const view = {
    get state() {
      return held.state;
    },
    dispatch: (transaction: Transaction) => held.dispatch(transaction),
    hasFocus: () => true,
    focus: () => {},
    endOfTextblock: (side: string, state: EditorState = held.state) => isAtEdge(state, side),
    composing: false,
    editable: true,
    isDestroyed: false,
  };
  return view as unknown as EditorView;
}

/** A view asks its layout; without one, a caret is at an edge where nothing stands between it and its block's end. */
function isAtEdge({ selection: { $head } }: EditorState, side: string): boolean {
  return side === "backward" || side === "left" || side === "up"
    ? $head.parentOffset === 0
    : $head.parentOffset === $head.parent.content.size;
}

function keydown(name: string): KeyboardEvent {
  const parts = name.split("-");
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
  const event = {
    key: parts.at(-1),
    ctrlKey: has("Mod") || has("Ctrl"),
    shiftKey: has("Shift"),
    altKey: has("Alt"),
    metaKey: false,
    keyCode: 0,
    preventDefault: () => {},
  };
  return event as unknown as KeyboardEvent;
}
