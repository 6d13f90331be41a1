import { expect, test } from "vitest";
import { FakeWorld } from "./fake-world.ts";
import { begin, state } from "./visit.stage.ts";

test("an older client opening a newer page changes no byte: it reads on, and says that a newer version runs", async () => {
  const world = new FakeWorld();
  const { connection, body } = begin(world, { schema: 7 });
  world.keptDoc.getText("body").insert(0, "offline ");
  await world.loads();
  body.insert(0, "before the welcome ");
  world.welcomeSchema = 8;
  const socket = world.letsIn();
  expect(socket.heard("hello")).toMatchObject([{ schema: 7 }]);
  expect(connection.status.get()).toMatchObject({ state: "outdated" });
  expect(connection.status.get().refusal).toBeUndefined();
  body.insert(0, "after it ");
  socket.sendsUpdate(world.elsewhere("theirs"));
  world.draws();
  expect(body.toString()).toContain("theirs");
  expect(socket.texts).toEqual([]);
});

test("a page that a newer version wrote is read and not changed, with or without a connection", async () => {
  const world = new FakeWorld();
  const { connection, body } = begin(world, { schema: 7 });
  world.keptDoc.getMap("meta").set("schema", 8);
  await world.loads();
  expect(state(connection)).toBe("outdated");
  world.welcomeSchema = 7;
  const socket = world.letsIn();
  body.insert(0, "harm");
  expect(state(connection)).toBe("outdated");
  expect(socket.texts).toEqual([]);
});

test("a page that becomes newer under somebody's hands takes nothing more from here", async () => {
  const world = new FakeWorld();
  const { connection, body } = begin(world, { schema: 7 });
  await world.loads();
  world.welcomeSchema = 7;
  const socket = world.letsIn();
  expect(socket.texts).toHaveLength(1);
  world.serverDoc.getMap("meta").set("schema", 8);
  socket.sendsAll(world.serverDoc);
  world.draws();
  body.insert(0, "harm");
  expect(state(connection)).toBe("outdated");
  expect(socket.texts).toHaveLength(1);
});
