import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse, page, survey, visitor } from "./fake-house.ts";
import { FakeDisk, FakeJournal } from "./fake-store.ts";
import { Known } from "./update/known.ts";

const textOf = (update: Uint8Array): string => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc.getText("body").toJSON();
};

test("[ORDER-1] nobody sees an edit, and its writer is not told it is saved, before it is durable", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  const before = ana.browser.saved;
  house.journal.isHeld = true;
  ana.browser.write("hello");
  await house.pass();
  expect(house.journal.isWaiting).toBe(true);
  expect(ben.browser.text).toBe("");
  expect(ana.browser.saved).toBe(before);
  const eve = await house.join("eve");
  expect(eve.browser.isSynced).toBe(true);
  expect(eve.browser.text).toBe("");
  house.journal.commit();
  await house.pass();
  expect([ben.browser.text, eve.browser.text]).toEqual(["hello", "hello"]);
  expect(ana.browser.saved).toBe(ana.browser.textSent);
});

test("[ORDER-2] what is known already is not kept again, and counts as saved once it is durable", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  house.journal.isHeld = true;
  ana.browser.write("hello");
  await house.pass();
  // The same browser on a second socket, while the first one's edit is not yet durable.
  const again = new FakeBrowser(77);
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(ana.browser.doc));
  await house.join("ana", again);
  expect(again.textSent).toBe(1);
  expect(again.saved).toBe(0);
  house.journal.isHeld = false;
  house.journal.commit();
  await house.pass();
  expect(again.saved).toBe(1);
  expect(house.disk.entries).toHaveLength(1);
});

test("[ORDER-3] edits of several rooms go to disk in one commit", async () => {
  const house = new FakeHouse();
  const places = ["page-1", "page-2", "page-3"].map((each) => each as PageId);
  const guests = await Promise.all(places.map((each, at) => house.join(visitor(`p${at}`, "editor", each))));
  house.disk.commits.length = 0;
  guests.forEach(({ browser }, at) => browser.write(`text ${at}`));
  await house.pass();
  expect(house.disk.commits).toEqual([3]);
});

test("[ORDER-4] where a commit fails, writers are closed to come back, nothing is seen, who joins stays, and the next try works", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  house.journal.isHeld = true;
  ana.browser.write("one");
  await house.pass();
  ana.browser.write(" two");
  house.journal.fail(new Error("disk full"));
  await house.pass();
  expect(ana.socket.closed).toEqual({ code: 1013, reason: "cannot-save" });
  expect(ben.socket.closed).toBeNull();
  expect(ben.browser.text).toBe("");
  const cleo = await house.join("cleo");
  expect(cleo.socket.closed).toBeNull();
  expect(cleo.browser.saved).toBe(cleo.browser.textSent);
  house.journal.isHeld = false;
  house.journal.commit();
  await house.join("ana", ana.browser);
  expect(ben.browser.text).toBe("one two");
  expect(ana.browser.saved).toBe(ana.browser.textSent);
  expect(house.reported.map(String)).toEqual(["Error: disk full"]);
});

test("[ORDER-4] however many edits a failed commit held, what is known is thought through again once", async () => {
  const copies = vi.spyOn(Known.prototype, "copy");
  const house = new FakeHouse();
  const guests = await Promise.all(["ana", "ben", "cleo"].map((name) => house.join(name)));
  house.journal.isHeld = true;
  for (const { browser } of guests) browser.write(browser.doc.clientID.toString());
  await house.pass();
  copies.mockClear();
  house.journal.fail(new Error("disk full"));
  await house.pass();
  house.journal.isHeld = false;
  for (const { browser } of guests) await house.join("dora", browser);
  expect(copies).toHaveBeenCalledTimes(1);
  copies.mockRestore();
});

test("[ORDER-5] a browser that comes back is asked for what is not durable yet, so a failing commit costs it nothing", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  house.journal.isHeld = true;
  ana.browser.write("almost lost");
  await house.pass();
  ana.socket.hangUp();
  const back = await house.join("ana", ana.browser);
  house.journal.fail(new Error("disk full"));
  house.journal.isHeld = false;
  await house.pass();
  // Whether it was closed to come again or not: its text gets there.
  if (back.socket.closed) await house.join("ana", ana.browser);
  expect((await house.join("ben")).browser.text).toBe("almost lost");
});

test("[ORDER-6] who says one thing twice, differently, is heard once: all see the same, whenever they come", async () => {
  const house = new FakeHouse();
  const liar = house.knock("mallory");
  const ana = await house.join("ana");
  const claim = (from: number, to: number, text: string) => {
    const doc = new Y.Doc();
    doc.clientID = 666;
    doc.getText("body").insert(0, text);
    const vector = new Uint8Array([1, ...[...Y.encodeStateVector(doc)].slice(1, -1), from]);
    expect(Y.decodeUpdate(Y.encodeStateAsUpdate(doc, vector)).structs.length).toBe(1);
    expect(text.length).toBe(to);
    liar.say(browserFrame.edit(Y.encodeStateAsUpdate(doc, vector)));
  };
  claim(0, 3, "one");
  await house.pass();
  claim(3, 5, "one22");
  claim(2, 9, "3333333333".slice(0, 9));
  await house.pass();
  expect(ana.browser.text).toBe("one223333");
  expect((await house.join("ben")).browser.text).toBe(ana.browser.text);
  expect((await new FakeHouse(house.disk).join("eve")).browser.text).toBe(ana.browser.text);
});

