import { styleOf } from "./style.ts";

/*
 * Word's HTML says what a paragraph is by its class, and has no lists: an item is a paragraph whose style names a
 * list and a level, with the bullet or number as text in front. Here they become what they stand for.
 */

/** Makes headings, quotes and lists of Word's paragraphs, in place. */
export function untangleWord(root: HTMLElement): void {
  for (const paragraph of root.querySelectorAll("p[class]")) {
    const tag = tagOf(paragraph.className);
    if (tag) become(paragraph, tag);
  }
  const items = [...root.querySelectorAll<HTMLElement>("p[style], h1[style], h2[style], h3[style]")].filter(
    isItem,
  );
  for (const item of items) if (!item.closest("[data-word-list]")) gather(item);
}

function tagOf(className: string): string | null {
  const [, level] = /\b(?:MsoHeading|Heading)([1-6])\b/.exec(className) ?? [];
  if (level) return `h${level}`;
  if (/\bMsoTitle/.test(className)) return "h1";
  return /\bMso(?:Intense)?Quote\b/.test(className) ? "blockquote" : null;
}

function become(element: Element, tag: string): void {
  const other = element.ownerDocument.createElement(tag);
  for (const { name, value } of element.attributes) other.setAttribute(name, value);
  other.append(...element.childNodes);
  element.replaceWith(other);
}

const itemStyle = /^(\S+)\s+level(\d+)/;
const isItem = (element: Element): boolean => itemStyle.test(styleOf(element).get("mso-list") ?? "");

type Open = { level: number; list: HTMLElement; name: string };

/** Makes lists of this item and all that follow it at once. */
function gather(first: HTMLElement): void {
  const open: Open[] = [];
  const place = first.ownerDocument.createComment("list");
  first.before(place);
  for (let item: Element | null = first; item instanceof HTMLElement && isItem(item);) {
    const next: Element | null = item.nextElementSibling;
    put(item, open, place);
    item = next;
  }
  place.remove();
}

function put(item: HTMLElement, open: Open[], place: Comment): void {
  const [, name = "", level = "1"] = itemStyle.exec(styleOf(item).get("mso-list") ?? "") ?? [];
  const depth = Number(level);
  const sign = takeSign(item);
  const tag = /^(?:\(?\w{1,5}[.)]|\(\w{1,5}\))+$/.test(sign) ? "ol" : "ul";
  while (open.length > 0 && open.at(-1)!.level > depth) open.pop();
  const same = open.at(-1);
  const goesOn = same?.level === depth && same.name === name && same.list.localName === tag;
  if (same?.level === depth && !goesOn) open.pop();
  if (!goesOn) {
    const list = item.ownerDocument.createElement(tag);
    list.setAttribute("data-word-list", name);
    const start = /\d+/.exec(sign)?.[0];
    if (tag === "ol" && start) list.setAttribute("start", start);
    const outer = open.at(-1)?.list;
    if (outer) (outer.lastElementChild ?? outer).append(list);
    else place.before(list);
    open.push({ level: depth, list, name });
  }
  const line = item.ownerDocument.createElement("li");
  open.at(-1)!.list.append(line);
  line.append(item);
}

/** Takes the bullet or number from an item's text. */
function takeSign(item: HTMLElement): string {
  let sign = "";
  for (const span of item.querySelectorAll("span")) {
    if (styleOf(span).get("mso-list")?.toLowerCase() !== "ignore") continue;
    sign ||= (span.textContent ?? "").replaceAll(/[\s\u00a0]/g, "");
    span.remove();
  }
  return sign;
}
