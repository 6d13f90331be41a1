import { Plugin, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import type { Binding } from "./binding/binding.ts";
import { flatAt } from "./binding/tokens.ts";

type Options = {
  binding: Binding;
  /** Gives a picture to the survey; answers the id of its file. Rejects with what to tell the person. */
  add: (file: File) => Promise<string>;
  onRefused: (error: unknown) => void;
};

/**
 * Pictures that are pasted or dropped go to the survey first, and then to where they were put, wherever those
 * characters are by then.
 */
export function pictures({ binding, add, onRefused }: Options): Plugin {
  const put = (view: EditorView, files: readonly File[], position: number): boolean => {
    const shown = files.filter((file) => file.type.startsWith("image/"));
    if (shown.length === 0 || !view.editable) return false;
    const place = binding.index.relativeAt(flatAt(view.state.doc, position), 0);
    for (const file of shown) {
      add(file).then((asset) => insert(view, binding, place, asset, file.name), onRefused);
    }
    return true;
  };
  return new Plugin({
    props: {
      handlePaste: (view, event) => {
        const { files = [] } = event.clipboardData ?? {};
        return put(view, [...files], view.state.selection.to);
      },
      handleDrop: (view, event, _slice, isMoved) => {
        if (isMoved) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        return put(view, [...(event.dataTransfer?.files ?? [])], at?.pos ?? view.state.doc.content.size);
      },
    },
  });
}

function insert(
  view: EditorView,
  binding: Binding,
  place: Y.RelativePosition,
  asset: string,
  name: string,
): void {
  if (view.isDestroyed) return;
  const position = binding.position(view.state.doc, place) ?? view.state.doc.content.size;
  view.dispatch(putPicture(view.state, position, `asset:${asset}`, name));
}

/**
 * Puts a picture where it was let go: on an empty line it is a figure, behind a figure another one, and between words
 * it stands in their line.
 */
export function putPicture(state: EditorState, position: number, src: string, name: string): Transaction {
  const { nodes } = state.schema;
  const place = state.doc.resolve(position);
  const { parent } = place;
  if (parent.type.name === "paragraph" && parent.content.size === 0)
    return state.tr.setNodeMarkup(place.before(), nodes["figure"], { ...parent.attrs, src });
  if (parent.type.name === "figure") return state.tr.insert(place.after(), nodes["figure"]!.create({ src }));
  const atom = { type: "image", src, alt: name.replace(/\.\w+$/, "") };
  return state.tr.insert(whereInline(state, position), nodes["image"]!.create({ atom }));
}

/** Pictures stand in lines: at a place between blocks, in a line of their own. */
function whereInline({ doc }: EditorState, position: number): number {
  const place = doc.resolve(position);
  if (place.parent.inlineContent && !place.parent.type.spec.code) return position;
  return place.depth > 0 ? place.after(1) : position;
}
