import type { PageId, PersonId } from "../../shared/base/ids.ts";
import type { Kept, SurveyState } from "../../shared/records/state.ts";

/** What is kept for somebody of a page and neither put back nor aside: the records, and all of it as one text. */
export type Offered = { records: readonly Kept[]; text: string; words: number };

/** `done` are the records that this tab is settling just now. Null where nothing is kept. */
export function offeredTo(
  person: PersonId | null,
  page: PageId,
  state: SurveyState,
  done: ReadonlySet<number>,
): Offered | null {
  const records = [...state.kept.values()].filter(
    (each) => each.page === page && each.by === person && each.settled === null && !done.has(each.number),
  );
  if (records.length === 0) return null;
  return {
    records,
    text: textOf(records),
    words: records.reduce((sum, each) => sum + each.words, 0),
  };
}

export const textOf = (records: readonly Kept[]): string =>
  records.map((each) => each.text.trim()).join("\n");
