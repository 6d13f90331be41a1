/*
 * What stands in a box of its own: callouts, what is opened to be read, quotes. Every site has other words for them.
 */

export type PastedBox = {
  kind: "callout" | "collapsible" | "quote";
  /** Of a callout or collapsible: which; a word, as `note`. */
  type: string;
  isOpen: boolean;
  /** What holds the title's words, if anything does. */
  title: Element | null;
};

/** The words that sites have for each type. */
const wordsOfType = {
  note: "note secondary",
  abstract: "abstract summary",
  info: "info information primary todo seealso",
  tip: "tip hint",
  important: "important",
  success: "success check",
  question: "question help faq",
  warning: "warning attention",
  caution: "caution",
  failure: "failure",
  danger: "danger error",
  bug: "bug",
  example: "example",
  quote: "quote",
};
const types = new Map(
  Object.entries(wordsOfType).flatMap(([type, words]) =>
    words.split(" ").map((word) => [word, type] as const),
  ),
);

const titles =
  ":scope > .title, :scope > .admonition-title, :scope > .markdown-alert-title, :scope > summary, :scope > .admonition-heading, :scope > [class*='admonitionHeading']";

/** The box that an element is, or null where it is something else. */
export function boxOf(element: Element): PastedBox | null {
  const title = element.querySelector(titles);
  if (element.localName === "details")
    return {
      kind: "collapsible",
      type: typeOf(element) ?? "note",
      isOpen: element.hasAttribute("open"),
      title,
    };
  if (isCallout(element)) {
    const type = typeOf(element) ?? typeOfWord(title) ?? takeIcon(element) ?? "note";
    return { kind: "callout", type, isOpen: false, title };
  }
  return element.localName === "blockquote" ? { kind: "quote", type: "", isOpen: false, title: null } : null;
}

const calloutClass =
  /(?:^|[\s-])(?:callout|admonition|markdown-alert|alert|confluence-information-macro)(?:$|\s)/;

function isCallout(element: Element): boolean {
  if (!/^(?:div|aside|section|blockquote|figure)$/.test(element.localName)) return false;
  // Notion's callouts have no class, and are the only asides that people copy alone.
  return calloutClass.test(element.className) || (element.localName === "aside" && element.className === "");
}

function typeOf(element: Element): string | null {
  const named = element.getAttribute("data-type") ?? element.getAttribute("data-callout");
  if (named && /^[a-z][\w-]*$/.test(named)) return named;
  const words = element.className.split(/[\s]+|--|-(?=[a-z]+(?:\s|$))/);
  return words.map((word) => types.get(word)).find((type) => type !== undefined) ?? null;
}

const typeOfWord = (title: Element | null): string | null =>
  types.get((title?.textContent ?? "").trim().toLowerCase()) ?? null;

const icons = new Map([
  ["\u{1f4a1}", "tip"],
  ["\u26a0", "warning"],
  ["\u2757", "important"],
  ["\u2139", "info"],
  ["\u2753", "question"],
  ["\u2705", "success"],
  ["\u{1f41b}", "bug"],
  ["\u{1f4dd}", "note"],
]);

/** The type that the sign in front of a box stands for; the sign is taken away. */
function takeIcon(element: Element): string | null {
  const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let first = walker.nextNode();
  while (first && first.textContent?.trim() === "") first = walker.nextNode();
  const [whole, icon = ""] =
    /^\s*(\p{Extended_Pictographic})\ufe0f?\s*/u.exec(first?.textContent ?? "") ?? [];
  const type = icons.get(icon) ?? null;
  if (first && whole && type !== null) first.textContent = first.textContent!.slice(whole.length);
  return type;
}

/** Whether a title only says the type, as sites write it over every box that has none. */
export const isPlainTitle = (title: Element, type: string): boolean =>
  (types.get((title.textContent ?? "").trim().toLowerCase()) ?? "") === type;

/** The type that GitHub's Markdown writes in a quote's first line, as it stands where it was not understood. */
export function alertOf(text: string): string | null {
  const [, word = ""] = /^\[!(\w+)\]\s*$/.exec(text) ?? [];
  return types.get(word.toLowerCase()) ?? null;
}
