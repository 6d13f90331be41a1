import { expect, test } from "vitest";
import {
  acknowledged,
  connectedAnew,
  edited,
  emptyLedger,
  isSettled,
  isUnsaved,
  sentText,
  unsavedSinceMs,
  unsavedWords,
  type Ledger,
} from "./ledger.ts";

/** Runs a story: e edit of one word, A answer leaves, s edit leaves, 1–9 acknowledged so many, | a new connection. */
function after(story: string): Ledger {
  return [...story].reduce((ledger, step, at) => {
    if (step === "e") return edited(ledger, 1, at);
    if (step === "A") return sentText(ledger, true);
    if (step === "s") return sentText(ledger, false);
    return step === "|" ? connectedAnew(ledger) : acknowledged(ledger, Number(step));
  }, emptyLedger);
}

test.each([
  ["", false],
  ["A", false],
  ["A1", true],
  ["A1e", false],
  ["A1es", false],
  ["A1es1", false],
  ["A1es2", true],
  ["A1eses2", false],
  ["A1eses3", true],
  ["eeA", false],
  ["eeA1", true],
  ["A1|", false],
  ["A1|A", false],
  ["A1|A1", true],
  ["A1es|A1", true],
  ["A1es|2", false],
  ["A1eses3|e1A", false],
  ["A1es2|eA1", true],
])("after %j everything is settled: %s", (story, settled) => {
  expect(isSettled(after(story))).toBe(settled);
});

test("words count until the message that carries them is acknowledged", () => {
  expect(unsavedWords(after("A1eses"))).toBe(2);
  expect(unsavedWords(after("A1eses2"))).toBe(1);
  expect(unsavedWords(after("A1eses2|"))).toBe(1);
  expect(unsavedWords(after("A1eses3"))).toBe(0);
});

test("the oldest edit's time is kept over a new connection", () => {
  expect(unsavedSinceMs(after("A1eses"))).toBe(2);
  expect(unsavedSinceMs(after("A1es|eA"))).toBe(2);
  expect(unsavedSinceMs(after("A1es2"))).toBeNull();
});

test("a deletion without a word is unsaved all the same", () => {
  const ledger = edited(after("A1"), 0, 0);
  expect(isUnsaved(ledger)).toBe(true);
  expect(unsavedWords(ledger)).toBe(0);
});

test("what was acknowledged stays so when an older count arrives late", () => {
  expect(isSettled(acknowledged(after("A1es2"), 1))).toBe(true);
});

test("a thousand edits without a connection are one entry", () => {
  expect(after("e".repeat(1_000)).edits).toHaveLength(1);
  expect(unsavedWords(after("e".repeat(1_000)))).toBe(1_000);
});
