import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { z } from "zod/mini";
import type { Binding, Selected } from "./binding/binding.ts";
import { colors } from "../ui/palette.ts";
import { fromText } from "./binding/canonical.ts";

/** What of somebody's presence is drawn in the text. Who they are was stamped by the server. */
const presence = z.object({
  user: z.object({ id: z.string(), name: z.string(), color: z.int() }),
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }),
});

type Options = {
  awareness: Awareness;
  binding: Binding;
  /** Whether this person writes here: who only reads has no caret to show. */
  isWriting: () => boolean;
};

const key = new PluginKey<DecorationSet>("presence carets");

/**
 * The others' carets and selections, each with a name that folds into a flag when the caret rests; and this
 * person's own place, told to the others. Places are relative positions: they follow their characters.
 */
export function presenceCarets({ awareness, binding, isWriting }: Options): Plugin {
  const draw = (state: EditorState) =>
    DecorationSet.create(
      state.doc,
      [...awareness.getStates()].flatMap(([client, told]) =>
        client === awareness.clientID ? [] : caret(client, told, state, binding),
      ),
    );
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, state) => draw(state),
      apply: (transaction, set, _before, after) => {
        if (transaction.getMeta(key) || transaction.getMeta(fromText)) return draw(after);
        return transaction.docChanged ? set.map(transaction.mapping, after.doc) : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: (view) => {
      const onChange = (_changes: unknown, origin: unknown) => {
        if (origin !== "local") view.dispatch(view.state.tr.setMeta(key, true));
      };
      awareness.on("change", onChange);
      const tell = atMostOncePerFrame(() => {
        const told = awareness.getLocalState()?.["cursor"] ?? null;
        if (isWriting() && view.hasFocus()) awareness.setLocalStateField("cursor", toldOf(binding.selected));
        else if (!isWriting() && told !== null) awareness.setLocalStateField("cursor", null);
      });
      return {
        update: tell,
        destroy: () => awareness.off("change", onChange),
      };
    },
  });
}

function caret(client: number, told: unknown, state: EditorState, binding: Binding): Decoration[] {
  const read = presence.safeParse(told);
  if (!read.success) return [];
  const { user, cursor } = read.data;
  const anchor = placeOf(cursor.anchor, state, binding);
  const head = placeOf(cursor.head, state, binding);
  if (anchor === null || head === null) return [];
  const look = `person-${user.color % colors}${user.color >= colors ? " person-again" : ""}`;
  const name = Decoration.widget(head, () => caretElement(user.name, look), {
    key: `caret ${client} ${head} ${user.name}`,
    side: 10,
    ignoreSelection: true,
  });
  const [from, to] = anchor < head ? [anchor, head] : [head, anchor];
  return from === to ? [name] : [Decoration.inline(from, to, { class: `selection-of ${look}` }), name];
}

function placeOf(told: unknown, state: EditorState, binding: Binding): number | null {
  try {
    return binding.position(state.doc, Y.createRelativePositionFromJSON(told));
  } catch {
    return null; // Not a position: told by another program.
  }
}

/** The name is drawn by the style sheet: what is copied, searched or read aloud is the text alone. */
function caretElement(name: string, look: string): HTMLElement {
  const element = document.createElement("span");
  element.className = `caret ${look}`;
  element.dataset["caret"] = name;
  element.ariaHidden = "true";
  return element;
}

function toldOf(selected: Selected | null): unknown {
  if (!selected) return null;
  const json = (position: Y.RelativePosition): unknown => Y.relativePositionToJSON(position);
  return { anchor: json(selected.anchor), head: json(selected.head) };
}

/** Typing moves the caret with every key; the others see it once per frame. */
function atMostOncePerFrame(run: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      run();
    });
  };
}
