import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { browserFrame } from "./fake-browser.ts";
import { FakeHouse, type Guest } from "./fake-house.ts";

const namesSeenBy = ({ browser }: Guest): unknown[] =>
  [...browser.present.values()].map((state) => (state as { user: { name: string } }).user.name);

/** Ana and Eve show themselves, and Ben sees them. */
async function begin() {
  const house = new FakeHouse();
  const [ana, ben, eve] = [await house.join("ana"), await house.join("ben"), await house.join("eve")];
  ana.socket.say(browserFrame.presence(11, 1, {}));
  eve.socket.say(browserFrame.presence(12, 1, {}));
  await house.pass();
  expect(namesSeenBy(ben)).toEqual(["ana", "eve"]);
  return { house, ana, ben };
}

test("[PRES-8] whoever goes in the moment when somebody asks for everyone is gone for them, too", async () => {
  const { house, ana, ben } = await begin();
  ben.socket.say(browserFrame.askPresence());
  ana.socket.hangUp();
  await house.pass();
  expect(namesSeenBy(ben)).toEqual(["eve"]);
});

test("[PRES-10] who asks for everyone while reading slowly still learns who left meanwhile", async () => {
  const { house, ana, ben } = await begin();
  ben.socket.bufferedAmount = limits.readerSkipBytes + 1;
  ben.socket.say(browserFrame.askPresence());
  await house.pass();
  ana.socket.hangUp();
  await house.pass();
  ben.socket.drain();
  expect(namesSeenBy(ben)).toEqual(["eve"]);
});
