import type { DatabaseSync } from "node:sqlite";
import { z } from "zod/mini";
import { personId, type PersonId, type SurveyId } from "../../../shared/base/ids.ts";
import type { SurveyRecord } from "../../../shared/records/kinds.ts";
import type { NewRecord, RecordLog } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";
import { sqliteIndex } from "./record-index.ts";

const recordRow = z.object({ seq: z.int(), at: z.int(), person: personId, said: z.string() });
const lastRow = z.object({ last: z.int() });

/** The record log in the table `records`: what was said as JSON, its signature in columns. */
export function sqliteRecords(database: DatabaseSync, commits: CommitQueue): RecordLog {
  const add = database.prepare("INSERT INTO records (survey, seq, at, person, said) VALUES (?, ?, ?, ?, ?)");
  const last = database.prepare("SELECT coalesce(max(seq), 0) AS last FROM records WHERE survey = ?");
  const after = database.prepare(
    "SELECT seq, at, person, said FROM records WHERE survey = ? AND seq > ? ORDER BY seq",
  );
  const index = sqliteIndex(database);

  const addAll = (survey: SurveyId, rows: readonly Row[]) => {
    const before = lastRow.parse(last.get(survey)).last;
    return rows.map(({ at, person, said }, place) => {
      const seq = before + 1 + place;
      add.run(survey, seq, at, person, said);
      return recordFrom({ seq, at, person, said });
    });
  };

  return {
    async append(survey, records, entries) {
      const rows = records.map(rowOf);
      const copies = structuredClone(entries);
      return commits.write(() => {
        const signed = addAll(survey, rows);
        copies.forEach(index.keep);
        return signed;
      });
    },
    read: (survey, seq) =>
      commits.read(() => after.all(survey, seq).map((row) => recordFrom(recordRow.parse(row)))),
    surveyOf: (page) => commits.read(() => index.surveyOf(page)),
    surveysOf: (person) => commits.read(() => index.surveysOf(person)),
  };
}

type Row = { at: number; person: PersonId; said: string };

function rowOf({ at, person, ...said }: NewRecord): Row {
  return { at, person, said: JSON.stringify(said) };
}

/** What was said passed its kind's shape before it was kept; a kind that is newer than this program stays as it is. */
function recordFrom({ seq, at, person, said }: Row & { seq: number }): SurveyRecord {
  return { ...JSON.parse(said), seq, at, person };
}
