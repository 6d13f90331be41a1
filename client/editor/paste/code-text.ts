import { isCodeFont, styleOf } from "./style.ts";

/** A block of code as sites and editors put it on the clipboard. */
export type PastedCode = { text: string; lang: string | null };

/** The code that an element is, or null where it is something else. */
export function codeOf(element: Element): PastedCode | null {
  if (element.localName === "table")
    return isLinesOfCode(element) ? code(element, linesOfTable(element)) : null;
  const isCode = element.localName === "pre" || isEditorsCode(element);
  return isCode ? code(element, textWithLines(element)) : null;
}

const code = (element: Element, text: string): PastedCode => ({
  text: text.replaceAll("\u00a0", " ").replace(/^\n/, "").replace(/\n$/, ""),
  lang: languageOf(element),
});

/** Editors put their lines side by side into one element that keeps spaces, in letters that are equally wide. */
function isEditorsCode(element: Element): boolean {
  const style = styleOf(element);
  const keeps = /^pre\b/.test(style.get("white-space") ?? "");
  return element.localName === "div" && keeps && isCodeFont(style.get("font-family") ?? "");
}

/** Sites show files as tables: numbers beside lines. */
const isLinesOfCode = (table: Element): boolean =>
  table.querySelector("td.blob-code, td.js-file-line, td[data-line-number] + td") !== null;

function linesOfTable(table: Element): string {
  const lines = table.querySelectorAll("td.blob-code, td.js-file-line, td[data-line-number] + td");
  return [...lines].map((line) => textWithLines(line)).join("\n");
}

function textWithLines(element: Element): string {
  let text = "";
  const read = (node: Node): void => {
    if (node.nodeType === Node.TEXT_NODE) text += node.textContent;
    if (!(node instanceof Element)) return;
    if (node.localName === "br") text += "\n";
    const isLine = /^(?:div|p|li|tr)$/.test(node.localName);
    if (isLine && text !== "" && !text.endsWith("\n")) text += "\n";
    node.childNodes.forEach(read);
    if (isLine && !text.endsWith("\n")) text += "\n";
  };
  element.childNodes.forEach(read);
  return text.replaceAll(/\r\n?/g, "\n");
}

function languageOf(element: Element): string | null {
  const around = [
    element.querySelector("code"),
    element,
    element.parentElement,
    element.parentElement?.parentElement,
  ];
  for (const each of around) {
    const named =
      each?.getAttribute("data-lang") ?? each?.getAttribute("data-language") ?? each?.getAttribute("lang");
    const [, ofClass] =
      /\b(?:language|lang|highlight-source|highlight-text|brush:)[-\s]?([\w+#-]+)/.exec(
        each?.className ?? "",
      ) ?? [];
    const isWord =
      /^[\w+#-]{1,40}$/.test(named ?? "") && !(each?.localName === "div" && each.hasAttribute("lang"));
    const lang = ofClass ?? (isWord ? named : null);
    if (lang) return lang.replace(/^html-basic$/, "html");
  }
  return null;
}
