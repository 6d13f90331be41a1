import type { Node } from "@tiptap/pm/model";
import type { NodeViewConstructor } from "@tiptap/pm/view";
import { element, furniture, isForFurniture, isOwn, type Say } from "./furniture.ts";

/** The list of languages that a block's field offers: one for the whole page. */
export const languageListId = "code-languages";

/** Code, with a field for its language; any word may stand there. */
export function codeView(say: Say): NodeViewConstructor {
  return (first, view, getPos) => {
    const field = element("input", {
      "aria-label": say("codeLanguage"),
      placeholder: say("plainText"),
      list: languageListId,
      spellcheck: "false",
      autocomplete: "off",
      "data-for-writers": "",
    });
    field.disabled = !view.editable;
    const meta = element("span", { class: "code-meta" });
    const contentDOM = element("code", { dir: "ltr" });
    const scroller = element("pre", { "data-scrolls": "" }, contentDOM);
    if (!view.editable) scroller.tabIndex = 0;
    const dom = element(
      "div",
      { class: "code" },
      element("div", { class: "code-head", ...furniture }, meta, field),
      scroller,
    );
    let known = "";
    const show = (node: Node): void => {
      const { lang, meta: more } = node.attrs as { lang: string | null; meta: string | null };
      meta.textContent = more ?? "";
      if (lang !== known) field.value = lang ?? "";
      known = lang ?? "";
    };
    show(first);
    field.addEventListener("change", () => {
      const position = getPos();
      const lang = field.value.trim() || null;
      if (position !== undefined && view.editable && (lang ?? "") !== known)
        view.dispatch(view.state.tr.setNodeAttribute(position, "lang", lang));
    });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") field.value = known;
      if (event.key === "Enter" || event.key === "Escape") view.focus();
    });
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
