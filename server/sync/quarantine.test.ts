import { expect, test } from "vitest";
import * as Y from "yjs";
import { openMemoryStorage } from "../storage/memory.ts";
import { browserFrame } from "./fake-browser.ts";
import { FakeHouse, page, visitor } from "./fake-house.ts";

const { edit } = browserFrame;
const foreign = (() => {
  const doc = new Y.Doc();
  doc.getText("elsewhere").insert(0, "words that somebody may want back");
  return Y.encodeStateAsUpdate(doc);
})();
const rootless = Uint8Array.of(1, 1, 5, 3, 132, 5, 2, 1, 97, 0);

test("[QUAR-1] what the gate refuses is kept aside, with who sent it where and when, and why it was refused", async () => {
  const { quarantine } = openMemoryStorage();
  const house = new FakeHouse(undefined, { quarantine });
  const [ana, rea] = [await house.join("ana"), await house.join(visitor("rea", "reader"))];
  const ben = await house.join("ben");
  ana.socket.say(edit(foreign));
  rea.socket.say(edit(foreign));
  for (let times = 0; times < 3; times += 1) ben.socket.say(edit(rootless));
  const at = house.clock.nowMs();
  await house.pass();
  expect(await quarantine.read()).toEqual([
    { page, person: "id-of-ana", at, code: "not-in-format", bytes: foreign.length, update: foreign },
    { page, person: "id-of-rea", at, code: "not-allowed", bytes: foreign.length, update: foreign },
    { page, person: "id-of-ben", at, code: "missing-updates", bytes: rootless.length, update: rootless },
  ]);
});

test("[QUAR-1] where it cannot be kept the refusal is the same, and that is reported", async () => {
  const keep = async () => {
    throw new Error("disk full");
  };
  const house = new FakeHouse(undefined, { quarantine: { keep } });
  const { socket } = await house.join("ana");
  socket.say(edit(foreign));
  await house.pass();
  expect(socket.closed?.reason).toBe("not-in-format");
  expect(house.reported.map(String)).toEqual(["Error: disk full"]);
});
