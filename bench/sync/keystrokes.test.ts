import { expect, test } from "vitest";
import * as Y from "yjs";
import { clocksIn } from "./clocks.ts";
import { keystroke } from "./keystrokes.ts";
import { makePage } from "./page.ts";

function clocksOf(update: Uint8Array): [number, number, number][] {
  const clocks: [number, number, number][] = [];
  clocksIn(update, (...found) => clocks.push(found));
  return clocks;
}

const authors = [0x8000_0001, 0x8000_0002];

function typed(): { update: Uint8Array; keystrokes: Uint8Array[] } {
  const page = makePage(3, 20, 1);
  const keystrokes = authors.flatMap((author, at) =>
    Array.from({ length: 30 }, (_, clock) => keystroke(author, clock, page.places[at + 1]!)),
  );
  return { update: Y.mergeUpdates([...page.updates]), keystrokes };
}

test("what is typed stands at the end of its author's paragraph, in order", () => {
  const { update, keystrokes } = typed();
  const doc = new Y.Doc();
  for (const each of [update, ...keystrokes]) Y.applyUpdate(doc, each);
  expect(doc.store.pendingStructs).toBeNull();
  const paragraphs = doc.getText("body").toString();
  expect(paragraphs).toHaveLength(3 * 20 + 2 * 30);
  expect(paragraphs.slice(40, 70)).toBe("the survey of one problem the ");
  expect(paragraphs.slice(90)).toBe("the survey of one problem the ");
});

test("a merged update is counted character by character, whoever merged it", () => {
  const { update, keystrokes } = typed();
  const merged = Y.mergeUpdates(keystrokes);
  expect(clocksOf(merged)).toEqual(authors.toReversed().map((author) => [author, 0, 30]));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.mergeUpdates([update, merged]));
  const whole = clocksOf(Y.encodeStateAsUpdate(doc)).filter(([author]) => authors.includes(author));
  expect(whole.toSorted(([a], [b]) => a - b)).toEqual(authors.map((author) => [author, 0, 30]));
});
