import * as decoding from "lib0/decoding";
import { expect, test } from "vitest";
import { applyAwarenessUpdate, Awareness, removeAwarenessStates } from "y-protocols/awareness";
import * as Y from "yjs";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { frame } from "../../shared/protocol/frames.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse } from "./fake-house.ts";
import { presenceFrame } from "./frames-out.ts";
import { PresenceNews } from "./presence-news.ts";
import { Presences, type Present } from "./presence.ts";

const place = (clock: number) => ({ type: null, tname: "body", item: { client: 1, clock }, assoc: 0 });
const cursor = { anchor: place(1), head: place(2) };

/** The number under which a room tells of the n-th who showed themselves. */
const nth = (n: number): number => 2 ** 32 + n;

const named = (name: string): Present => ({ person: { id: name as PersonId, name } });

/** The entries of a presence frame, as `hear` wants them. */
const entries = (client: number, clock: number, state: unknown): Uint8Array =>
  payload(browserFrame.presence(client, clock, state));

/** What a frame of presence carries. */
function payload(bytes: Uint8Array): Uint8Array {
  const decoder = decoding.createDecoder(bytes);
  decoding.readVarUint(decoder);
  return decoding.readVarUint8Array(decoder);
}

/** What one connection gets to see of the others. */
function seenBy(presences: Presences, who: Present): Map<number, unknown> {
  const browser = new FakeBrowser(0);
  browser.hear(presenceFrame(presences.everybodyBut(who)));
  return browser.present;
}

function room(...people: Present[]): Presences {
  const presences = new Presences(() => 1_000_000);
  for (const person of people) presences.enter(person);
  return presences;
}

test("[PRES-1] name, id and color are the server's; of the rest only the cursor passes", () => {
  const [ana, ben] = [named("ana"), named("ben")];
  const presences = room(ana, ben);
  presences.hear(ana, entries(7, 1, { user: { id: "ben", name: "Ben", color: "red" }, cursor, html: "<b>" }));
  expect(seenBy(presences, ben)).toEqual(
    new Map([[nth(1), { user: { id: "ana", name: "ana", color: 0 }, cursor }]]),
  );
});

test("[PRES-2] a cursor that is not two places is dropped, and so is what is in them beside", () => {
  const [ana, ben] = [named("ana"), named("ben")];
  const presences = room(ana, ben);
  presences.hear(
    ana,
    entries(7, 1, { cursor: { anchor: { ...place(1), extra: "x".repeat(1000) }, head: place(2) } }),
  );
  expect(seenBy(presences, ben).get(nth(1))).toMatchObject({ cursor });
  expect(JSON.stringify(seenBy(presences, ben).get(nth(1)))).not.toContain("extra");
  presences.hear(ana, entries(7, 2, { cursor: { anchor: "here", head: 3 } }));
  expect(seenBy(presences, ben).get(nth(1))).toEqual({ user: expect.anything() });
});

test("[PRES-3] a connection speaks for the first number it names, and for no other", () => {
  const [ana, ben, eve] = [named("ana"), named("ben"), named("eve")];
  const presences = room(ana, ben, eve);
  presences.hear(ana, entries(7, 1, { cursor }));
  presences.hear(ben, entries(7, 99, { cursor }));
  presences.hear(ben, entries(7, 99, null));
  presences.hear(ben, entries(8, 1, {}));
  presences.hear(ben, entries(9, 1, {}));
  const seen = seenBy(presences, eve);
  expect([...seen.keys()]).toEqual([nth(1), nth(2)]);
  expect(seen.get(nth(1))).toMatchObject({ user: { id: "ana" }, cursor });
});

test("[PRES-4] each person has the lowest color that no other person in the room has", () => {
  const [ana, again, ben, eve, kim] = [named("ana"), named("ana"), named("ben"), named("eve"), named("kim")];
  const presences = room(ana, ben, again);
  const colorOf = (who: Present, client: number) => {
    presences.hear(who, entries(client, 1, {}));
    return (seenBy(presences, named("nobody")).get(nth(client)) as { user: { color: number } }).user.color;
  };
  expect([colorOf(ana, 1), colorOf(again, 2), colorOf(ben, 3)]).toEqual([0, 0, 1]);
  presences.leave(ana);
  presences.enter(eve);
  expect(colorOf(eve, 4)).toBe(2);
  presences.leave(again);
  presences.enter(kim);
  expect(colorOf(kim, 5)).toBe(0);
});

