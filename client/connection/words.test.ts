import { expect, test } from "vitest";
import * as Y from "yjs";
import { insertedText, wordsIn } from "./words.ts";

function typed(text: string): number {
  let isAfterSpace = true;
  let words = 0;
  for (const character of text) {
    const next = wordsIn(character, isAfterSpace);
    words += next.words;
    isAfterSpace = next.isAfterSpace;
  }
  return words;
}

test("a text has as many words typed letter by letter as pasted at once", () => {
  for (const text of ["", " ", "one", "two words", " three  short\nwords ", "größer 大きい"]) {
    expect(typed(text)).toBe(wordsIn(text, true).words);
  }
  expect(typed("two words")).toBe(2);
});

test("an update's inserted text is read from the update alone", () => {
  const doc = new Y.Doc();
  const body = doc.getText("body");
  body.insert(0, "the beginning");
  const updates: Uint8Array[] = [];
  doc.on("update", (update) => updates.push(update));
  body.insert(3, " very");
  body.delete(0, 4);
  body.insertEmbed(0, { type: "break" });
  expect(updates.map(insertedText)).toEqual([" very", "", ""]);
});
