import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { refusals } from "../../shared/protocol/refusals.ts";
import type { Relay } from "../relay/relay.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse, page, quietRelay } from "./fake-house.ts";
import { FakeDisk } from "./fake-store.ts";

/** The next words of this author on this page, by whoever makes them up. */
function wordsAs(author: number, words: string, of: Y.Doc): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(of));
  doc.clientID = author;
  const before = Y.encodeStateVector(doc);
  doc.getText("body").insert(0, words);
  return Y.encodeStateAsUpdate(doc, before);
}

const foreign = refusals["foreign-author"].close;

/** Ana has written, and Mallory looked on. */
async function begin(house = new FakeHouse()) {
  const ana = await house.join("ana");
  const mallory = await house.join("mallory");
  ana.browser.write("Ana wrote this. ");
  await house.pass();
  return { house, ana, mallory };
}

test.each(["edit", "answer"] as const)("[OWN-1] nobody writes as another's author (%s)", async (form) => {
  const { house, ana, mallory } = await begin();
  mallory.socket.say(browserFrame[form](wordsAs(ana.browser.doc.clientID, "forged ", mallory.browser.doc)));
  await house.pass();
  expect(mallory.socket.closed).toMatchObject({ code: foreign, reason: "foreign-author" });
  ana.browser.write("And this.");
  await house.pass();
  expect(ana.socket.closed).toBeNull();
  expect((await house.join("ben")).browser.text).toBe("Ana wrote this. And this.");
});

test("[OWN-1] not even words that would hide what the owner wrote offline", async () => {
  const { house, ana, mallory } = await begin();
  ana.socket.hangUp();
  ana.browser.write("Written offline.");
  mallory.socket.say(browserFrame.edit(wordsAs(ana.browser.doc.clientID, "x", mallory.browser.doc)));
  await house.join("ana", ana.browser);
  expect((await house.join("ben")).browser.text).toBe("Ana wrote this. Written offline.");
});

test("[OWN-2] an answer may carry what everybody wrote", async () => {
  const { house, ana, mallory } = await begin();
  mallory.browser.write("Mine. ", 0);
  mallory.socket.say(browserFrame.answer(Y.encodeStateAsUpdate(mallory.browser.doc)));
  await house.pass();
  expect(mallory.socket.closed).toBeNull();
  expect(ana.browser.text).toBe("Mine. Ana wrote this. ");
});

test("[OWN-3] one person's tabs may forward each other's words, now and after a restart from a checkpoint", async () => {
  const disk = new FakeDisk();
  const { house, ana } = await begin(new FakeHouse(disk));
  const tab = await house.join("ana");
  tab.socket.say(browserFrame.edit(wordsAs(ana.browser.doc.clientID, "Forwarded. ", tab.browser.doc)));
  ana.socket.hangUp();
  tab.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await house.pass(limits.lookMs);
  expect(disk.checkpoints.get(page)?.owners?.get(ana.browser.doc.clientID)).toBe("id-of-ana");
  const again = new FakeHouse(disk);
  const back = await again.join("ana");
  back.socket.say(browserFrame.edit(wordsAs(ana.browser.doc.clientID, "Once more. ", back.browser.doc)));
  const other = await again.join("mallory");
  other.socket.say(browserFrame.edit(wordsAs(ana.browser.doc.clientID, "forged", other.browser.doc)));
  await again.pass();
  expect([back.socket.closed?.code, other.socket.closed?.code]).toEqual([undefined, foreign]);
  expect(other.browser.text).toContain("Once more. Forwarded. ");
});