test("[PRES-5] what is larger than a presence may be is passed over", () => {
  const [ana, ben] = [named("ana"), named("ben")];
  const presences = room(ana, ben);
  presences.hear(ana, entries(7, 1, { cursor, more: "x".repeat(limits.presenceBytes) }));
  expect(presences.hasChanges).toBe(false);
  presences.hear(ana, entries(7, 2, { cursor }));
  expect(seenBy(presences, ben).size).toBe(1);
});

test("[PRES-6] a browser that is back before its old socket is found dead takes its presence along", () => {
  const [old, back, ben] = [named("ana"), named("ana"), named("ben")];
  const presences = room(old, ben);
  presences.hear(old, entries(7, 3, {}));
  presences.enter(back);
  presences.hear(back, entries(7, 3, { cursor }));
  presences.leave(old);
  expect(seenBy(presences, ben).get(nth(1))).toMatchObject({ cursor });
  expect(seenBy(presences, back).size).toBe(0);
});

test("[PRES-7] another tab that repeats what it heard of the first does not become the first", () => {
  const [first, second, ben] = [named("ana"), named("ana"), named("ben")];
  const presences = room(first, second, ben);
  presences.hear(first, entries(7, 3, {}));
  for (const heard of [7, nth(1)]) presences.hear(second, entries(heard, 1_000_001, {}));
  presences.hear(first, entries(7, 4, { cursor }));
  expect(seenBy(presences, ben).get(nth(1))).toMatchObject({ cursor });
});

test("[PRES-8] newcomers see everyone; whoever goes is gone for everyone; moves of one tick leave as one", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  ana.socket.say(browserFrame.presence(11, 1, { cursor }));
  await house.pass();
  expect(ben.browser.present.get(nth(1))).toMatchObject({ user: { name: "ana" }, cursor });
  expect(ana.browser.present.size).toBe(0);
  const eve = await house.join("eve");
  expect([...eve.browser.present.keys()]).toEqual([nth(1)]);
  let frames = 0;
  ben.socket.onSent = (bytes) => {
    frames += 1;
    ben.browser.hear(bytes);
  };
  for (let at = 2; at < 20; at += 1) ana.socket.say(browserFrame.presence(11, at, { cursor }));
  await house.pass();
  expect(frames).toBe(1);
  ana.socket.hangUp();
  await house.pass();
  expect([ben.browser.present.size, eve.browser.present.size]).toEqual([0, 0]);
  ben.socket.say(browserFrame.askPresence());
  await house.pass();
  expect(ben.socket.closed).toBeNull();
});

test("[PRES-9] a browser that was cut off and comes back sees everyone again, whatever clocks it knows", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  ana.socket.say(browserFrame.presence(11, 1, { cursor }));
  const awareness = new Awareness(new Y.Doc());
  const comeIn = async () => {
    const { socket, browser } = await house.join("ben");
    socket.onSent = (bytes) =>
      bytes[0] === frame.awareness && applyAwarenessUpdate(awareness, payload(bytes), 0);
    socket.say(browserFrame.askPresence());
    await house.pass();
    return { socket, browser };
  };
  const { socket } = await comeIn();
  expect(awareness.getStates().has(nth(1))).toBe(true);
  socket.hangUp();
  removeAwarenessStates(awareness, [nth(1)], 0);
  await comeIn();
  expect(awareness.getStates().get(nth(1))).toMatchObject({ user: { name: "ana" }, cursor });
  awareness.destroy();
});

test("[PRES-10] who reads slowly learns in the end who came, moved and left meanwhile", async () => {
  const house = new FakeHouse();
  const [ana, ben, eve] = [await house.join("ana"), await house.join("ben"), await house.join("eve")];
  ana.socket.say(browserFrame.presence(11, 1, {}));
  await house.pass();
  ben.socket.bufferedAmount = limits.readerSkipBytes + 1;
  ana.socket.hangUp();
  await house.pass();
  for (let at = 1; at < 5; at += 1) {
    eve.socket.say(browserFrame.presence(12, at, at === 4 ? { cursor } : {}));
    await house.pass();
  }
  expect([...ben.browser.present.keys()]).toEqual([nth(1)]);
  ben.socket.drain();
  expect([...ben.browser.present.keys()]).toEqual([nth(2)]);
  expect(ben.browser.present.get(nth(2))).toMatchObject({ user: { name: "eve" }, cursor });
});

