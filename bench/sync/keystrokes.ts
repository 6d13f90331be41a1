import * as encoding from "lib0/encoding";
import type { Place } from "./page.ts";

const stringContent = 4;
const namesAfter = 128;
const namesBefore = 64;

/** What Yjs sends when `author` types their character number `clock` at this place, each behind the one before. */
export function keystroke(author: number, clock: number, { after, before }: Place): Uint8Array {
  return encoding.encode((encoder) => {
    const write = (...numbers: number[]) =>
      numbers.forEach((number) => encoding.writeVarUint(encoder, number));
    // One author with one struct.
    write(1, 1, author, clock);
    encoding.writeUint8(encoder, stringContent | namesAfter | (before ? namesBefore : 0));
    if (clock === 0) write(after.client, after.clock);
    else write(author, clock - 1);
    if (before) write(before.client, before.clock);
    encoding.writeVarString(encoder, characters[clock % characters.length]!);
    // Nothing deleted.
    write(0);
  });
}

const characters = "the survey of one problem ";
