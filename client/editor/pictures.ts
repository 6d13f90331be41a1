import { Plugin, Selection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import type { Binding } from "./binding/binding.ts";

export type Giving = {
  readonly binding: Binding;
  /** Gives a picture to the survey; answers the id of its file. Rejects with what to tell the person. */
  readonly add: (file: File) => Promise<string>;
  readonly onRefused: (error: unknown) => void;
};

/** Pictures that are pasted or dropped stand where they were put. */
export function pictures(giving: Giving): Plugin {
  const put = (view: EditorView, files: readonly File[], position: number): boolean => {
    const shown = files.filter((file) => file.type.startsWith("image/"));
    if (shown.length === 0 || !view.editable) return false;
    void givePictures(view, shown, giving.binding.relative(view.state.doc, position), giving);
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

/**
 * Pictures go to the survey first. Each that has arrived there is put at a place, wherever that is by then, behind
 * those that were put there before it.
 */
export async function givePictures(
  view: Pick<EditorView, "state" | "dispatch" | "isDestroyed">,
  files: readonly File[],
  place: Y.RelativePosition,
  { binding, add, onRefused }: Giving,
): Promise<void> {
  let next = place;
  const insert = (asset: string, name: string): void => {
    if (view.isDestroyed) return;
    const { doc } = view.state;
    const position = binding.position(doc, next) ?? doc.content.size;
    const transaction = putPicture(view.state, position, `asset:${asset}`, name);
    view.dispatch(transaction);
    next = binding.relative(view.state.doc, behind(transaction));
  };
  await Promise.all(files.map((file) => add(file).then((asset) => insert(asset, file.name), onRefused)));
}

/** Behind what was put in last: in its line, or in its caption. */
function behind({ mapping, doc }: Transaction): number {
  let end = 0;
  mapping.maps.at(-1)?.forEach((_from, _to, _start, newEnd) => (end = newEnd));
  return Selection.near(doc.resolve(end), -1).to;
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
