import { pageId, personId, surveyId } from "../../../shared/base/ids.ts";
import type { NewRecord, Storage } from "../storage.ts";
import { hashOf } from "../asset-hash.ts";

/*
 * A writer to be killed. It writes in turns, in each of them many things at once, and says what was written as
 * soon as it is promised to be kept. All that a turn writes follows from the turn's number, so whoever opens the
 * store afterwards knows what must be there.
 */

export const page = pageId.parse("page");
export const survey = surveyId.parse("survey");

/** What the writer says: that this of this turn is kept, under these numbers if it has some. */
export type Kept = {
  turn: number;
  kept: "entries" | "records" | "person" | "asset" | "checkpoint";
  numbers: number[];
};

/** Writes until its process ends, from this turn on. */
export async function writeEndlessly(
  storage: Storage,
  firstTurn: number,
  say: (kept: Kept) => void,
): Promise<never> {
  for (let turn = firstTurn; ; turn += 1) await writeTurn(storage, turn, say);
}

async function writeTurn(storage: Storage, turn: number, say: (kept: Kept) => void): Promise<void> {
  const { bytes, hash, person } = turnOf(turn);
  const entry = { page, at: turn, person: person.id, update: bytes };
  const index = [
    { index: "survey" as const, survey, title: `Title ${turn}`, at: turn },
    { index: "member" as const, survey, person: person.id, role: "editor" as const },
  ];
  const said = (kept: Kept["kept"]) => (numbers: number[] | void) =>
    say({ turn, kept, numbers: numbers ?? [] });
  await Promise.all([
    storage.journal.append([entry, entry]).then(said("entries")),
    storage.records
      .append(survey, recordsOf(turn), index)
      .then((records) => records.map(({ seq }) => seq))
      .then(said("records")),
    storage.people.add(person, `hash ${turn}`).then(said("person")),
    storage.assets.put(hash, bytes).then(said("asset")),
    storage.journal.keepCheckpoint(page, { number: turn, state: bytes }).then(said("checkpoint")),
  ]);
}

/** What a turn writes: some kilobytes, so that there is time to be killed in. */
export function turnOf(turn: number) {
  const bytes = new Uint8Array(20_000 + (turn % 7) * 1_000).fill(turn % 256);
  const person = { id: personId.parse(`writer-${turn}`), name: `Writer ${turn}`, at: turn };
  return { bytes, hash: hashOf(bytes), person };
}

/** The two records that a turn appends as one. */
export function recordsOf(turn: number): NewRecord[] {
  const { person } = turnOf(turn);
  const record = { type: "survey.renamed" as const, title: `Title ${turn}`, at: turn, person: person.id };
  return [record, record];
}
