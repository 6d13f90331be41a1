import { parseDocument } from "yaml";
import { readMarkdown } from "./read.ts";

/** The title that a page gives itself: its front matter's, else its first heading of level 1, as plain text. */
export function titleOf(markdown: string): string | null {
  const text = markdown.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const front = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
  const named = front?.[1] === undefined ? null : titleIn(front[1]);
  if (named !== null) return named;
  const heading = topHeading(text.slice(front?.[0].length ?? 0));
  return heading === null ? null : plain(heading);
}

function titleIn(frontMatter: string): string | null {
  try {
    const title: unknown = parseDocument(frontMatter, { logLevel: "silent" }).get("title");
    return typeof title === "string" && title.trim() !== "" ? title.trim() : null;
  } catch {
    // What is between the lines need not be YAML: then it is no title.
    return null;
  }
}

/** The source of the first heading of level 1 outside of fenced code. */
function topHeading(text: string): string | null {
  let fence: string | null = null;
  let before = "";
  for (const line of text.split("\n")) {
    const [, opened] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (opened && fence === null) fence = opened;
    else if (fence !== null && opened && line.trim() === opened && opened.startsWith(fence)) fence = null;
    else if (fence === null && /^#(?:[ \t]|$)/.test(line)) return line;
    else if (fence === null && /^=+[ \t]*$/.test(line) && before.trim() !== "") return `# ${before.trim()}`;
    before = line;
  }
  return null;
}

function plain(heading: string): string | null {
  const { blocks } = readMarkdown(heading, { flavour: "mkdocs", makeId: () => "title" });
  const text = blocks[0]?.content.map((run) => ("text" in run ? run.text : "")).join("") ?? "";
  return text.trim() || null;
}