test("[PRES-10] who comes to a large page and reads it slowly is told who is there", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  ana.socket.say(browserFrame.presence(11, 1, {}));
  const socket = house.knock("ben");
  const ben = new FakeBrowser(12);
  socket.onSent = (bytes) => {
    if (bytes[0] === frame.sync && bytes[1] === 1) socket.bufferedAmount = limits.readerSkipBytes + 1;
    ben.hear(bytes);
  };
  ben.connect((bytes) => socket.say(bytes));
  await house.pass();
  expect([...ben.present.keys()]).toEqual([nth(1)]);
});

test("[OWN-7] nobody is told of an author before its first word, nor shows themselves as another's", async () => {
  const house = new FakeHouse();
  const [ana, mallory] = [await house.join("ana"), await house.join("mallory")];
  ana.socket.say(browserFrame.presence(11, 1, { cursor }));
  await house.pass();
  expect([...mallory.browser.present.keys()]).toEqual([nth(1)]);
  const doc = new Y.Doc();
  doc.clientID = 11;
  doc.getText("body").insert(0, "first ");
  ana.socket.say(browserFrame.edit(Y.encodeStateAsUpdate(doc)));
  ana.socket.hangUp();
  await house.pass();
  mallory.socket.say(browserFrame.presence(11, 5, {}));
  const [ben, back] = [await house.join("ben"), await house.join("ana")];
  await house.pass();
  expect(ben.browser.present.size).toBe(0);
  back.socket.say(browserFrame.presence(11, 1, {}));
  await house.pass();
  expect(mallory.browser.present.get(nth(1))).toMatchObject({ user: { name: "ana" } });
});

/** What one connection was told at this tick, by kind of frame. */
function toldOf(presences: Presences, hearsCarets: boolean, own: number | null = null) {
  const browser = new FakeBrowser(own ?? 0);
  const told: string[] = [];
  const hear = (kind: string) => (bytes: Uint8Array) => {
    told.push(kind);
    browser.hear(bytes);
  };
  return {
    told,
    browser,
    tick: (news: PresenceNews) =>
      news.tell({ hearsCarets, tellCarets: hear("carets"), tellPresence: hear("entries") }, own),
    presences,
  };
}

test("[PRES-11] who reads carets is told of a move by the caret alone, and sees what everybody else sees", () => {
  let nowMs = 1_000_000;
  const [ana, ben] = [named("ana"), named("ben")];
  const presences = new Presences(() => nowMs);
  for (const person of [ana, ben]) presences.enter(person);
  const [ours, stock] = [toldOf(presences, true), toldOf(presences, false)];
  const move = (clock: number) => {
    const moved = { anchor: place(clock), head: place(clock) };
    presences.hear(ana, entries(7, clock, { cursor: moved }));
    const news = new PresenceNews(presences.takeChanges());
    ours.tick(news);
    stock.tick(news);
    expect(ours.browser.present.get(nth(1))).toMatchObject({ user: { name: "ana" } });
    expect(JSON.stringify(ours.browser.present.get(nth(1)))).toContain(`"clock":${clock}`);
  };
  move(1);
  move(2);
  nowMs += limits.presenceNameMs - 1;
  move(3);
  nowMs += 1;
  move(4);
  presences.leave(ana);
  ours.tick(new PresenceNews(presences.takeChanges()));
  expect(ours.told).toEqual(["entries", "carets", "carets", "entries", "entries"]);
  expect(stock.told).toEqual(["entries", "entries", "entries", "entries"]);
  expect(ours.browser.present.size).toBe(0);
});

test("[PRES-11] everybody who reads carets gets the same bytes, and who moved does not take them for another's", () => {
  const [ana, ben] = [named("ana"), named("ben")];
  const presences = room(ana, ben);
  for (const [who, client] of [
    [ana, 7],
    [ben, 8],
  ] as const)
    presences.hear(who, entries(client, 1, { cursor }));
  presences.takeChanges();
  presences.hear(ana, entries(7, 2, { cursor: { anchor: place(5), head: place(6) } }));
  const news = new PresenceNews(presences.takeChanges());
  const frames: Uint8Array[] = [];
  const hearer = {
    hearsCarets: true,
    tellCarets: (bytes: Uint8Array) => frames.push(bytes),
    tellPresence: () => {},
  };
  news.tell(hearer, 7);
  news.tell(hearer, 8);
  expect(frames[0]).toBe(frames[1]);
  const browser = new FakeBrowser(7);
  browser.present.set(7, { user: { name: "not to be touched" } });
  browser.hear(frames[0]!);
  expect([...browser.present]).toEqual([[7, { user: { name: "not to be touched" } }]]);
});
