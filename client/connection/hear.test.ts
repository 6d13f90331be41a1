import { expect, test } from "vitest";
import { parseFromServer } from "./hear.ts";

const hear = (message: unknown) => parseFromServer(JSON.stringify(message));
const signed = { seq: 1, at: 0, person: "ana" };

test("a record of a type that this version does not know is passed on", () => {
  const record = { ...signed, type: "stance.taken", value: "share" };
  expect(hear({ say: "records", records: [record] })).toEqual({ say: "records", records: [record] });
});

test.each([
  { say: "records", records: [{ ...signed, type: "survey.renamed", title: 7 }] },
  { say: "records", records: [{ type: "survey.renamed", title: "T" }] },
  { say: "welcome", person: "ana" },
  { say: "hello" },
  [],
  null,
])("%j is no message of a server", (message) => {
  expect(() => hear(message)).toThrow(/invalid/i);
});

test("a refusal that this version does not know comes from a newer server", () => {
  expect(hear({ say: "answer", id: "1", refusal: { code: "held", details: "x" } })).toEqual({
    say: "answer",
    id: "1",
    refusal: { code: "old-version", details: "x" },
  });
});
