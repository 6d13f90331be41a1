import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { refusals } from "../../shared/protocol/refusals.ts";
import { FakeWorld, settle } from "./fake-world.ts";
import { begin, beginSaved, state } from "./visit.stage.ts";

/** A page of which this device kept some words, at this epoch. */
async function beginWithCopy(keptEpoch: number | null, epoch: number) {
  const world = new FakeWorld();
  world.keptDoc.getText("body").insert(0, "Kept words.");
  Object.assign(world, { keptEpoch, epoch });
  const begun = begin(world);
  await world.loads();
  return begun;
}

test("whoever has no text says no epoch, and keeps the one that they are told with it", async () => {
  const { world, socket } = await beginSaved();
  expect(socket.heard("hello")[0]).not.toHaveProperty("epoch");
  expect(world.keptEpoch).toBe(0);
});

test("a device that cannot keep the epoch is reported", async () => {
  const world = new FakeWorld();
  world.isFull = true;
  const { connection } = begin(world);
  await world.loads();
  world.letsIn().acknowledges(1);
  await settle();
  expect(world.reported.map(String)).toEqual(["Error: The disk is full."]);
  expect(state(connection)).toBe("saved");
});

test("text from this device says of which epoch it is; text of before there were any is of the first", async () => {
  for (const [kept, said] of [
    [3, 3],
    [null, 0],
  ] as const) {
    const { world } = await beginWithCopy(kept, said);
    expect(world.letsIn().heard("hello")).toMatchObject([{ epoch: said }]);
  }
});

test("a tab that is open says the epoch again when it comes back", async () => {
  const { world, socket, connection } = await beginSaved();
  socket.closes();
  connection.tryNow();
  world.socket.opens();
  expect(world.socket.heard("hello")).toMatchObject([{ epoch: 0 }]);
});

test("text of another epoch stays as it is, for its writer to take along, and nothing of it is sent", async () => {
  const { world, connection, body } = await beginWithCopy(0, 1);
  const { close } = refusals["other-epoch"];
  world.socket.opens();
  world.socket.closes(close, "other-epoch");
  expect(connection.status.get()).toMatchObject({ state: "refused", refusal: { code: "other-epoch" } });
  expect(body.toJSON()).toBe("Kept words.");
  expect(world.discarded).toEqual([]);
  expect(world.keptEpoch).toBe(0);
});

test("also where the server lets it in", async () => {
  const { world, connection, body } = await beginWithCopy(0, 1);
  world.elsewhere("Another life.");
  world.socket.opens();
  world.socket.says(world.welcome("editor"));
  world.socket.asksWhatItLacks(world.serverDoc);
  world.draws();
  await settle();
  expect(state(connection)).toBe("refused");
  expect(body.toJSON()).toBe("Kept words.");
  expect(world.sockets.flatMap(({ texts }) => texts)).toEqual([]);
});

/** A page whose kept words are still on their way when the server says its epoch. */
async function beginBeforeCopy(keptEpoch: number | null, epoch: number, words = "Kept words.") {
  const world = new FakeWorld();
  world.keptDoc.getText("body").insert(0, words);
  Object.assign(world, { keptEpoch, epoch });
  const begun = begin(world);
  world.clock.pass(limits.keptLoadMs);
  await settle();
  world.letsIn();
  return begun;
}

test("kept text that comes late is still of the epoch in which it was kept, and nothing of it is sent", async () => {
  for (const kept of [0, null]) {
    const { world, connection, body } = await beginBeforeCopy(kept, 1);
    expect(world.keptEpoch).toBe(kept);
    expect(world.socket.readyState).toBe(WebSocket.CLOSED);
    await world.loads();
    expect(world.sockets).toHaveLength(2);
    world.letsIn();
    expect(world.socket.heard("hello")).toMatchObject([{ epoch: 0 }]);
    expect(state(connection)).toBe("refused");
    expect(body.toJSON()).toBe("Kept words.");
    expect(world.sockets.flatMap(({ texts }) => texts)).toEqual([]);
  }
});

test("where it is of the page's epoch it joins in, late as it is", async () => {
  for (const epoch of [0, 1]) {
    const { world, connection } = await beginBeforeCopy(epoch, epoch);
    await world.loads();
    const socket = epoch === 0 ? world.socket : world.letsIn();
    socket.acknowledges(socket.texts.length);
    expect(state(connection)).toBe("saved");
    for (const { update } of socket.texts) Y.applyUpdate(world.serverDoc, update);
    expect(world.serverDoc.getText("body").toJSON()).toBe("Kept words.");
  }
});

test("where none was kept after all, the epoch is kept that the page is told with its text", async () => {
  const { world, connection } = await beginBeforeCopy(null, 1, "");
  await world.loads();
  world.letsIn().acknowledges(1);
  expect(state(connection)).toBe("saved");
  expect(world.keptEpoch).toBe(1);
});

test("what the device cannot read keeps nobody out of a later epoch", async () => {
  const { world, connection } = await beginBeforeCopy(0, 1);
  await world.failsToLoad();
  world.letsIn().acknowledges(1);
  expect(state(connection)).toBe("saved");
  expect(world.keptEpoch).toBe(0);
});
