import type { Heading, Paragraph, PhrasingContent, TableCell } from "mdast";
import { unreachable } from "../base/assert.ts";
import type { Attrs, Inline, Value } from "../body/blocks.ts";
import { isSafeAddress } from "../body/schema.ts";
import { callOf } from "./footnotes.ts";
import { flat, isEqual, nested, type Phrase, type Wrap } from "./phrases.ts";
import "./syntax/mdast.ts";

/** What references lead to, by their normalised names. */
export type Definitions = ReadonlyMap<string, { url: string; title?: string | null | undefined }>;

/** A block's text as runs, or null where runs cannot hold it: the block stays raw then. */
export function readPhrasing(
  node: Paragraph | Heading | TableCell,
  definitions: Definitions,
): Inline[] | null {
  const phrases = joined(node.children.flatMap((child) => phrasesOf(child, definitions)));
  const runs = flat(phrases);
  if (!isEqual(nested(runs), phrases) || hasOddSpace(runs)) return null;
  const hasBreak = runs.some((run) => "atom" in run && run.atom.type === "break");
  return node.type !== "paragraph" && hasBreak ? null : runs;
}

function phrasesOf(node: PhrasingContent, definitions: Definitions): Phrase[] {
  const wrap = (mark: Wrap, children: readonly PhrasingContent[], value: Value = true): Phrase => ({
    mark,
    value,
    children: joined(children.flatMap((child) => phrasesOf(child, definitions))),
  });
  switch (node.type) {
    case "text":
      return [{ text: node.value.replaceAll(/(?<![ \t\n])\n(?![ \t\n])/g, " ") }];
    case "inlineCode":
      return [{ code: node.value.replaceAll("\n", " ") }];
    case "emphasis":
      return [wrap("italic", node.children)];
    case "strong":
      return [wrap("bold", node.children)];
    case "delete":
      return [wrap("strike", node.children)];
    case "link":
    case "linkReference": {
      const target = node.type === "link" ? node : definitions.get(node.identifier);
      const link = wrap("link", node.children, titled("href", target?.url ?? "", target?.title));
      if (isSafeAddress(target?.url ?? "") || !("children" in link)) return [link];
      const [text] = link.children;
      if (text && "text" in text && text.text === target?.url) return [text];
      return [{ text: "[" }, ...link.children, { text: `](${target?.url})` }];
    }
    case "image":
    case "imageReference": {
      const target = node.type === "image" ? node : definitions.get(node.identifier);
      const [src, alt] = [target?.url ?? "", node.alt ?? ""];
      if (!isSafeAddress(src)) return [{ text: `![${alt}](${src})` }];
      return [{ atom: { type: "image", alt, ...titled("src", src, target?.title) } }];
    }
    case "html":
      return [{ atom: { type: "html", source: oneLined(node.value) } }];
    case "inlineRaw":
      return [callOf(node.value)];
    case "break":
      return [{ atom: { type: "break" } }];
    case "footnoteReference":
      return [callOf(`[^${node.label ?? node.identifier}]`)];
    default:
      return unreachable(node);
  }
}

/** Comments in one line: their other lines could begin blocks where they are written. Lines of tags cannot. */
function oneLined(html: string): string {
  return /^<[!?]/.test(html) ? html.replaceAll(/[ \t]*\n[ \t]*/g, " ") : html;
}

function titled(name: "href" | "src", address: string, title: string | null | undefined): Attrs {
  return { [name]: address, ...(title ? { title } : {}) };
}

/** Neighbouring texts as one: references and escapes divide what reads as one. */
function joined(phrases: readonly Phrase[]): Phrase[] {
  const result: Phrase[] = [];
  for (const phrase of phrases) {
    const last = result.at(-1);
    if ("text" in phrase && last && "text" in last)
      result[result.length - 1] = { text: last.text + phrase.text };
    else result.push(phrase);
  }
  return result;
}

/** Space at an edge or line ends that Markdown would take away: only character references can bring them here. */
function hasOddSpace(runs: readonly Inline[]): boolean {
  const texts = runs.map((run) => ("text" in run && !run.marks?.["code"] ? run.text : "\uFFFC"));
  return /^[ \t]|[ \t]$|[\n\r]/.test(texts.join(""));
}
