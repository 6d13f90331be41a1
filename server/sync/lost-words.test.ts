import { expect, test } from "vitest";
import * as Y from "yjs";
import { fold } from "./fold.ts";
import { LostWords } from "./lost-words.ts";

/*
 * The language of these tests: people with documents of their own, who hear of each other when told to, and a page
 * with text that stands in something: a marker with a map of texts in it.
 */
class Person {
  readonly doc = new Y.Doc();
  readonly updates: Uint8Array[] = [];
  readonly undo: Y.UndoManager;

  constructor(client: number) {
    this.doc.clientID = client;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "heard") this.updates.push(update);
    });
    this.undo = new Y.UndoManager(this.doc.getText("body"), { trackedOrigins: new Set([null]) });
  }

  get body(): Y.Text {
    return this.doc.getText("body");
  }

  get nest(): Y.Map<unknown> {
    const found = this.body.toDelta().find((each: { insert: unknown }) => each.insert instanceof Y.Map);
    return found.insert;
  }

  get cell(): Y.Text {
    return this.nest.get("cell") as Y.Text;
  }

  /** What this person did since the last time, and nobody heard of. */
  take(): Uint8Array[] {
    return this.updates.splice(0);
  }

  hear(updates: readonly Uint8Array[]): void {
    for (const update of updates) Y.applyUpdate(this.doc, update, "heard");
  }
}

const cellWith = (text: string) => {
  const nest = new Y.Map<unknown>();
  nest.set("type", "a thing with text in it");
  nest.set("cell", new Y.Text(text));
  return nest;
};

/** Ana and Ben both have a page with “before”, something that holds “seen”, and “after”. */
function begin() {
  const [ana, ben] = [new Person(1), new Person(2)];
  ana.doc.transact(() => {
    ana.body.insert(0, "before after");
    ana.body.insertEmbed(7, cellWith("seen"));
  });
  ana.undo.clear();
  const journal = ana.take();
  ben.hear(journal);
  return { ana, ben, journal };
}

/** What is found in a journal of which the first entries were folded. */
function lostIn(folded: readonly Uint8Array[], entries: readonly Uint8Array[]): [number, string][] {
  const doc = new Y.Doc({ gc: false });
  Y.applyUpdate(doc, fold(folded).state);
  const words = new LostWords(doc);
  for (const update of entries) words.apply(update);
  return words
    .runs()
    .map(({ author, pieces }) => [
      author,
      pieces.map((each) => (each.isApart ? "…" : "") + each.text).join(""),
    ]);
}

test("[LOST-1] what was typed into something that another deletes meanwhile is found, in both orders of arrival", () => {
  const { ana, ben, journal } = begin();
  ben.cell.insert(4, " and");
  ben.cell.insert(8, " more words");
  ana.body.delete(7, 1);
  const [typed, deleted] = [ben.take(), ana.take()];
  expect(lostIn(journal, [...typed, ...deleted])).toEqual([[2, " and more words"]]);
  expect(lostIn(journal, [...deleted, ...typed])).toEqual([[2, " and more words"]]);
  expect(lostIn(journal, [typed[0]!, ...deleted, typed[1]!])).toEqual([[2, " and more words"]]);
});

test("[LOST-1] also where what it stood in was folded away long ago", () => {
  const { ana, ben, journal } = begin();
  ben.cell.insert(4, " and");
  ana.body.delete(7, 1);
  ben.cell.insert(8, " more");
  const offline = Y.mergeUpdates(ben.take());
  expect(lostIn([...journal, ...ana.take()], [offline])).toEqual([[2, " and more"]]);
});

test("[LOST-1] also where the words were folded into the page long before they died", () => {
  const { ana, ben, journal } = begin();
  ben.cell.insert(0, "early ");
  ana.body.delete(7, 1);
  expect(lostIn([...journal, ...ben.take()], ana.take())).toEqual([[2, "early "]]);
});

test("[LOST-2] text is found in its own order, with a sign where others' stood between", () => {
  const { ana, ben, journal } = begin();
  ben.cell.insert(0, "helo ");
  ben.cell.insert(3, "l");
  ben.cell.insert(10, " behind");
  ana.body.delete(7, 1);
  expect(lostIn(journal, [...ben.take(), ...ana.take()])).toEqual([[2, "hello … behind"]]);
});

