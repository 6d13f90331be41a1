import type { Inline, Marks, Value } from "../body/blocks.ts";
import { isSafeAddress } from "../body/schema.ts";
import { nested, pushText, type Phrase } from "./phrases.ts";

/*
 * A line of text as HTML, where Markdown is not read: in the summary of a collapsible. Only what `htmlOf` writes is
 * understood.
 */

const tags = { bold: "strong", italic: "em", strike: "del" } as const;

/** The line as HTML; null where it holds what HTML cannot say. */
export function htmlOf(content: readonly Inline[]): string | null {
  const isKnown = (marks: Marks = {}) => Object.keys(marks).every((mark) => isKnownMark(mark, marks[mark]));
  const isText = content.every((run) => "text" in run && isKnown(run.marks) && !/[\r\n]/.test(run.text));
  return isText ? nested(content).map(tagged).join("") : null;
}

function isKnownMark(mark: string, value: Value | undefined): boolean {
  if (mark === "link") return isPlainLink(value);
  return value === true && (mark === "code" || Object.hasOwn(tags, mark));
}

function isPlainLink(value: Value | undefined): value is { href: string } {
  const isLink = typeof value === "object" && value !== null && "href" in value && !("title" in value);
  return isLink && typeof value.href === "string" && isSafeAddress(value.href);
}

function tagged(phrase: Phrase): string {
  if ("text" in phrase) return escaped(phrase.text);
  if ("code" in phrase) return `<code>${escaped(phrase.code)}</code>`;
  if ("atom" in phrase) return "";
  const inside = phrase.children.map(tagged).join("");
  if (phrase.mark !== "link") return `<${tags[phrase.mark]}>${inside}</${tags[phrase.mark]}>`;
  return isPlainLink(phrase.value) ? `<a href="${escaped(phrase.value.href)}">${inside}</a>` : inside;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const entities: { readonly [entity: string]: string } = { amp: "&", lt: "<", gt: ">", quot: '"' };

function unescaped(html: string): string {
  return html.replaceAll(/&(amp|lt|gt|quot);/g, (_, entity: string) => entities[entity] ?? "");
}

const piece = /<(\/?)(strong|em|del|code|a)(?: href="([^"<>]*)")?>|([^<>]+)/y;
const marksByTag: { readonly [tag: string]: string } = {
  strong: "bold",
  em: "italic",
  del: "strike",
  code: "code",
  a: "link",
};

/** The line that this HTML is, or null. */
export function inlineOfHtml(html: string): Inline[] | null {
  const runs: Inline[] = [];
  let marks: Marks = {};
  piece.lastIndex = 0;
  for (let at = 0; at < html.length; at = piece.lastIndex) {
    const match = piece.exec(html);
    if (!match) return null;
    const [, isEnd, tag = "", href, text] = match;
    if (text !== undefined) pushText(runs, unescaped(text), marks);
    else marks = changed(marks, marksByTag[tag] ?? tag, isEnd === "/", href);
  }
  return runs;
}

function changed(marks: Marks, mark: string, isEnd: boolean, href: string | undefined): Marks {
  const { [mark]: _, ...others } = marks;
  if (isEnd) return others;
  return { ...others, [mark]: mark === "link" ? { href: unescaped(href ?? "") } : true };
}
