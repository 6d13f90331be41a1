import type { SurveyId } from "../../shared/base/ids.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { IndexEntry } from "../storage/storage.ts";

/** What a record means for the look-up tables (storage.ts). Made from records alone, so the tables can be made anew. */
export function indexEntries(survey: SurveyId, record: Ask & { at: number }): IndexEntry[] {
  switch (record.type) {
    case "survey.created":
    case "survey.renamed":
      return [{ index: "survey", survey, title: record.title, at: record.at }];
    case "page.added":
      return [{ index: "page", page: record.page, survey }];
    case "member.joined":
    case "member.set":
      return [{ index: "member", survey, person: record.member, role: record.role }];
    default:
      return [];
  }
}
