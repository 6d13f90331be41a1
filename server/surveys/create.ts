import { makeId, type PageId, type SurveyId } from "../../shared/base/ids.ts";
import { templateText, type Template } from "../../shared/markdown/templates.ts";
import type { Person } from "../storage/storage.ts";
import { updateOf } from "./bodies.ts";
import { titledBody } from "./first-body.ts";
import type { Tools } from "./tools.ts";

/** A new survey with one page made from the template, and its maker as the owner. */
export async function createSurvey(
  { records, bodies, chance }: Tools,
  by: Person,
  { title, template = "blank" }: { title: string; template?: Template | undefined },
): Promise<SurveyId> {
  const survey = makeId<SurveyId>(chance);
  const page = makeId<PageId>(chance);
  // The text first: a record names only what is there, and a survey that failed half-way is named by nothing.
  await bodies.write(page, updateOf(titledBody(title, templateText[template], chance)), by.id);
  await records.say(survey, by.id, () => [
    { type: "survey.created", title },
    { type: "member.joined", member: by.id, name: by.name, role: "owner" },
    { type: "page.added", page, title, path: "index.md", parent: null },
  ]);
  return survey;
}
