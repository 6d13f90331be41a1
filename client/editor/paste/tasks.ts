/*
 * Tasks: items with a box to tick, in the words of those who write them.
 */

/** Whether an item is a task, and one that is done; null where it is none. The box itself is taken away. */
export function takeTask(item: Element): { isDone: boolean } | null {
  const own = (selector: string) =>
    [...item.querySelectorAll(selector)].find((each) => each.closest("li") === item) ?? null;
  const input = own("input[type=checkbox]");
  const box = own(".checkbox, .checkbox-on, .checkbox-off");
  const picture = own("img[aria-roledescription=checkbox], [role=checkbox]:not(li)");
  const isTicked =
    (input?.hasAttribute("checked") ?? false) ||
    [item, box, picture].some((each) => each?.getAttribute("aria-checked") === "true") ||
    item.getAttribute("data-checked") === "true" ||
    (box?.matches(".checkbox-on") ?? false);
  const isTask = item.getAttribute("role") === "checkbox" || item.hasAttribute("data-checked");
  for (const each of [input, box]) each?.remove();
  if (picture?.localName === "img") picture.remove();
  return isTask || input || box || picture ? { isDone: isTicked } : null;
}

/** The box that text begins with, and how long it is. */
export function taskSign(text: string): { isDone: boolean; length: number } | null {
  const [sign] = /^(?:\[[ xX]\]|[\u2610\u2611\u2612\u2705\u2b1c])\s+/.exec(text) ?? [];
  return sign === undefined
    ? null
    : { isDone: /^(?:\[[xX]|[\u2611\u2612\u2705])/.test(sign), length: sign.length };
}
