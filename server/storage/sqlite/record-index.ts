import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { role } from "../../../shared/access/roles.ts";
import { unreachable } from "../../../shared/base/assert.ts";
import { surveyId, type PageId, type PersonId, type SurveyId } from "../../../shared/base/ids.ts";
import type { IndexEntry } from "../storage.ts";
import { jsonText } from "./json-text.ts";

const pageRow = z.object({ survey: surveyId });
const surveyRow = z.object({ survey: surveyId, title: jsonText, role, at: z.int() });

/** The look-up tables `surveys`, `pages` and `members`; of two entries about one thing, the later holds. */
export function sqliteIndex(database: DatabaseSync) {
  const keepSurvey = database.prepare(
    `INSERT INTO surveys (survey, title, at) VALUES (?, ?, ?)
     ON CONFLICT (survey) DO UPDATE SET title = excluded.title, at = excluded.at`,
  );
  const keepPage = database.prepare("INSERT OR REPLACE INTO pages (page, survey) VALUES (?, ?)");
  const keepMember = database.prepare(
    "INSERT OR REPLACE INTO members (person, survey, role) VALUES (?, ?, ?)",
  );
  const survey = database.prepare("SELECT survey FROM pages WHERE page = ?");
  const surveys = database.prepare(
    `SELECT survey, title, role, at FROM members JOIN surveys USING (survey)
     WHERE person = ? ORDER BY at DESC, surveys.id DESC`,
  );
  return {
    /** Changes the tables within the transaction that the caller has begun. */
    keep(entry: IndexEntry): void {
      switch (entry.index) {
        case "survey":
          return void keepSurvey.run(entry.survey, JSON.stringify(entry.title), entry.at);
        case "page":
          return void keepPage.run(entry.page, entry.survey);
        case "member":
          return void keepMember.run(entry.person, entry.survey, entry.role);
        default:
          unreachable(entry);
      }
    },
    surveyOf(page: PageId): SurveyId | null {
      const row = survey.get(page);
      return row ? pageRow.parse(row).survey : null;
    },
    surveysOf: (person: PersonId) => surveys.all(person).map((row) => surveyRow.parse(row)),
  };
}
