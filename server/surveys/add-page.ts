import { must } from "../../shared/base/assert.ts";
import { makeId, type PageId, type SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { PageSummary } from "../../shared/protocol/http.ts";
import type { SurveyState } from "../../shared/records/state.ts";
import type { Person } from "../storage/storage.ts";
import { updateOf } from "./bodies.ts";
import { titledBody } from "./first-body.ts";
import { pathForTitle, pageAt, parsePath } from "./page-paths.ts";
import { pageSummary } from "./summary.ts";
import type { Tools } from "./tools.ts";

type NewPage = { title: string; markdown?: string | undefined; path?: string | undefined };

/** A page now stands last in the survey, with this Markdown or its title as its text. */
export async function addPage(
  { records, bodies, run, chance }: Tools,
  survey: SurveyId,
  by: Person,
  { title, markdown, path }: NewPage,
): Promise<PageSummary> {
  place(await records.state(survey)); // Refuses before anything is written; asked again when it counts.
  const page = makeId<PageId>(chance);
  const isText = markdown !== undefined;
  const update = isText ? await run("readPage", () => markdown) : updateOf(titledBody(title, "", chance));
  await bodies.write(page, update, by.id);
  await records.say(survey, by.id, (state) => [
    { type: "page.added", page, title, path: place(state), parent: null },
  ]);
  const { tree } = await records.state(survey);
  return pageSummary(
    must(
      tree.find((node) => node.id === page),
      "a page that was added is in the tree",
    ),
  );

  function place(state: SurveyState): string {
    if (state.tree.length >= limits.pagesPerSurvey)
      throw new Refused("too-large", `a survey has at most ${limits.pagesPerSurvey} pages`);
    if (path === undefined) return pathForTitle(state, title);
    if (pageAt(state, parsePath(path))) throw new Refused("conflict", `there is a page ${path} already`);
    return path;
  }
}
