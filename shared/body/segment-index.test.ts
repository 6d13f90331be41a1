import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId } from "../base/ids.ts";
import { bodyText, readBody, toMarker } from "./format.ts";
import { SegmentIndex } from "./segment-index.ts";

/** One thing done to a text, at a place given as a share of its length. */
type Deed = { at: number; do: "type" | "mark" | "split" | "rule" | "delete" | "rename" | "break" };

const deed: fc.Arbitrary<Deed> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  do: fc.constantFrom("type", "mark", "split", "rule", "delete", "rename", "break"),
});

let made = 0;

function perform(doc: Y.Doc, { at, do: what }: Deed): void {
  const text = bodyText(doc);
  const place = Math.floor(at * text.length);
  const marker = (type: string) => toMarker({ type, attrs: {}, in: null }, `m${(made += 1)}` as BlockId);
  switch (what) {
    case "type":
      return text.insert(place, "word ");
    case "mark":
      return text.format(place, Math.min(7, text.length - place), { bold: at > 0.5 ? true : null });
    case "split":
      return text.insertEmbed(place, marker("paragraph"));
    case "rule":
      return text.insertEmbed(place, marker("rule"));
    case "break":
      return text.insertEmbed(place, { type: "break" });
    case "delete":
      return text.delete(place, Math.min(6, text.length - place));
    case "rename":
      return void new SegmentIndex(doc).segmentAt(place)?.marker?.set("type", at > 0.5 ? "code" : "rule");
  }
}

test("after every transaction, also of others, the index holds what reading all of the text finds", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean(), deed), { maxLength: 40 }), (deeds) => {
      const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
      const index = new SegmentIndex(mine);
      mine.on("afterTransaction", (transaction: Y.Transaction) => void index.update(transaction));
      for (const [isMine, isExchanged, each] of deeds) {
        const doc = isMine ? mine : theirs;
        doc.transact(() => perform(doc, each));
        if (isExchanged) {
          Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)));
          Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
        }
        expect(index.body).toEqual(readBody(mine));
        const length = index.offsetOf(index.segments.length);
        expect(length).toBe(bodyText(mine).length);
      }
    }),
  );
});

test("a relative position made or resolved by the index is as Yjs makes and resolves it", () => {
  fc.assert(
    fc.property(
      fc.array(deed, { minLength: 1, maxLength: 30 }),
      fc.array(deed, { maxLength: 10 }),
      (first, then) => {
        const doc = new Y.Doc();
        const index = new SegmentIndex(doc);
        const undo = new Y.UndoManager(bodyText(doc), { trackedOrigins: new Set(["me"]), captureTimeout: 0 });
        doc.on("afterTransaction", (transaction: Y.Transaction) => void index.update(transaction));
        for (const each of first) doc.transact(() => perform(doc, each), "me");
        const text = bodyText(doc);
        const positions = Array.from({ length: text.length + 1 }, (_, at) =>
          ([0, -1] as const).map((assoc) => {
            const position = index.relativeAt(at, assoc);
            expect(position).toEqual(Y.createRelativePositionFromTypeIndex(text, at, assoc));
            return position;
          }),
        ).flat();
        for (const each of then) doc.transact(() => perform(doc, each), "me");
        undo.undo();
        for (const position of positions)
          expect(index.flatOf(doc, position)).toBe(
            Y.createAbsolutePositionFromRelativePosition(position, doc)?.index,
          );
      },
    ),
  );
});
