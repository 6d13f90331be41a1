import { may, type Action } from "../../shared/access/may.ts";
import { pageId, surveyId, type SurveyId } from "../../shared/base/ids.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Records } from "../records/records.ts";
import type { Person, RecordLog } from "../storage/storage.ts";
import type { Member } from "./route.ts";

/** What an address names: a survey, or a page and so its survey. */
export type Named = Readonly<Record<string, string>>;

/**
 * The one gate of calls and upgrades: answers who this person is in the survey that the address names, or refuses
 * where there is no such survey or their role there does not allow the action.
 */
export async function authorize(
  { records, log }: { records: Records; log: Pick<RecordLog, "surveyOf"> },
  person: Person,
  action: Action,
  named: Named,
): Promise<Member> {
  const survey = await surveyNamed(log, named);
  const role = (await records.state(survey)).members.get(person.id)?.role ?? null;
  if (role === null || !may(role, action)) throw new Refused("not-allowed");
  return { person, survey, role };
}

async function surveyNamed(log: Pick<RecordLog, "surveyOf">, named: Named): Promise<SurveyId> {
  const id = surveyId.safeParse(named["survey"]);
  if (id.success) return id.data;
  const page = pageId.safeParse(named["page"]);
  const survey = page.success ? await log.surveyOf(page.data) : null;
  if (!survey) throw new Refused("not-found", "page" in named ? "page" : "survey");
  return survey;
}
