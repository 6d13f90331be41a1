import type * as Y from "yjs";
import { readBody } from "../../shared/body/format.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";

/** A page's text as Markdown. Links within the survey keep the ids by which it knows its pages and pictures. */
export function copyText(doc: Y.Doc): string {
  return writeMarkdown(readBody(doc), { flavour: "mkdocs" });
}
