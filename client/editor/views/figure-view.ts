import type { Node } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import type { EditorView, NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn, writersButton, type Say } from "./furniture.ts";

type Needs = { say: Say; resolve: (source: string) => string | null };
type Shown = { src: string; dark: string | null; alt: string };

/** A figure: its picture for this screen, the caption, and a place to say what the picture shows. */
export function figureView({ say, resolve }: Needs): NodeViewConstructor {
  return (first, view, getPos) => {
    const picture = element("div", { class: "figure-picture", contenteditable: "false" });
    picture.addEventListener("mousedown", (event) => {
      const position = getPos();
      if (event.button !== 0 || position === undefined || !view.editable) return;
      view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)));
    });
    const describe = describing(say, view, getPos);
    const contentDOM = element("figcaption", { dir: "auto", "data-placeholder": say("caption") });
    const dom = element("figure", {}, picture, contentDOM, describe.element);
    let drawn = "";
    const show = (node: Node): void => {
      const shown = shownOf(node);
      contentDOM.classList.toggle("empty-line", node.content.size === 0);
      if (JSON.stringify(shown) === drawn) return;
      drawn = JSON.stringify(shown);
      picture.replaceChildren(...pictures(shown, resolve, say));
      describe.show(shown.alt);
    };
    show(first);
    return {
      dom,
      contentDOM,
      update: (node) => {
        if (node.type !== first.type) return false;
        show(node);
        return true;
      },
      stopEvent: isForFurniture,
      ignoreMutation: (mutation) => isOwn(contentDOM, mutation),
    };
  };
}

function shownOf(node: Node): Shown {
  const { src, dark, alt } = node.attrs as { [name: string]: string | null };
  return { src: src ?? "", dark: dark ?? null, alt: alt ?? "" };
}

function pictures({ src, dark, alt }: Shown, resolve: Needs["resolve"], say: Say): HTMLElement[] {
  if (dark === null) return [pictureOf(src, alt, "", resolve, say)];
  return [pictureOf(src, alt, "only-light", resolve, say), pictureOf(dark, alt, "only-dark", resolve, say)];
}

/** A picture, or in its place what it shows in words, and where it was looked for. */
function pictureOf(src: string, alt: string, look: string, resolve: Needs["resolve"], say: Say): HTMLElement {
  const address = resolve(src);
  const missing = (): HTMLElement => {
    const words = alt || say("missingPicture");
    return element("span", { class: `missing-picture ${look}`, role: "img", "aria-label": words }, words);
  };
  if (address === null) return missing();
  const image = element("img", { src: address, alt, class: look, loading: "lazy", draggable: "false" });
  image.addEventListener("error", () => image.replaceWith(missing()), { once: true });
  return image;
}

/** The button that asks what a picture shows, and the field that takes the answer. */
function describing(say: Say, view: EditorView, getPos: () => number | undefined) {
  const field = element("textarea", { rows: "2" });
  const button = writersButton(view.editable, { "aria-expanded": "false" }, say("describePicture"));
  const form = element(
    "form",
    {},
    element("label", {}, say("pictureShows"), field),
    element("button", { type: "submit" }, say("done")),
  );
  form.hidden = true;
  const box = element("div", { class: "describe", ...furniture }, button, form);
  const open = (isOpen: boolean): void => {
    form.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    (isOpen ? field : button).focus();
  };
  let known = "";
  const restore = (): void => void (field.value = known);
  button.addEventListener("click", () => open(form.hasAttribute("hidden")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const position = getPos();
    const alt = field.value.trim() || null;
    if (position !== undefined && view.editable && (alt ?? "") !== known)
      view.dispatch(view.state.tr.setNodeAttribute(position, "alt", alt));
    open(false);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target === field) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape") {
      restore();
      open(false);
    }
  });
  const show = (alt: string): void => {
    known = alt;
    button.textContent = alt ? say("changeDescription") : say("describePicture");
    if (form.hasAttribute("hidden")) restore();
  };
  return { element: box, show };
}
