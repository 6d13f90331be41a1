/*
 * What an element says about its looks, read from its `style` as text: what Word writes there is no CSS, and would be
 * gone from the browser's reading of it.
 */

export type Style = ReadonlyMap<string, string>;

/** The declarations of an element's own style; names in small letters. */
export function styleOf(element: Element): Style {
  const text = element.getAttribute("style") ?? "";
  const declarations = text.split(";").map((each) => each.split(/:(.*)/s, 2));
  return new Map(declarations.map(([name = "", value = ""]) => [name.trim().toLowerCase(), value.trim()]));
}

/** Whether a family of fonts is one in which all letters are equally wide: how code is set. */
export const isCodeFont = (family: string): boolean =>
  /\b(?:courier|consolas|monaco|menlo|mono|monospace|monospaced|lucida console|fira code|source code pro|jetbrains|inconsolata|cascadia)\b/i.test(
    family,
  );

/** Whether nobody saw this where it was copied. */
export function isHidden(element: Element): boolean {
  const style = styleOf(element);
  if (element.hasAttribute("hidden") || style.get("display") === "none") return true;
  return style.get("mso-hide") === "all" || /\b(?:sr-only|visually-hidden)\b/.test(element.className);
}

/** Whether spaces and line ends count here; undefined where the element says nothing. */
export function keepsSpace(element: Element): boolean | undefined {
  const space = styleOf(element).get("white-space");
  if (space === undefined || space === "inherit") return element.localName === "pre" ? true : undefined;
  return /^(?:pre|break-spaces)/.test(space);
}
