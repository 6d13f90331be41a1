import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { roles } from "../../shared/access/roles.ts";
import { judge, type Attempt } from "./gate.ts";
import { PagePlaces } from "./page-places.ts";
import { Known } from "./update/known.ts";
import { randomUpdates } from "./update/random-page.ts";
import { walk } from "./update/walk.ts";

const made = (write: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc();
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc);
};

const hello = made((doc) => doc.getText("body").insert(0, "hello"));

const outcome = (attempt: Partial<Attempt>): string => {
  const blank = { role: "editor", form: "edit", update: hello, known: new Known(), bodyBytes: 0 } as const;
  const somebody = {
    person: "ana" as PersonId,
    ownerOf: () => null,
    isOutdated: false,
    authorsBrought: 0,
    places: () => new PagePlaces({ runs: [], deletes: [] }),
  };
  const verdict = judge({ ...blank, ...somebody, ...attempt });
  return "refused" in verdict ? verdict.refused.code : verdict.pass;
};

test.each(roles)(
  "[GATE-1] only editors and owners write; of others, an answer is passed over (%s)",
  (role) => {
    const mayWrite = role === "editor" || role === "owner";
    expect(outcome({ role, form: "edit" })).toBe(mayWrite ? "news" : "not-allowed");
    expect(outcome({ role, form: "answer" })).toBe(mayWrite ? "news" : "ignored");
    // An update of nothing, and one that is none, say no more to somebody who may not write.
    for (const update of [Uint8Array.of(0, 0), Uint8Array.of(7, 7, 7)])
      if (!mayWrite) expect(outcome({ role, form: "edit", update })).toBe("not-allowed");
  },
);

test("[GATE-2] what is not exactly one update is malformed", () => {
  for (const update of [new Uint8Array(), hello.slice(0, -1), Uint8Array.of(...hello, 1)])
    expect(outcome({ update })).toBe("malformed");
});

test("[GATE-3] what builds on what we lack is a hole; what we have is known", () => {
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "one");
  const [first, vector] = [Y.encodeStateAsUpdate(doc), Y.encodeStateVector(doc)];
  doc.getText("body").insert(3, "two");
  const second = Y.encodeStateAsUpdate(doc, vector);
  const known = new Known();
  expect(outcome({ update: second, known })).toBe("hole");
  known.learn(walk(first));
  const places = new PagePlaces(walk(first));
  expect(outcome({ update: first, known, places: () => places })).toBe("known");
  expect(outcome({ update: second, known, places: () => places })).toBe("news");
});

test("[GATE-4] deleting what we never had is a hole", () => {
  const deletesUnknown = Uint8Array.of(0, 1, 9, 1, 0, 5);
  expect(outcome({ update: deletesUnknown })).toBe("hole");
});

test("[GATE-5] a page has the roots body, containers and meta, and flat content in them", () => {
  const foreign = [
    made((doc) => doc.getText("comments").insert(0, "forged")),
    made((doc) => doc.getMap("body2").set("a", 1)),
    made((doc) => doc.getXmlFragment("body").insert(0, [new Y.XmlElement("p")])),
    made((doc) => doc.getText("body").insertEmbed(0, new Y.XmlElement("script"))),
    made((doc) => doc.getMap("meta").set("a", new Uint8Array(3))),
    made((doc) => doc.getMap("meta").set("a", new Y.Doc())),
    made((doc) => doc.getMap("meta").set("a", new Y.Array())),
  ];
  for (const update of foreign) expect(outcome({ update })).toBe("not-in-format");
});

test.each([1, 2, 3])("[GATE-6] whatever a page's editors write passes (seed %i)", (seed) => {
  const known = new Known();
  const places = new PagePlaces({ runs: [], deletes: [] });
  for (const update of randomUpdates(seed, 200)) {
    expect(["news", "known"]).toContain(outcome({ update, known, places: () => places }));
    known.learn(walk(update));
    places.learn(walk(update));
  }
});

