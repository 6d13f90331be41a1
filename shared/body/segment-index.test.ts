import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import type { Born } from "./births.ts";
import type { Block } from "./blocks.ts";
import { bodyText, containerMap, readBody, toContainer, toMarker } from "./format.ts";
import { SegmentIndex, type SegmentChange } from "./segment-index.ts";
import type { Segment } from "./segments.ts";

const deeds = [
  "type",
  "mark",
  "split",
  "birth",
  "rule",
  "delete",
  "rename",
  "break",
  "contain",
  "release",
  "nest",
  "tick",
  "found",
  "free",
  "raze",
] as const;

/** One thing done to a text, at a place given as a share of its length. */
type Deed = { at: number; do: (typeof deeds)[number]; to: number };

const deed: fc.Arbitrary<Deed> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  do: fc.constantFrom(...deeds),
  to: fc.nat(4),
});

let made = 0;

function perform(doc: Y.Doc, { at, do: what, to }: Deed): void {
  const text = bodyText(doc);
  const containers = containerMap(doc);
  const place = Math.floor(at * text.length);
  const id = `m${(made += 1)}` as BlockId;
  const marker = (type: string, born?: Born) => toMarker({ type, attrs: {}, in: null }, id, born);
  const here = new SegmentIndex(doc).at(place)?.segment;
  const name = `c${to}` as ContainerId;
  const other = `c${(to * 3 + 1) % 5}` as ContainerId;
  switch (what) {
    case "type":
      return text.insert(place, "word ");
    case "mark":
      return text.format(place, Math.min(70, text.length - place), { bold: to > 1 ? true : null });
    case "split":
      return text.insertEmbed(place, marker("paragraph"));
    case "birth":
      return text.insertEmbed(place, marker("paragraph", here?.block.id ? bornOf(here.block) : undefined));
    case "rule":
      return text.insertEmbed(place, marker("rule"));
    case "break":
      return text.insertEmbed(place, { type: "break" });
    case "delete":
      return text.delete(place, Math.min(6, text.length - place));
    case "rename":
      return void here?.marker?.set("type", at > 0.5 ? "code" : "rule");
    case "contain":
      return void here?.marker?.set("in", name);
    case "release":
      return void here?.marker?.delete("in");
    case "found":
      return void containers.set(name, toContainer({ id: name, kind: "quote", attrs: {}, in: null }));
    case "free":
      return void containers.get(name)?.set("in", null);
    case "raze":
      return containers.delete(name);
    case "nest":
      return void containers.get(name)?.set("in", other);
    case "tick":
      return void containers.get(name)?.set("born", { of: other, in: null });
  }
}

const bornOf = (block: Block): Born => ({ of: block.id!, in: block.in });

/** A list of blocks with the changes that were told, applied at the offsets that were told. */
function applied(blocks: readonly Segment[], changes: readonly SegmentChange[]): Segment[] {
  const result: Segment[] = [];
  let was = 0;
  let at = 0;
  const rest = [...blocks];
  const pass = (until: number) => {
    while (was < until) {
      const kept = rest.shift()!;
      was += kept.length;
      at += kept.length;
      result.push(kept);
    }
  };
  for (const change of changes) {
    pass(change.was);
    expect([was, at]).toEqual([change.was, change.at]);
    for (const gone of change.removed) {
      expect(rest.shift()).toBe(gone);
      was += gone.length;
    }
    for (const come of change.added) at += come.length;
    result.push(...change.added);
  }
  return [...result, ...rest];
}

test("after every transaction, also of others, the index holds what reading all of the text finds, and told what changed", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.boolean(), deed), { maxLength: 60, size: "max" }),
      (steps) => {
        const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
        const index = new SegmentIndex(mine);
        let told: Segment[] = [];
        mine.on("afterTransaction", (transaction: Y.Transaction) => {
          told = applied(told, index.update(transaction));
        });
        for (const [isMine, isExchanged, each] of steps) {
          const doc = isMine ? mine : theirs;
          doc.transact(() => perform(doc, each));
          if (isExchanged) {
            Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)));
            Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
          }
          expect(index.body).toEqual(readBody(mine));
          expect(told.map((segment) => segment.block)).toEqual(index.body.blocks);
          expect(index.length).toBe(bodyText(mine).length);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("a block is told to have changed where a container around it did", () => {
  const doc = new Y.Doc();
  for (const [at, what, to] of [
    [0, "split", 0],
    [0, "found", 1],
    [0, "found", 4],
    [0, "contain", 1],
  ] as const)
    perform(doc, { at, do: what, to });
  const index = new SegmentIndex(doc);
  const told: (readonly SegmentChange[])[] = [];
  doc.on("afterTransaction", (transaction: Y.Transaction) => void told.push(index.update(transaction)));
  perform(doc, { at: 0, do: "nest", to: 1 });
  perform(doc, { at: 0, do: "nest", to: 3 });
  expect(told.map((changes) => changes.flatMap(({ added }) => added.map(({ block }) => block.in)))).toEqual([
    ["c1"],
  ]);
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