test("[LOST-3] what its deleter had seen is no loss: characters, the thing with all in it, whoever wrote it", () => {
  const { ana, ben, journal } = begin();
  ben.cell.insert(4, " by ben");
  ben.body.insert(0, "also ");
  const written = ben.take();
  ana.hear(written);
  ana.cell.delete(0, 2);
  ana.body.delete(3, 4);
  ana.body.delete(0, ana.body.length);
  expect(lostIn(journal, [...written, ...ana.take()])).toEqual([]);
  expect(lostIn([], [...journal, ...written, Y.encodeStateAsUpdate(ana.doc)])).toEqual([]);
});

test("[LOST-3] undo and redo of what one has seen are no loss", () => {
  const { ana, journal } = begin();
  const steps = [
    () => ana.body.insertEmbed(0, cellWith("new")),
    () => ana.cell.insert(0, "typed "),
    () => ana.body.delete(0, 1),
    () => ana.nest.set("type", "several words of mine"),
    () => ana.nest.set("type", "other words of mine"),
  ];
  for (const step of steps) {
    step();
    ana.undo.stopCapturing();
  }
  for (const _ of steps) ana.undo.undo();
  for (const _ of steps) ana.undo.redo();
  for (const _ of steps) ana.undo.undo();
  expect(lostIn(journal, ana.take())).toEqual([]);
});

test("[LOST-3] undoing one's own thing in which another types loses the other's words, and those alone", () => {
  const { ana, ben, journal } = begin();
  ana.body.insertEmbed(0, cellWith("mine"));
  const made = ana.take();
  ben.hear(made);
  ben.cell.insert(0, "yours ");
  ana.undo.undo();
  expect(lostIn(journal, [...made, ...ben.take(), ...ana.take()])).toEqual([[2, "yours "]]);
});

test("[LOST-3] what stays alive is no loss: text beside what is deleted, moved, split, formatted", () => {
  const { ana, ben, journal } = begin();
  ana.body.delete(0, ana.body.length);
  ben.body.insert(3, " typed into what dies ");
  ben.body.format(0, 4, { bold: true });
  expect(lostIn(journal, [...ana.take(), ...ben.take()])).toEqual([]);
});

test("[LOST-4] of two who set one key unknowing of each other, the one who is overwritten has lost it", () => {
  const { ana, ben, journal } = begin();
  ana.nest.set("cell", new Y.Text("words of Ana"));
  ana.cell.insert(0, "more ");
  ben.nest.set("cell", new Y.Text("words of Ben"));
  ana.nest.set("alt", "a picture of Ana");
  ben.nest.set("alt", "a picture of Ben");
  const [one, other] = [ana.take(), ben.take()];
  const whole = new Person(3);
  whole.hear([...journal, ...one, ...other]);
  const isBens = whole.cell.toJSON() === "words of Ben";
  const lost: [number, string][] = isBens
    ? [
        [1, "more words of Ana"],
        [1, "a picture of Ana"],
      ]
    : [
        [2, "words of Ben"],
        [2, "a picture of Ben"],
      ];
  expect(lostIn(journal, [...one, ...other])).toEqual(lost);
  expect(lostIn(journal, [...other, ...one])).toEqual(lost);
});

test("[LOST-4] whoever sets a key having seen what it was loses nobody's words; nor are names of kinds words", () => {
  const { ana, ben, journal } = begin();
  ana.nest.set("alt", "a picture of Ana");
  const first = ana.take();
  ben.hear(first);
  ben.nest.set("alt", "a picture of Ben");
  ben.nest.set("type", "heading");
  ana.nest.set("type", "paragraph");
  expect(lostIn(journal, [...first, ...ben.take(), ...ana.take()])).toEqual([]);
});

test("[LOST-5] what its writer deletes again, not knowing that it is dead, is not kept; an answer deletes nothing", () => {
  const { ana, ben, journal } = begin();
  ana.body.delete(7, 1);
  const deleted = ana.take();
  for (const [at, letter] of [..." helko"].entries()) ben.cell.insert(4 + at, letter);
  ben.cell.delete(8, 1);
  ben.cell.delete(8, 1);
  ben.cell.insert(8, "lo");
  const typed = ben.take();
  ben.hear(deleted);
  const answer = Y.encodeStateAsUpdate(ben.doc);
  expect(lostIn(journal, [...deleted, ...typed, answer])).toEqual([[2, " hello"]]);
});