test("[JOIN-1] a room opens once, however many join at once, and everyone's first answer is complete", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  ana.browser.write("all of it");
  await house.pass();
  const later = new FakeHouse(house.disk);
  let reads = 0;
  const read = later.journal.read.bind(later.journal);
  later.journal.read = (...asked) => {
    reads += 1;
    return read(...asked);
  };
  const guests = await Promise.all(["a", "b", "c", "d"].map((name) => later.join(name)));
  expect(reads).toBe(1);
  for (const { browser } of guests) expect([browser.isSynced, browser.text]).toEqual([true, "all of it"]);
});

test("[JOIN-2] who comes with text that the server lacks is asked for it on arrival", async () => {
  const house = new FakeHouse();
  const ben = await house.join("ben");
  const browser = new FakeBrowser(99);
  browser.write("from the train");
  await house.join("ana", browser);
  expect(ben.browser.text).toBe("from the train");
});

test("[JOIN-3] what was written is there after the room closed and after a restart", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  ana.browser.write("kept");
  await house.pass();
  ana.socket.hangUp();
  await house.pass();
  expect(house.rooms.counts()).toMatchObject({ rooms: 0, connections: 0 });
  expect((await house.join("ben")).browser.text).toBe("kept");
  expect((await new FakeHouse(house.disk).join("eve")).browser.text).toBe("kept");
});

test("[JOIN-4] who comes while a room closes finds it, and both see each other's edits", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  house.journal.isHeld = true;
  ana.browser.write("last words");
  await house.pass();
  ana.socket.hangUp();
  const ben = await house.join("ben");
  house.journal.isHeld = false;
  house.journal.commit();
  await house.pass();
  const eve = await house.join("eve");
  ben.browser.write(", and more");
  await house.pass();
  expect(house.rooms.counts()).toMatchObject({ rooms: 1, connections: 2 });
  expect(eve.browser.text).toBe("last words, and more");
});

test("[JOIN-8] a room does not close under a write, also one that began while it was closing", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  house.journal.isHeld = true;
  ana.browser.write("one ");
  await house.pass();
  ana.socket.hangUp();
  ben.socket.hangUp();
  const eve = await house.join("eve");
  eve.browser.write("two ");
  await house.pass();
  eve.socket.hangUp();
  house.journal.commit();
  await house.pass();
  const kim = await house.join("kim");
  house.journal.commit();
  await house.pass();
  expect(kim.browser.text.split(" ").sort()).toEqual(["", "one", "two"]);
});

test("[JOIN-5] an unreadable page refuses its visitors and is tried again for the next ones", async () => {
  const house = new FakeHouse();
  const checkpoint = house.journal.checkpoint.bind(house.journal);
  house.journal.checkpoint = async () => {
    throw new Error("disk gone");
  };
  const ana = await house.join("ana");
  expect(ana.socket.closed).toEqual({ code: 1011, reason: "internal" });
  expect(house.reported.map(String)).toEqual(["Error: disk gone"]);
  house.journal.checkpoint = checkpoint;
  expect((await house.join("ana")).browser.isSynced).toBe(true);
});

test("[JOIN-6] a person's sockets and a room's are bounded", async () => {
  const house = new FakeHouse();
  const sockets = Array.from({ length: 21 }, () => house.knock("ana"));
  expect(sockets.map((socket) => socket.closed?.code).filter(Boolean)).toEqual([4429]);
});

test("[TICK-1] edits that fall into one window leave as one; a lone writer hears no echo", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  const heard: Record<string, number> = { ana: 0, ben: 0 };
  for (const [name, { socket, browser }] of Object.entries({ ana, ben }))
    socket.onSent = (bytes) => {
      if (bytes[0] === 0) heard[name]! += 1;
      browser.hear(bytes);
    };
  for (const letter of "abcdefghij") ana.browser.write(letter);
  await house.pass();
  expect(ben.browser.text).toBe("abcdefghij");
  expect(heard).toEqual({ ana: 0, ben: 1 });
});

test("[ROLE-1] a changed role closes that person's sockets of that survey at once, and what they send then is lost", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  house.rooms.changeRole("id-of-ana" as PersonId, survey, "reader");
  expect(ana.socket.closed).toEqual({ code: 4401, reason: "access-changed" });
  expect(ben.socket.closed).toBeNull();
  house.rooms.changeRole("id-of-ben" as PersonId, survey, "editor");
  expect(ben.socket.closed).toBeNull();
});

