import { computePosition, flip, offset, shift } from "@floating-ui/dom";
import { element } from "./furniture.ts";

/** A small sheet beside a word of the text, with what it leads to. One for the whole page; none keeps the keyboard. */
export type Peek = { show: (at: HTMLElement, text: string) => void; hide: () => void; destroy: () => void };

export function makePeek(look: string): Peek {
  const sheet = element("div", { class: look, role: "tooltip", id: "peek" });
  sheet.hidden = true;
  let shownAt: HTMLElement | null = null;
  const hide = (): void => {
    sheet.hidden = true;
    shownAt?.removeAttribute("aria-describedby");
    shownAt = null;
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") hide();
  };
  const show = (at: HTMLElement, text: string): void => {
    hide();
    if (text.trim() === "") return;
    shownAt = at;
    at.setAttribute("aria-describedby", sheet.id);
    sheet.textContent = text;
    sheet.hidden = false;
    document.body.append(sheet);
    document.addEventListener("keydown", onKey, { once: true });
    const middleware = [offset(6), flip(), shift({ padding: 12 })];
    void computePosition(at, sheet, { placement: "top", middleware }).then(({ x, y }) => {
      sheet.style.insetInlineStart = "auto";
      sheet.style.left = `${x}px`;
      sheet.style.top = `${y}px`;
    });
  };
  return { show, hide, destroy: () => sheet.remove() };
}
