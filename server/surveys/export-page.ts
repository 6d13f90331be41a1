import type { Chance, PageId, SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Flavour } from "../../shared/markdown/flavour.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Asset, SurveyState, Thread, TreeNode } from "../../shared/records/state.ts";
import { outward } from "./addresses.ts";
import { bodyOf, startsOf } from "./bodies.ts";
import { withEndnotes } from "./endnotes.ts";
import { fileName } from "./page-paths.ts";
import type { Tools } from "./tools.ts";

type Options = { comments: "none" | "endnotes"; flavour: Flavour };

/** A page as Markdown: what everyone in its room sees now, with or without what was said about it. */
export async function exportPage(
  { records, bodies, run, chance }: Tools,
  survey: SurveyId,
  page: PageId,
  { comments, flavour }: Options,
): Promise<{ name: string; markdown: string }> {
  const { tree, assets, members, threads } = await records.state(survey);
  const node = tree.find((each) => each.id === page);
  if (!node) throw new Refused("not-found", "page");
  const said = comments === "none" ? [] : [...threads.values()].filter((thread) => thread.page === page);
  const around = { page, tree: [...tree], files: [...assets.values()], members: new Map(members), flavour };
  const content = { ...around, state: await bodies.read(page), threads: said };
  const isSmall = content.state.length <= limits.smallStateBytes && said.length === 0;
  const markdown = isSmall ? writePage(content, chance) : await run("writePage", () => content);
  const lastPart = node.path.split("/").at(-1) ?? "";
  return { name: fileName(lastPart.replace(/\.md$/, "")), markdown };
}

/** All that goes into a page's Markdown. */
export type PageContent = {
  page: PageId;
  state: Uint8Array;
  tree: readonly TreeNode[];
  files: readonly Asset[];
  /** What was said about it, to be written behind it. */
  threads: readonly Thread[];
  members: SurveyState["members"];
  flavour: Flavour;
};

export function writePage(content: PageContent, chance: Chance): string {
  const { page, state, tree, files, threads, members, flavour } = content;
  const body = outward(tree, files)(bodyOf(state), page);
  return writeMarkdown(withEndnotes(body, inOrder(threads, state), members, chance), { flavour });
}

/** As their places follow each other in the text; those whose words are gone come last. */
function inOrder(threads: readonly Thread[], state: Uint8Array): Thread[] {
  if (threads.length === 0) return [];
  const starts = startsOf(
    state,
    threads.map(({ place }) => place),
  );
  const placed = threads.map((thread, nth) => ({ thread, start: starts[nth] ?? Number.MAX_SAFE_INTEGER }));
  return placed.sort((one, other) => one.start - other.start).map(({ thread }) => thread);
}