test("[DRAIN-1] at the end what was sent is durable and told, then everybody is told to come back", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const ben = await house.join("ben");
  house.journal.isHeld = true;
  ana.browser.write("the last word");
  await house.pass();
  const drained = house.rooms.drain();
  ana.browser.write(" is not heard");
  await house.pass();
  expect(ana.socket.closed).toBeNull();
  house.journal.isHeld = false;
  house.journal.commit();
  await drained;
  expect([ana.socket.closed?.code, ben.socket.closed?.code]).toEqual([1012, 1012]);
  expect(ben.browser.text).toBe("the last word");
  expect(house.knock("eve").closed?.code).toBe(1012);
  expect(house.disk.entries).toHaveLength(1);
});

test("[WRITE-1] the server's own text goes through the journal and is told to an open room", async () => {
  const house = new FakeHouse();
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "template");
  await house.rooms.write(page, Y.encodeStateAsUpdate(doc), "id-of-ana" as PersonId);
  expect(textOf(await house.rooms.read(page))).toBe("template");
  await house.pass();
  expect(house.rooms.counts().rooms).toBe(0);
  expect(textOf(await house.rooms.read(page))).toBe("template");
  const ben = await house.join("ben");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.browser.doc));
  const vector = Y.encodeStateVector(doc);
  doc.getText("body").insert(0, "a ");
  const change = Y.encodeStateAsUpdate(doc, vector);
  const written = house.rooms.write(page, change, "id-of-ana" as PersonId);
  await house.pass();
  await written;
  expect(ben.browser.text).toBe("a template");
  expect(house.disk.entries.map((entry) => entry.person)).toEqual(["id-of-ana", "id-of-ana"]);
});

test("[WRITE-2] the server may not write what builds on text that the page lacks", async () => {
  const house = new FakeHouse();
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "first");
  const vector = Y.encodeStateVector(doc);
  doc.getText("body").insert(5, "second");
  const later = Y.encodeStateAsUpdate(doc, vector);
  await expect(house.rooms.write(page, later, "id-of-ana" as PersonId)).rejects.toThrow(/builds on/);
});

test("[FOLD-1] a long tail becomes a checkpoint, from which the page opens as it was", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  for (let at = 0; at < 50; at += 1) ana.browser.write(`${at} `.padEnd(1000, "x"));
  await house.pass();
  const kept = house.disk.checkpoints.get(page);
  expect(kept?.number).toBe(house.disk.entries.length);
  ana.browser.write("and on");
  await house.pass();
  const { browser } = await new FakeHouse(house.disk).join("ben");
  expect(browser.text).toBe(ana.browser.text);
});

test("[FOLD-2] a checkpoint that cannot be made replaces nothing, and the room goes on", async () => {
  const house = new FakeHouse(new FakeDisk(), {
    fold: async () => {
      throw new Error("does not fold");
    },
  });
  const ana = await house.join("ana");
  ana.browser.write("x".repeat(40_000));
  await house.pass();
  ana.browser.write("!");
  await house.pass();
  expect(house.disk.checkpoints.size).toBe(0);
  expect(house.reported.map(String)).toEqual(["Error: does not fold"]);
  expect((await house.join("ben")).browser.text).toBe(ana.browser.text);
});

test("[NODE-1] what another node writes into the journal reaches the room when the relay tells", async () => {
  const hearers = new Map<string, Set<(message: Uint8Array) => void>>();
  const relay = {
    listen: (topic: string, hear: (message: Uint8Array) => void) => {
      const all = hearers.get(topic) ?? new Set();
      hearers.set(topic, all.add(hear));
      return () => void all.delete(hear);
    },
    say: (topic: string, message: Uint8Array, speaker: (message: Uint8Array) => void) => {
      for (const hear of hearers.get(topic) ?? []) if (hear !== speaker) hear(message);
    },
    close: async () => {},
  };
  const disk = new FakeDisk();
  const [one, two] = [new FakeHouse(disk, { relay }), new FakeHouse(disk, { relay })];
  const ana = await one.join("ana", new FakeBrowser(1));
  const ben = await two.join("ben", new FakeBrowser(2));
  ana.browser.write("over there");
  await one.pass();
  await two.pass();
  ben.browser.write(" and back");
  await two.pass();
  await one.pass();
  expect(ben.browser.text).toBe("over there and back");
  expect(ana.browser.text).toBe("over there and back");
  two.rooms.changeRole("id-of-ana" as PersonId, survey, null);
  expect(ana.socket.closed?.code).toBe(4401);
});

test("[JOIN-7] a journal is read behind its checkpoint only", async () => {
  const disk = new FakeDisk();
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "folded");
  disk.checkpoints.set(page, { number: 5, state: Y.encodeStateAsUpdate(doc), owners: new Map() });
  const asked: number[] = [];
  const journal = new FakeJournal(disk);
  const house = new FakeHouse(disk, {
    journal: Object.assign(journal, {
      read: async (_: PageId, after: number) => {
        asked.push(after);
        return [];
      },
    }),
  });
  expect((await house.join("ana")).browser.text).toBe("folded");
  expect(asked).toEqual([5]);
});
