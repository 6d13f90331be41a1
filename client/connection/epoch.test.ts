import { expect, test } from "vitest";
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
