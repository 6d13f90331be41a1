import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { Kept } from "../../shared/records/state.ts";
import { textOf } from "./offered.ts";

type Server = { readonly isThere: boolean; readonly ask: (ask: Ask) => Promise<Refusal | null> };

/**
 * Takes kept words back into the text. While the server is there it is asked first and only what it grants is written,
 * so that of two tabs one writes them; without it they are written at once, and the server hears of it later. Answers
 * the numbers of the records that were refused, which are still to be offered.
 */
export async function takeBack(
  records: readonly Kept[],
  server: Server,
  write: (words: string) => void,
): Promise<readonly number[]> {
  const asked = records.map(({ number: kept }) =>
    server.ask({ type: "words.settled", kept, as: "put-back" }),
  );
  if (!server.isThere) {
    write(textOf(records));
    return [];
  }
  const refusals = await Promise.all(asked);
  const granted = records.filter((_, at) => refusals[at] === null);
  if (granted.length > 0) write(textOf(granted));
  return records.filter((_, at) => refusals[at] !== null).map(({ number }) => number);
}