test("[GATE-7] each limit lets the last allowed pass and refuses the next", () => {
  const breaks = (count: number) =>
    made((doc) =>
      doc.getText("body").applyDelta(Array.from({ length: count }, () => ({ insert: { type: "break" } }))),
    );
  expect(outcome({ update: breaks(limits.updateStructs) })).toBe("news");
  expect(outcome({ update: breaks(limits.updateStructs + 1) })).toBe("too-large");
  const long = (length: number) => made((doc) => doc.getText("body").insert(0, "x".repeat(length)));
  expect(outcome({ update: long(limits.structLength) })).toBe("news");
  expect(outcome({ update: long(limits.structLength + 1) })).toBe("too-large");
  expect(outcome({ bodyBytes: limits.bodyBytes - hello.length })).toBe("news");
  expect(outcome({ bodyBytes: limits.bodyBytes - hello.length + 1 })).toBe("too-large");
  expect(outcome({ authorsBrought: limits.newAuthors - 1 })).toBe("news");
  expect(outcome({ authorsBrought: limits.newAuthors })).toBe("too-large");
});

/** So many characters of one author that each claim to be the first of the body. */
const crowd = (author: number, count: number) =>
  Uint8Array.of(
    1,
    ...varUint(count),
    author,
    0,
    ...Array.from({ length: count }, () => [4, 1, 4, 98, 111, 100, 121, 1, 97]).flat(),
    0,
  );

test("[GATE-8] structs are refused for which Yjs would go through the page again and again, in one update or many", () => {
  const known = new Known();
  const places = new PagePlaces({ runs: [], deletes: [] });
  const keep = (update: Uint8Array) => {
    known.learn(walk(update));
    places.learn(walk(update));
  };
  const most = Math.floor(Math.sqrt(limits.updateOrderSteps)) - 1;
  keep(crowd(1, most));
  const judged = (update: Uint8Array) => outcome({ update, known, places: () => places });
  expect(judged(crowd(2, most + 20))).toBe("too-large");
  // Whoever is judged leaves nothing behind.
  for (const author of [2, 3]) expect(judged(crowd(author, most))).toBe("news");
  let author = 1;
  while (judged(crowd((author += 1), 100)) === "news" && author < 99) keep(crowd(author, 100));
  expect(author).toBeLessThan(99);
});

test.each([
  [8, 20],
  [12, 120],
])("[GATE-8] in a page that is crowded already everybody writes on (%i crowds)", (crowded, next) => {
  const places = new PagePlaces(walk(hello));
  const known = new Known();
  known.learn(walk(hello));
  const crowds = Array.from({ length: crowded }, (_, at) => crowd(at + 1, 200));
  for (const update of crowds) {
    known.learn(walk(update));
    places.learn(walk(update));
  }
  expect(outcome({ update: crowd(99, next), known, places: () => places })).toBe("too-large");
  const doc = new Y.Doc();
  for (const update of [hello, ...crowds]) Y.applyUpdate(doc, update);
  const body = doc.getText("body");
  for (const at of [body.length, body.length - 3, 0]) {
    const vector = Y.encodeStateVector(doc);
    body.insert(at, "and on");
    const update = Y.encodeStateAsUpdate(doc, vector);
    expect(outcome({ update, known, places: () => places })).toBe("news");
    known.learn(walk(update));
    places.learn(walk(update));
  }
});

test("[GATE-9] a full page can still be made smaller", () => {
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "too much");
  const known = new Known();
  known.learn(walk(Y.encodeStateAsUpdate(doc)));
  const vector = Y.encodeStateVector(doc);
  doc.getText("body").delete(0, 4);
  const update = Y.encodeStateAsUpdate(doc, vector);
  expect(outcome({ update, known, bodyBytes: limits.bodyBytes * 2 })).toBe("news");
});

function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varUint(value >> 7)];
}
