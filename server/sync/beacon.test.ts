import * as buffer from "lib0/buffer";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { hashOfBody } from "../../shared/body/body-hash.ts";
import { readBody } from "../../shared/body/format.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import { frame } from "../../shared/protocol/frames.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse, type Guest } from "./fake-house.ts";
import { hashText } from "./hash-text.ts";

/** What it was told, with each state vector as a map. */
const beaconsOf = ({ browser }: Guest) =>
  browser.said
    .filter((each) => each.say === "beacon")
    .map(({ vector, hash }) => ({ vector: Y.decodeStateVector(buffer.fromBase64(vector)), hash }));
const stateOf = ({ browser: { doc } }: Guest) => ({
  vector: Y.decodeStateVector(Y.encodeStateVector(doc)),
  hash: hashOfBody(readBody(doc)),
});

/** Leaves the page alone for a while; whoever is there answers pings. */
async function rest(house: FakeHouse, guests: readonly Guest[], ms = limits.beaconMs + 100): Promise<void> {
  for (let left = ms; left > 0; left -= limits.pingMs) {
    for (const { socket } of guests) socket.answerPing();
    await house.pass(Math.min(left, limits.pingMs));
  }
}

test("[BEACON-1] a page that is left alone tells each who is there what it comes to, once for each state", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  ana.browser.write("Words.");
  await rest(house, [ana, ben], limits.beaconMs - 1_000);
  expect(beaconsOf(ana)).toEqual([]);
  await rest(house, [ana, ben], 2_000);
  expect(beaconsOf(ana)).toEqual([stateOf(ana)]);
  expect(beaconsOf(ben)).toEqual([stateOf(ana)]);
  const eve = await house.join("eve");
  await rest(house, [ana, ben, eve], 2 * limits.beaconMs);
  expect([ana, ben, eve].map((each) => beaconsOf(each).length)).toEqual([1, 1, 1]);
  ben.browser.write("More.");
  await rest(house, [ana, ben, eve], 2 * limits.beaconMs);
  expect([ana, ben, eve].map((each) => beaconsOf(each).length)).toEqual([2, 2, 2]);
  expect(beaconsOf(eve).at(-1)).toEqual(stateOf(ben));
});

test("[BEACON-1] while somebody writes, it waits", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  for (let times = 0; times < 8; times += 1) {
    ana.browser.write("x");
    await rest(house, [ana], 10_000);
  }
  expect(beaconsOf(ana)).toEqual([]);
});

test("[BEACON-2] what was found is not told where the text changed meanwhile, nor while anything is on its way", async () => {
  const found: (() => void)[] = [];
  const hash = (whole: Uint8Array) =>
    new Promise<string>((resolve) => found.push(() => resolve(hashText(whole))));
  const house = new FakeHouse(undefined, { hash });
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  ana.browser.write("Words.");
  await rest(house, [ana, ben]);
  house.journal.isHeld = true;
  ben.browser.doc.getText("body").delete(0, 2);
  found.splice(0).forEach((tell) => tell());
  await rest(house, [ana, ben]);
  expect([beaconsOf(ana), found.length]).toEqual([[], 0]);
  house.journal.isHeld = false;
  house.journal.commit();
  await rest(house, [ana, ben], 2 * limits.beaconMs);
  found.splice(0).forEach((tell) => tell());
  await house.pass();
  expect(beaconsOf(ana)).toEqual([stateOf(ben)]);
});

test("[BEACON-2] nor to somebody who lags behind, until they have caught up", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  ben.socket.bufferedAmount = limits.readerSkipBytes + 1;
  ana.browser.write("Words.");
  await rest(house, [ana, ben], 2 * limits.beaconMs);
  expect([beaconsOf(ana).length, beaconsOf(ben).length]).toEqual([1, 0]);
  ben.socket.drain();
  await rest(house, [ana, ben], 2 * limits.beaconMs);
  expect([beaconsOf(ana).length, beaconsOf(ben)]).toEqual([1, [stateOf(ana)]]);
});

test("[BEACON-3] a browser from before there were beacons is sent none, and one that said no hello neither", async () => {
  const house = new FakeHouse();
  const old = await house.join("ana", new FakeBrowser(501, schemaVersion, 1));
  const newer = await house.join("ana", new FakeBrowser(502, schemaVersion, 2));
  const silent = house.knock("ben");
  const heard: (number | undefined)[] = [];
  silent.onSent = ([type]) => heard.push(type);
  silent.say(browserFrame.askState(Uint8Array.of(0)));
  newer.browser.write("Words.");
  await rest(house, [old, newer, { browser: new FakeBrowser(503), socket: silent }]);
  expect([beaconsOf(old).length, beaconsOf(newer).length]).toEqual([0, 1]);
  expect(old.socket.closed).toBeNull();
  expect(old.browser.text).toBe("Words.");
  expect(heard).toContain(frame.sync);
  expect(heard).not.toContain(frame.say);
});

test("[BEACON-4] that a browser shows something else is reported once, and counted", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  for (let times = 0; times < 3; times += 1)
    ana.socket.say(browserFrame.say({ say: "diverged", own: "2.1:a", told: "2.1:b" }));
  await house.pass();
  expect(house.reported.map(String)).toEqual([
    "Error: A browser shows 2.1:a where page page-1 comes to 2.1:b (person id-of-ana).",
  ]);
  expect(house.rooms.counts().divergences).toBe(1);
  expect(ana.socket.closed).toBeNull();
});

test("[DRAIN-1] at an orderly end nothing is reported of what was still being found out", async () => {
  const asked: ((error: Error) => void)[] = [];
  const hash = () => new Promise<string>((_, reject) => asked.push(reject));
  const house = new FakeHouse(undefined, { hash });
  const ana = await house.join("ana");
  const fail = async () => {
    await rest(house, [ana]);
    return () => asked.splice(0).forEach((reject) => reject(new Error("The worker was closed.")));
  };
  (await fail())();
  await house.pass();
  expect(house.reported).toHaveLength(1);
  ana.browser.write("Words.");
  const late = await fail();
  expect(asked).toHaveLength(1);
  await house.rooms.drain();
  late();
  await house.pass();
  expect(house.reported).toHaveLength(1);
});