test("[OWN-4] an author whose first words were not kept is whoever's writes as it next", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  house.journal.isHeld = true;
  ana.socket.say(browserFrame.edit(wordsAs(77, "lost", ana.browser.doc)));
  await house.pass();
  ben.socket.say(browserFrame.edit(wordsAs(77, "too soon", ben.browser.doc)));
  house.journal.fail(new Error("disk full"));
  await house.pass();
  expect(ben.socket.closed?.code).toBe(foreign);
  house.journal.isHeld = false;
  const back = await house.join("ben");
  back.socket.say(browserFrame.edit(wordsAs(77, "kept", back.browser.doc)));
  await house.pass();
  expect(back.socket.closed).toBeNull();
  const late = await house.join("ana");
  late.socket.say(browserFrame.edit(wordsAs(77, "more ", late.browser.doc)));
  await house.pass();
  expect(late.socket.closed?.code).toBe(foreign);
});

test("[OWN-5] under a checkpoint without owners, those of the whole journal hold", async () => {
  const disk = new FakeDisk();
  const { house, ana, mallory } = await begin(new FakeHouse(disk));
  ana.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await house.pass(limits.lookMs);
  for (const { socket } of [ana, mallory]) socket.hangUp();
  await house.pass();
  const { number, state } = disk.checkpoints.get(page)!;
  disk.checkpoints.set(page, { number, state });
  const again = new FakeHouse(disk);
  const other = await again.join("mallory");
  other.socket.say(browserFrame.edit(wordsAs(ana.browser.doc.clientID, "forged", other.browser.doc)));
  await again.pass();
  expect(other.socket.closed?.code).toBe(foreign);
});

test("[OWN-5] the next checkpoint is made when the page was only looked at, and says them", async () => {
  const disk = new FakeDisk();
  const { house, ana, mallory } = await begin(new FakeHouse(disk));
  for (const { socket } of [ana, mallory]) socket.hangUp();
  await house.pass();
  const [number, author] = [disk.entries.length, ana.browser.doc.clientID];
  disk.checkpoints.set(page, { number, state: Y.encodeStateAsUpdate(ana.browser.doc) });
  const again = new FakeHouse(disk);
  const ben = await again.join("ben");
  ben.socket.hangUp();
  await again.pass();
  expect(disk.checkpoints.get(page)).toMatchObject({ number, owners: new Map([[author, "id-of-ana"]]) });
});

test("[OWN-5] where that one cannot be made, it is tried once for each opening", async () => {
  const disk = new FakeDisk();
  disk.checkpoints.set(page, { number: 0, state: Y.encodeStateAsUpdate(new Y.Doc()) });
  let tries = 0;
  const fold = async () => {
    tries += 1;
    throw new Error("does not fold");
  };
  const house = new FakeHouse(disk, { fold });
  const ana = await house.join("ana");
  for (const words of ["One. ", "Two. ", "Three."]) {
    ana.browser.write(words);
    await house.pass();
  }
  ana.socket.hangUp();
  await house.pass();
  expect(tries).toBe(1);
  expect(disk.checkpoints.get(page)?.owners).toBeUndefined();
});

test("[OWN-6] what another node wrote, and what the server writes for a person, is owned", async () => {
  let tell = () => {};
  const relay: Relay = {
    ...quietRelay,
    listen: (topic, hear) => {
      if (topic.startsWith("page/")) tell = () => hear(new Uint8Array());
      return () => {};
    },
  };
  const disk = new FakeDisk();
  const house = new FakeHouse(disk, { relay });
  const mallory = await house.join("mallory");
  const elsewhere = await new FakeHouse(disk).join("ana");
  elsewhere.browser.write("From another node. ");
  await house.pass();
  tell();
  await house.rooms.write(page, wordsAs(88, "For Ben. ", new Y.Doc()), "id-of-ben" as PersonId);
  await house.pass();
  expect(mallory.browser.text).toContain("From another node. ");
  for (const author of [elsewhere.browser.doc.clientID, 88]) {
    const { socket, browser } = await house.join("mallory", new FakeBrowser(1_000 + author));
    socket.say(browserFrame.edit(wordsAs(author, "forged", browser.doc)));
    await house.pass();
    expect(socket.closed?.code).toBe(foreign);
  }
});
