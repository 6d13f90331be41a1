import { expect, test } from "vitest";
import * as Y from "yjs";
import { schemaVersion } from "../../shared/body/schema.ts";
import { refusals } from "../../shared/protocol/refusals.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse, page } from "./fake-house.ts";
import { FakeDisk } from "./fake-store.ts";

/** A page of Ana's that was put back to what it was before she wrote; her browser still has it all. */
async function putBack() {
  const { epochs } = openMemoryStorage();
  const disk = new FakeDisk();
  const before = new FakeHouse(disk, { epochs });
  const ana = await before.join("ana");
  ana.browser.write("Old words. ");
  await before.pass();
  ana.socket.hangUp();
  disk.entries.length = 0;
  await epochs.raise(page, 1);
  ana.browser.epoch = 0;
  const house = new FakeHouse(disk, { epochs });
  const ben = await house.join("ben");
  ben.browser.write("New words.");
  await house.pass();
  return { house, ana, ben };
}

test("[EPOCH-1] a page's epoch is said in the welcome, 0 at first", async () => {
  const { epochs } = openMemoryStorage();
  const first = await new FakeHouse(undefined, { epochs }).join("ana");
  expect(first.browser.said).toContainEqual(expect.objectContaining({ say: "welcome", epoch: 0 }));
  await epochs.raise(page, 1);
  const second = await new FakeHouse(undefined, { epochs }).join("ana");
  expect(second.browser.said).toContainEqual(expect.objectContaining({ say: "welcome", epoch: 1 }));
});

test("[EPOCH-2] who comes with text of another epoch is sent nothing of this one, and brings nothing into it", async () => {
  const { house, ana, ben } = await putBack();
  const { socket, browser } = await house.join("ana", ana.browser);
  expect(socket.closed).toMatchObject({ code: refusals["other-epoch"].close, reason: "other-epoch" });
  expect(browser.isSynced).toBe(false);
  expect(browser.text).toBe("Old words. ");
  expect(ben.browser.text).toBe("New words.");
  expect(ben.socket.closed).toBeNull();
});

test("[EPOCH-2] nor does what they say at once behind their hello", async () => {
  const { house, ana, ben } = await putBack();
  const socket = house.knock("ana");
  const sent: Uint8Array[] = [];
  await house.pass();
  socket.onSent = (bytes) => sent.push(bytes);
  socket.say(browserFrame.say({ say: "hello", version: 2, schema: schemaVersion, seq: 0, epoch: 0 }));
  socket.say(browserFrame.askState(Uint8Array.of(0)));
  socket.say(browserFrame.answer(Y.encodeStateAsUpdate(ana.browser.doc)));
  await house.pass();
  expect(sent).toEqual([]);
  expect(ben.browser.text).toBe("New words.");
});

test("[EPOCH-3] who has no text is let in, and so is who knows the epoch; who may have any is told to reload", async () => {
  const { house } = await putBack();
  const knowing = new FakeBrowser(701);
  knowing.epoch = 1;
  for (const browser of [new FakeBrowser(700), knowing])
    expect((await house.join("eve", browser)).browser.text).toBe("New words.");
  const old = await house.join("eve", new FakeBrowser(702, schemaVersion, 1));
  expect(old.socket.closed?.reason).toBe("old-version");
});

test("[EPOCH-4] who says no hello is judged by the bytes", async () => {
  const { house } = await putBack();
  const socket = house.knock("eve");
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "Of no epoch. ");
  socket.say(browserFrame.answer(Y.encodeStateAsUpdate(doc)));
  await house.pass();
  expect((await house.join("zoe")).browser.text).toContain("Of no epoch. ");
});
