import type { Command } from "@tiptap/pm/state";
import type { Binding } from "./binding/binding.ts";
import { flatAt } from "./binding/tokens.ts";
import { putPicture } from "./pictures.ts";

type Options = {
  readonly binding: Binding;
  /** Gives a picture to the survey; answers the id of its file. */
  readonly add: (file: File) => Promise<string>;
  readonly onRefused: (error: unknown) => void;
};

/** Asks for pictures of this device, and puts them where the caret was, wherever that is by then. */
export const choosePicture =
  ({ binding, add, onRefused }: Options): Command =>
  (state, dispatch, view) => {
    if (!dispatch || !view) return state.selection.$from.parent.inlineContent;
    const place = binding.index.relativeAt(flatAt(state.doc, state.selection.from), 0);
    const field = document.createElement("input");
    Object.assign(field, { type: "file", accept: "image/*", multiple: true });
    field.addEventListener("change", () => {
      for (const file of field.files ?? [])
        add(file).then((asset) => {
          if (view.isDestroyed) return;
          const position = binding.position(view.state.doc, place) ?? view.state.doc.content.size;
          view.dispatch(putPicture(view.state, position, `asset:${asset}`, file.name));
        }, onRefused);
    });
    field.click();
    return true;
  };
