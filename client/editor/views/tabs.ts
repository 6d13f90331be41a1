/*
 * Which tab of a set is seen is this screen's alone: a class of its element. A tab is named by its title, or by a
 * stand-in for one.
 */

const nameIn = (tab: Element): HTMLElement | null => tab.querySelector<HTMLElement>(":scope > .tab-name");

/** Shows one tab of its set, and hides the others. */
export function showTab(tab: Element): void {
  for (const each of tab.parentElement?.children ?? []) {
    each.classList.toggle("active", each === tab);
    const name = nameIn(each);
    if (name) sayShown(name, each === tab);
  }
}

export const isShown = (tab: Element): boolean => tab.classList.contains("active");

/** What of a tab is always seen. */
export const seenOf = (tab: Element): Element | null => nameIn(tab);

/** The tab whose name was clicked, if one was. */
export const tabNamedBy = (target: Element): Element | null =>
  target.closest(".tab-name")?.closest(".tab") ?? null;

/** A name is text to who writes, where the caret shows its tab; to who reads it is a button. */
export function dressName(name: HTMLElement, isWriting: boolean): void {
  for (const each of ["role", "tabindex", "aria-expanded", "aria-current"]) name.removeAttribute(each);
  if (!isWriting) {
    name.setAttribute("role", "button");
    name.tabIndex = 0;
  }
  sayShown(name, name.closest(".tab.active") !== null);
}

/** Says, to who hears the page, whether this is the name of the tab that is seen. */
function sayShown(name: HTMLElement, isIt: boolean): void {
  if (name.hasAttribute("role")) name.setAttribute("aria-expanded", String(isIt));
  else name.setAttribute("aria-current", String(isIt));
}
