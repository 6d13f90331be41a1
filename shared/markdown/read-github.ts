import type { Blockquote, Html, RootContent } from "mdast";
import type { Attrs, Inline } from "../body/blocks.ts";
import { htmlOf, inlineOfHtml } from "./html-line.ts";

/*
 * How GitHub's flavour says what it has no signs of its own for: callouts as alerts (quotes that begin with
 * `[!NOTE]`), collapsibles as HTML (`<details>`).
 */

const alert = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

/** The callout that a quote is: its type, and what is in it without the line that says so. */
export function alertIn({ children }: Blockquote): { type: string; children: RootContent[] } | null {
  const [first, ...rest] = children;
  if (first?.type !== "paragraph") return null;
  const [text, ...others] = first.children;
  const type = alert.exec(first.data?.source ?? "")?.[1]?.toLowerCase();
  if (!type || text?.type !== "text" || !alert.test(text.value)) return null;
  const value = text.value.replace(alert, "");
  if (value === "" && others[0]?.type === "break") return null;
  const left = value === "" ? others : [{ ...text, value }, ...others];
  if (left.length === 0) return { type, children: rest };
  const source = first.data?.source?.replace(alert, "");
  return { type, children: [{ ...first, children: left, data: source ? { source } : {} }, ...rest] };
}

/** The title that a first line of an alert is: all of it is bold. Without the bold. */
export function titleInBold(content: readonly Inline[]): Inline[] | null {
  const isBold = content.length > 0 && content.every((run) => run.marks?.["bold"] === true);
  if (!isBold) return null;
  return content.map((run): Inline => {
    const { bold: _, ...marks } = run.marks ?? {};
    const what = "text" in run ? { text: run.text } : { atom: run.atom };
    return Object.keys(marks).length === 0 ? what : { ...what, marks };
  });
}

const opening = /^<details(?: class="([\p{L}\p{N}_ -]*)")?( open)?>(?:\n<summary>(.*)<\/summary>)?$/u;
const closing = "</details>";

/** Where each `<details>` among these siblings ends. */
export function detailsIn(nodes: readonly RootContent[]): ReadonlyMap<number, number> {
  const [open, ends]: [number[], Map<number, number>] = [[], new Map()];
  nodes.forEach((node, at) => {
    if (node.type !== "html") return;
    if (node.value === closing) {
      const start = open.pop();
      if (start !== undefined) ends.set(start, at);
    } else if (opening.test(node.value)) open.push(at);
  });
  return ends;
}

/** What such an opening says; null where its title could not be written as it is. */
export function summaryIn({ value }: Html): { attrs: Attrs; title: Inline[] | null } | null {
  const [, classes, isOpen, summary] = opening.exec(value) ?? [];
  const title = summary === undefined ? null : inlineOfHtml(summary);
  if (title && htmlOf(title) !== summary) return null;
  if (summary !== undefined && title === null) return null;
  const [type, ...more] = classes?.split(" ").filter((each) => each !== "") ?? [];
  const attrs: Attrs = {
    ...(type ? { type } : {}),
    ...(more.length > 0 ? { classes: more.join(" ") } : {}),
    ...(isOpen ? { open: true } : {}),
  };
  return { attrs, title };
}
