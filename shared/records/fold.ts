import { kindOf, type SurveyRecord } from "./kinds.ts";
import type { SurveyState } from "./state.ts";

/**
 * Folds records into the state, in order. Records that it has already (by number) are passed over; a type that
 * this version does not know is counted and changes nothing.
 */
export function foldRecords(state: SurveyState, records: readonly SurveyRecord[]): void {
  for (const record of records) {
    if (record.seq <= state.seq) continue;
    kindOf(record.type)?.apply(state, record);
    state.seq = record.seq;
  }
}
