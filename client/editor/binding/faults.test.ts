import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { bodyText, readBody, writeBody } from "../../../shared/body/format.ts";
import { readMarkdown } from "../../../shared/markdown/read.ts";
import { templateText } from "../../../shared/markdown/templates.ts";
import { Desk } from "./desk.stage.ts";

/* What must cost nobody a character: people who open a page at once, and code that fails in the middle of it. */

let made = 0;
const makeId = () => `n${(made += 1)}`;

function written(body: Body): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 99;
  writeBody(doc, body);
  return Y.encodeStateAsUpdate(doc);
}

const heading = { id: "h", type: "heading", attrs: { level: 1 }, in: null, content: [{ text: "Goal" }] };
const pages = {
  empty: written({ blocks: [], containers: new Map() }),
  "heading-only": written({ blocks: [heading], containers: new Map() } as unknown as Body),
  template: written(readMarkdown(templateText["problem-survey"], { flavour: "mkdocs", makeId })),
};

for (const [name, page] of Object.entries(pages))
  test(`three people open ${name === "empty" ? "an empty" : `a ${name}`} page while they are offline, and type: no block more when they meet`, () => {
    const before = readBody(new Desk(makeId, 9, page).doc).blocks.length;
    const people = [1, 2, 3].map((client) => new Desk(makeId, client, page));
    for (const each of people) each.select(1);
    for (const each of people) expect(Y.encodeStateAsUpdate(each.doc)).toEqual(page);
    people.forEach((each, n) => each.type(`word${n}x `));
    const updates = people.map((each) => Y.encodeStateAsUpdate(each.doc));
    for (const each of people) {
      for (const update of updates) each.receive(update);
      each.check();
      expect(readBody(each.doc).blocks.length).toBe(Math.max(1, before));
      for (const n of [0, 1, 2]) expect(each.text).toContain(`word${n}x`);
    }
  });

/** Fails whenever the text changes, as a plugin's bug would. */
const failing = () => {
  throw new Error("injected");
};

/** Does something that may throw what was injected, and nothing else. */
function despite(run: () => void): void {
  try {
    run();
  } catch (error) {
    expect(String(error)).toContain("injected");
  }
}

for (const [where, observe] of [
  ["before the binding's", (doc: Y.Doc) => void doc.on("beforeObserverCalls", failing)],
  ["on the text", (doc: Y.Doc) => bodyText(doc).observe(failing)],
  ["below the text", (doc: Y.Doc) => bodyText(doc).observeDeep(failing)],
  ["on every transaction", (doc: Y.Doc) => void doc.on("afterTransaction", failing)],
] as const)
  test(`an observer ${where} that throws costs nobody a character, mine or another's`, () => {
    const [ana, bo] = [new Desk(makeId, 1, pages.template), new Desk(makeId, 2, pages.template)];
    observe(ana.doc);
    for (let n = 0; n < 5; n += 1) {
      ana.find("Goal");
      despite(() => ana.type(` mine${n}x`));
      bo.find("Goal", "before");
      bo.type(`theirs${n}x `);
      despite(() => ana.receive(Y.encodeStateAsUpdate(bo.doc, Y.encodeStateVector(ana.doc))));
      despite(() => ana.type(` again${n}x`));
      despite(() => ana.press("Enter"));
      despite(() => bo.receive(Y.encodeStateAsUpdate(ana.doc, Y.encodeStateVector(bo.doc))));
    }
    bo.receive(Y.encodeStateAsUpdate(ana.doc));
    bo.check();
    for (let n = 0; n < 5; n += 1)
      for (const desk of [ana, bo]) {
        expect(desk.text).toContain(`mine${n}x`);
        expect(desk.text).toContain(`again${n}x`);
        expect(desk.text).toContain(`theirs${n}x`);
      }
    expect(ana.text).toBe(bo.text);
  });

test("others' text comes in though the view cannot take up its selection", () => {
  const page = pages["heading-only"];
  const [one, other] = [1, 2].map((client) => new Desk(makeId, client, page)) as [Desk, Desk];
  Object.assign(one, { settle: failing });
  other.select(1);
  other.type("Their ");
  one.receive(Y.encodeStateAsUpdate(other.doc));
  expect(one.errors.splice(0).map(String)).toEqual(["Error: injected"]);
  one.check();
  expect(one.text).toContain("Their ");
});
