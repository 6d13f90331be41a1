import type { Command } from "@tiptap/pm/state";
import { givePictures, type Giving } from "./pictures.ts";

/** Asks for pictures of this device, and puts them where the caret was, wherever that is by then. */
export const choosePicture =
  (giving: Giving): Command =>
  (state, dispatch, view) => {
    if (!dispatch || !view) return state.selection.$from.parent.inlineContent;
    const place = giving.binding.relative(state.doc, state.selection.from);
    const field = document.createElement("input");
    Object.assign(field, { type: "file", accept: "image/*", multiple: true });
    field.addEventListener("change", () => void givePictures(view, [...(field.files ?? [])], place, giving));
    field.click();
    return true;
  };
