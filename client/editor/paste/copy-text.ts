import { Fragment, Slice, type Node } from "@tiptap/pm/model";
import type { Body } from "../../../shared/body/blocks.ts";
import { bodyOf } from "./body-of.ts";

/** What is copied, as the text that other programs get: Markdown where it is more than words. */
export function copiedText(slice: Slice, writeMarkdown: (body: Body) => string): string {
  const content = ownContent(slice);
  if (isWordsAlone(content)) return wordsOf(content);
  const isLine = content.firstChild?.isInline === true;
  return writeMarkdown(bodyOf(isLine ? asParagraph(content) : content)).trimEnd();
}

/**
 * What was selected, without what it only stands in: words of an item are no list, a quote's words no quote. Items
 * side by side are the list that they stand in.
 */
function ownContent({ content, openStart, openEnd }: Slice): Fragment {
  const only = content.childCount === 1 ? content.firstChild! : null;
  if (!only || openStart === 0 || openEnd === 0) return content;
  const isSeveral = only.childCount > 1 && !only.firstChild!.isBlock;
  if (only.isTextblock || isSeveral) return only.content;
  const parts = only.firstChild;
  const isWhole = only.childCount > 1 && (parts?.type.name === "listItem" || parts?.type.name === "tab");
  const isRows = parts?.type.name === "tableRow" && (only.childCount > 1 || parts.childCount > 1);
  if (isWhole || isRows) return content;
  return ownContent(new Slice(only.content, openStart - 1, openEnd - 1));
}

/** Whether these are words without looks, or paragraphs of them: in a mail, nobody wants signs escaped. */
function isWordsAlone(content: Fragment): boolean {
  return content.content.every((node) => {
    if (node.type.name === "paragraph") return isWordsAlone(node.content);
    return (node.isText && node.marks.length === 0) || node.type.name === "hardBreak";
  });
}

function wordsOf(content: Fragment): string {
  const isInline = content.firstChild?.isInline === true;
  const text = (node: Node) => (node.isText ? node.text! : node.isInline ? "\n" : wordsOf(node.content));
  return content.content.map(text).join(isInline ? "" : "\n\n");
}

function asParagraph(content: Fragment): Fragment {
  const { schema } = content.firstChild!.type;
  return Fragment.from(schema.node("paragraph", null, content));
}
