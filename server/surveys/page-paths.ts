import { Refused } from "../../shared/protocol/refusals.ts";
import type { SurveyState, TreeNode } from "../../shared/records/state.ts";

/** A page's path, as somebody wrote it: inside the docs folder, relative, and Markdown. Refused otherwise. */
export function parsePath(path: string): string {
  const parts = path.split("/");
  const isPlain = parts.every((part) => /^[^\\:\p{Cc}]+$/u.test(part) && !/^\.+$/.test(part));
  if (!isPlain || !path.endsWith(".md"))
    throw new Refused("bad-request", "a path is like guides/first-steps.md");
  return path;
}

/** A path for a page of this title that no page of the survey has: `open-questions.md`, `open-questions-2.md`. */
export function pathForTitle(state: SurveyState, title: string): string {
  const name = slug(title) || "page";
  for (let nth = 1; ; nth += 1) {
    const path = nth === 1 ? `${name}.md` : `${name}-${nth}.md`;
    if (!pageAt(state, path)) return path;
  }
}

/** The page at this path; large and small letters are the same here, as they are on many people's disks. */
export function pageAt(state: SurveyState, path: string): TreeNode | undefined {
  const wanted = path.toLowerCase();
  return state.tree.find((node) => node.kind === "page" && node.path.toLowerCase() === wanted);
}

/** A name for a downloaded file: letters, digits, spaces, dashes and underscores of any script. */
export function fileName(title: string): string {
  return (
    title
      .replace(/[^\p{L}\p{N} _-]+/gu, " ")
      .trim()
      .replace(/\s+/g, " ")
      .slice(0, 80) || "plenum"
  );
}

function slug(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
}
