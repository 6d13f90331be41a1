import * as Y from "yjs";
import { chanceOf } from "../../../shared/base/chance.ts";

/** For tests: chance that can be had again, from its seed. Answers a whole number below `below`. */
export function seeded(seed: number): (below: number) => number {
  const chance = chanceOf(seed);
  return (below) => Math.floor(chance() * below);
}

/**
 * For tests: some edit of a page, of any kind that pages know. Without characters of two units: an edit between
 * the two makes Yjs itself show other text on one side, and no editor makes such an edit.
 */
export function editSomehow(doc: Y.Doc, pick: (below: number) => number): void {
  const text = doc.getText("body");
  const at = pick(text.length + 1);
  const length = Math.min(text.length - at, 1 + pick(5));
  const edits = [
    () => text.insert(at, ["a", "Übung ", "字"][pick(3)]!),
    () => text.insert(at, "some words "),
    () => length > 0 && text.delete(at, length),
    () => length > 0 && text.format(at, length, { bold: pick(2) ? true : null }),
    () => text.insertEmbed(at, { type: "image", src: "a.png" }),
    () => text.insertEmbed(at, new Y.Map(Object.entries({ type: "paragraph", id: `b${pick(1000)}` }))),
    () => doc.getMap("containers").set(`c${pick(5)}`, new Y.Map(Object.entries({ kind: "quote" }))),
    () => doc.getMap("meta").set("schema", pick(3)),
  ];
  edits[pick(edits.length)]!();
}

/**
 * For tests: what some people write into one page, each seeing the others' updates late; the updates in an order
 * in which none comes before what it builds on.
 */
export function randomUpdates(seed: number, edits: number): Uint8Array[] {
  const pick = seeded(seed);
  const log: Uint8Array[] = [];
  const people = [1, 2, 3].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = seed * 10 + client;
    doc.on("update", (update: Uint8Array, origin: unknown) => origin === null && log.push(update));
    return { doc, seen: 0 };
  });
  people[0]!.doc.getText("body").insert(0, "\u{1f600}");
  for (let left = edits; left > 0; left -= 1) {
    const person = people[pick(people.length)]!;
    if (pick(4) === 0)
      for (const update of log.slice(person.seen)) Y.applyUpdate(person.doc, update, "another's");
    if (pick(4) === 0) person.seen = log.length;
    editSomehow(person.doc, pick);
  }
  return log;
}

/** For tests: all that a page holds, as plain values. */
export function contentOf(doc: Y.Doc): unknown {
  const roots = [
    doc.getText("body").toDelta(),
    doc.getMap("containers").toJSON(),
    doc.getMap("meta").toJSON(),
  ];
  return JSON.parse(JSON.stringify(roots));
}
