import type { PageId, SurveyId } from "../../shared/base/ids.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { SurveyState, Thread } from "../../shared/records/state.ts";
import { outward } from "./addresses.ts";
import { bodyOf, startsOf } from "./bodies.ts";
import { withEndnotes } from "./endnotes.ts";
import { fileName } from "./page-paths.ts";
import type { Tools } from "./tools.ts";

type Options = { comments: "none" | "endnotes"; flavour: "mkdocs" | "gfm" };

/** A page as Markdown: what everyone in its room sees now, with or without what was said about it. */
export async function exportPage(
  { records, bodies, chance }: Tools,
  survey: SurveyId,
  page: PageId,
  { comments, flavour }: Options,
): Promise<{ name: string; markdown: string }> {
  const state = await records.state(survey);
  const node = state.tree.find((each) => each.id === page);
  if (!node) throw new Refused("not-found", "page");
  const bytes = await bodies.read(page);
  const body = outward(state.tree, state.assets.values())(bodyOf(bytes), page);
  const threads = comments === "none" ? [] : threadsInOrder(state, page, bytes);
  const markdown = writeMarkdown(withEndnotes(body, threads, state.members, chance), { flavour });
  const lastPart = node.path.split("/").at(-1) ?? "";
  return { name: fileName(lastPart.replace(/\.md$/, "")), markdown };
}

/** As their places follow each other in the text; those whose words are gone come last. */
function threadsInOrder(state: SurveyState, page: PageId, bytes: Uint8Array): Thread[] {
  const threads = [...state.threads.values()].filter((thread) => thread.page === page);
  const starts = startsOf(
    bytes,
    threads.map(({ place }) => place),
  );
  const placed = threads.map((thread, nth) => ({ thread, start: starts[nth] ?? Number.MAX_SAFE_INTEGER }));
  return placed.sort((one, other) => one.start - other.start).map(({ thread }) => thread);
}
