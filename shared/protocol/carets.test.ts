import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { readCarets, writeCarets, type Caret } from "./carets.ts";

const written = (carets: readonly Caret[]): Uint8Array =>
  encoding.encode((encoder) => writeCarets(encoder, carets));
const passedOn = (carets: readonly Caret[]): Caret[] => readCarets(decoding.createDecoder(written(carets)));

/** Where a caret may stand in a text, as Yjs says it. */
function places() {
  const text = new Y.Doc().getText("body");
  text.insert(0, "some words");
  const at = (index: number, assoc: number) =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, index, assoc));
  return [at(0, 0), at(3, -1), at(5, 0), at(10, 0)];
}

test("carets come out as they went in, wherever they stand", () => {
  const all = places();
  const carets = all.flatMap((anchor, a) =>
    all.map((head, h) => ({
      client: 2 ** 32 - 1 - a,
      clock: 1_800_000_000_000 + h,
      cursor: { anchor, head },
    })),
  );
  const away = { client: 7, clock: 1_800_000_000_009, cursor: null };
  expect(passedOn([...carets, away])).toEqual([...carets, away]);
  expect(passedOn([])).toEqual([]);
});

test("a caret is a tenth of what it is in JSON", () => {
  const [, , anchor] = places();
  const carets = Array.from({ length: 50 }, (_, at) => ({
    client: 2 ** 31 + at,
    clock: 1_800_000_000_000 + at,
    cursor: { anchor: anchor!, head: anchor! },
  }));
  expect(written(carets).length / 50).toBeLessThan(22);
});

test("bytes that end too early are no carets", () => {
  const [anchor] = places();
  const whole = written([{ client: 1, clock: 5, cursor: { anchor: anchor!, head: anchor! } }]);
  for (let length = 0; length < whole.length; length += 1)
    expect(() => readCarets(decoding.createDecoder(whole.slice(0, length)))).toThrow(/./);
});
