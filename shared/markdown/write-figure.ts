import type { Paragraph, PhrasingContent } from "mdast";
import { toMarkdown } from "mdast-util-to-markdown";
import type { Block, Inline } from "../body/blocks.ts";
import { isSafeAddress } from "../body/schema.ts";
import type { Flavour } from "./flavour.ts";
import { output } from "./syntax/output.ts";
import { writePhrasing, type Setting } from "./write-phrasing.ts";

/**
 * A figure as the paragraph that it is in Markdown: its picture, or one for light and one for dark screens, and its
 * caption as HTML directly behind. Null where there is nothing to write.
 */
export function figureNode(block: Block, flavour: Flavour, callOf: Setting["callOf"]): Paragraph | null {
  const line = { place: "line", callOf } as const;
  const [first = [], ...others] = pictures(block).map((run) => writePhrasing([run], line));
  const children = [...first, ...others.flatMap((each): PhrasingContent[] => [raw("\n"), ...each])];
  if (children.length === 0) {
    const words = writePhrasing(block.content, line);
    return words.length === 0 ? null : { type: "paragraph", children: words };
  }
  const caption = writeCaption(block.content, flavour, callOf);
  if (caption === "") return { type: "paragraph", children };
  children.push(raw(`\n<figcaption>\n${caption}\n</figcaption>`));
  return { type: "paragraph", children, data: { hasCaption: true } };
}

function pictures({ attrs }: Block): Inline[] {
  const [src = "", alt = "", dark = ""] = ["src", "alt", "dark"].map((name) => {
    const value = attrs[name];
    return typeof value === "string" ? value : "";
  });
  const picture = (address: string): Inline => ({ atom: { type: "image", src: address, alt } });
  if (dark === "" || !isSafeAddress(dark) || !isSafeAddress(src)) return [picture(src)];
  return [picture(`${withoutAnchor(src)}#only-light`), picture(`${withoutAnchor(dark)}#only-dark`)];
}

const withoutAnchor = (address: string): string => address.replace(/#.*$/s, "");

/** A caption in one line. It stands in HTML: no sign of its text may begin a tag there. */
export function writeCaption(
  content: readonly Inline[],
  flavour: Flavour,
  callOf: Setting["callOf"],
): string {
  const children = writePhrasing(content.map(asText), { place: "line", callOf });
  const written = toMarkdown({ type: "paragraph", children }, output[flavour]).trimEnd();
  return written.replaceAll(/\\([\s\S])/g, (escape, escaped) => (escaped === "<" ? "&lt;" : escape));
}

/** Code that holds what HTML would take for its own is text. */
function asText(run: Inline): Inline {
  if (!("text" in run) || !run.marks?.["code"] || !/[<&]/.test(run.text)) return run;
  const { code: _, ...marks } = run.marks;
  return { text: run.text, marks };
}

function raw(value: string): PhrasingContent {
  return { type: "inlineRaw", value };
}
