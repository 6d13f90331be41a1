import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import type { LostRun } from "../../shared/records/lost.ts";

/** All that sync asks of the record log (server/records is it). */
export interface RecordsPort {
  /** Makes a record of what somebody asks, or throws the refusal. Listeners hear of it before this resolves. */
  ask(survey: SurveyId, person: PersonId, ask: unknown): Promise<SurveyRecord>;
  /** A survey's records with numbers above `after`, in order. */
  read(survey: SurveyId, after: number): Promise<SurveyRecord[]>;
  /** Hears every record of the survey from now on, in order, once it is durable; answers how to stop. */
  listen(survey: SurveyId, hear: (records: readonly SurveyRecord[]) => void): () => void;
  /** Keeps words that died unseen in a page for who wrote them. Resolves once they are durable; what is kept already is not kept again. */
  keepWords(page: PageId, person: PersonId, lost: readonly LostRun[]): Promise<void>;
}
