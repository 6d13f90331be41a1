import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import type { PersonId } from "../../shared/base/ids.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";
import { begin, beginInside, beginSaved, opening, state } from "./visit.stage.ts";
import { ana, settle } from "./fake-world.ts";
import { syncAddress } from "./page-connection.ts";

test("the room's address keeps the path under which Plenum lives", async () => {
  expect(syncAddress("https://host/a/b/")).toBe("wss://host/a/b/sync");
  expect(syncAddress("http://localhost:3000/")).toBe("ws://localhost:3000/sync");
  const { world } = begin();
  await world.loads();
  expect(world.socket.url).toBe("wss://host/a/sync/page");
});

test("what the device keeps is kept apart for each page and person", () => {
  const { world } = begin();
  expect(world.keptNames).toEqual(["plenum/ana/page"]);
});

test("hello is the first thing said, with the last record that this tab has", async () => {
  const { world, connection } = begin();
  await world.loads();
  world.socket.opens();
  expect(world.socket.said[0]).toEqual({
    say: "hello",
    version: protocolVersion,
    schema: schemaVersion,
    seq: 0,
  });
  world.letsIn("editor", [world.record(opening("t1")), world.record(opening("t2"))]);
  world.socket.closes();
  connection.tryNow();
  world.socket.opens();
  expect(world.socket.said[0]).toMatchObject({ say: "hello", seq: 2 });
});

test("a page with neither kept nor sent text is loading, and not shown empty", async () => {
  const { world, connection } = begin();
  expect(state(connection)).toBe("loading");
  await world.loads();
  world.socket.opens();
  expect(state(connection)).toBe("loading");
  world.letsIn();
  expect(state(connection)).not.toBe("loading");
});

test("text kept on this device is shown before the server answers", async () => {
  const { world, connection, body } = begin();
  world.keptDoc.getText("body").insert(0, "kept");
  await world.loads();
  expect(body.toString()).toBe("kept");
  expect(state(connection)).toBe("reconnecting");
});

test("a device that cannot read what it kept does not keep anybody out", async () => {
  const { world, connection } = begin();
  await world.failsToLoad();
  world.letsIn();
  expect(world.reported).toHaveLength(1);
  expect(state(connection)).toBe("saving");
});

test("a device that never answers is waited for no longer than its limit", async () => {
  const { world } = begin();
  world.clock.pass(limits.keptLoadMs - 1);
  await settle();
  expect(world.sockets).toHaveLength(0);
  world.clock.pass(1);
  await settle();
  expect(world.sockets).toHaveLength(1);
});

test("saved is said only once the server has every edit on disk", async () => {
  const { connection, socket, body } = await beginSaved();
  expect(state(connection)).toBe("saved");
  body.insert(0, "two words");
  body.insert(9, " more");
  expect(connection.status.get()).toMatchObject({ state: "saving", unsavedWords: 3 });
  socket.acknowledges(2);
  expect(connection.status.get()).toMatchObject({ state: "saving", unsavedWords: 1 });
  socket.acknowledges(3);
  expect(connection.status.get()).toEqual({ state: "saved" });
});

test("an edit that others acknowledge by sending its effects is still not saved", async () => {
  const { world, connection, socket, body } = await beginSaved();
  body.insert(0, "mine");
  const sent = socket.texts.at(-1)?.update ?? new Uint8Array();
  Y.applyUpdate(world.serverDoc, sent);
  socket.sendsUpdate(world.elsewhere("theirs"));
  world.draws();
  expect(body.toString()).toBe("minetheirs");
  expect(state(connection)).toBe("saving");
});

test("a cut between sending and acknowledgement makes the edit unsaved, and the next answer carries it", async () => {
  const { world, connection, socket, body } = await beginSaved();
  body.insert(0, "lost on the way");
  socket.closes();
  expect(connection.status.get()).toMatchObject({ state: "reconnecting", unsavedWords: 4 });
  body.insert(0, "and more ");
  connection.tryNow();
  const next = world.letsIn();
  expect(next.texts).toHaveLength(1);
  Y.applyUpdate(world.serverDoc, next.texts[0]?.update ?? new Uint8Array());
  expect(world.serverDoc.getText("body").toString()).toBe("and more lost on the way");
  expect(state(connection)).toBe("saving");
  next.acknowledges(1);
  expect(state(connection)).toBe("saved");
});

test("counts of an earlier socket acknowledge nothing on the next one", async () => {
  const { world, connection, socket, body } = await beginSaved();
  body.insert(0, "a");
  body.insert(0, "b");
  socket.acknowledges(3);
  socket.closes();
  body.insert(0, "c");
  connection.tryNow();
  world.letsIn();
  expect(state(connection)).toBe("saving");
});

test("no text leaves before the server said that this person may write and asked what it lacks", async () => {
  const { world, body } = begin();
  await world.loads();
  const { socket } = world;
  socket.opens();
  socket.asksWhatItLacks(world.serverDoc);
  body.insert(0, "early");
  expect(socket.texts).toEqual([]);
  socket.says(world.welcome("editor"));
  expect(socket.texts.map(({ isAnswer }) => isAnswer)).toEqual([true]);
  for (const { update } of socket.texts) Y.applyUpdate(world.serverDoc, update);
  expect(world.serverDoc.getText("body").toString()).toBe("early");
});

test("readers and commenters never send text, whatever their document holds", async () => {
  for (const role of ["reader", "commenter", "suggester"] as const) {
    const { world, connection, body } = begin();
    world.keptDoc.getText("body").insert(0, "from when they could write");
    await world.loads();
    const socket = world.letsIn(role);
    body.insert(0, "x");
    expect(socket.texts).toEqual([]);
    expect(state(connection)).toBe("read-only");
  }
});

test("words of somebody who no longer writes are counted as on this device only, before and after a reload", async () => {
  const { world, connection, socket, body } = await beginSaved();
  body.insert(0, "nobody else has this");
  socket.closes(4401, "access-changed");
  world.clock.pass(limits.reconnectFirstMs);
  world.letsIn("reader");
  expect(connection.status.get()).toMatchObject({ state: "read-only", unsavedWords: 4 });

  const reloaded = begin();
  Y.applyUpdate(reloaded.world.keptDoc, Y.encodeStateAsUpdate(connection.doc));
  await reloaded.world.loads();
  reloaded.world.letsIn("reader");
  expect(reloaded.connection.status.get()).toMatchObject({ state: "read-only", unsavedWords: 4 });
});

test("words that the server has are not said to be on this device only, acknowledged or not", async () => {
  const { world, connection, socket, body } = await beginSaved();
  body.insert(0, "on their way");
  for (const { update } of socket.texts) Y.applyUpdate(world.serverDoc, update);
  socket.closes(4401, "access-changed");
  world.clock.pass(limits.reconnectFirstMs);
  world.elsewhere(" and more");
  world.letsIn("reader");
  expect(connection.status.get()).toEqual({ state: "read-only" });
});

test("kept words that come late are counted, too", async () => {
  const { world, connection } = begin();
  world.keptDoc.getText("body").insert(0, "two words");
  world.clock.pass(limits.keptLoadMs);
  await settle();
  world.letsIn("reader");
  expect(connection.status.get()).toEqual({ state: "read-only" });
  await world.loads();
  expect(connection.status.get()).toMatchObject({ state: "read-only", unsavedWords: 2 });
});

test("what is discarded is forgotten by the device, and nothing more is sent or kept", async () => {
  const { world, connection, socket } = await beginSaved();
  await connection.discard();
  expect(world.discarded).toEqual(["plenum/ana/page"]);
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test("without a network the status is offline, and the network's return connects at once", async () => {
  const { world, connection, socket } = await beginSaved();
  world.isOnline = false;
  socket.closes();
  expect(state(connection)).toBe("offline");
  world.isOnline = true;
  world.stir();
  expect(world.sockets).toHaveLength(2);
});

test("waits between attempts double up to a bound, and are told", async () => {
  const { world, connection } = begin();
  await world.loads();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    world.socket.closes();
    waits.push((connection.status.get().retryAtMs ?? 0) - world.clock.nowMs);
    world.clock.pass(waits.at(-1) ?? 0);
  }
  expect(world.sockets).toHaveLength(13);
  expect(waits[0]).toBeLessThanOrEqual(limits.reconnectFirstMs);
  for (const [at, wait] of waits.entries()) {
    const most = Math.min(limits.reconnectMostMs, limits.reconnectFirstMs * 2 ** at);
    expect(wait).toBeGreaterThanOrEqual(most / 2 - 1);
    expect(wait).toBeLessThanOrEqual(most);
  }
});

test("a server that stays silent for two heartbeats is given up and another socket is opened", async () => {
  const { world, connection, socket } = await beginSaved();
  world.clock.pass(limits.heartbeatMs);
  expect(socket.heard("ping").length).toBeGreaterThan(0);
  world.clock.pass(limits.heartbeatMs);
  expect(state(connection)).toBe("reconnecting");
  world.clock.pass(limits.reconnectFirstMs);
  expect(world.sockets).toHaveLength(2);
});

test("what others write is no sign of life: the direction from here to the server may be dead", async () => {
  const { world, socket, connection } = await beginSaved();
  for (let second = 0; second < 20; second += 1) {
    world.clock.pass(1_000);
    socket.sendsUpdate(world.elsewhere("busy "));
  }
  expect(state(connection)).toBe("reconnecting");
});

test("a server that answers pings is left alone", async () => {
  const { world, socket, connection } = await beginSaved();
  for (let beat = 0; beat < 5; beat += 1) {
    socket.says({ say: "pong" });
    world.clock.pass(limits.heartbeatMs);
  }
  expect(world.sockets).toHaveLength(1);
  expect(state(connection)).toBe("saved");
});

test("an attempt that never opens is given up", async () => {
  const { world } = begin();
  await world.loads();
  world.clock.pass(limits.heartbeatMs + limits.reconnectFirstMs);
  expect(world.sockets).toHaveLength(2);
});

test.each([
  [4403, "refused", { code: "not-allowed" }],
  [4404, "refused", { code: "not-found" }],
  [4413, "refused", { code: "too-large" }],
  [4426, "outdated", { code: "old-version" }],
  [4499, "outdated", { code: "old-version" }],
] as const)("close %i ends the connection: %s", async (code, expected, refusal) => {
  const { world, connection, socket } = await beginSaved();
  socket.closes(code);
  expect(connection.status.get()).toEqual({ state: expected, refusal });
  world.clock.pass(60_000);
  expect(world.sockets).toHaveLength(1);
});

test.each([1001, 1006, 1011, 1012, 1013, 4409, 4429])(
  "close %i is followed by another socket",
  async (code) => {
    const { world, socket } = await beginSaved();
    socket.closes(code);
    world.clock.pass(limits.reconnectFirstMs);
    expect(world.sockets).toHaveLength(2);
  },
);

test("a signed-out or changed role is tried once more, and only once", async () => {
  const { world, connection, socket } = await beginSaved();
  socket.closes(4401, "no-session");
  world.clock.pass(limits.reconnectFirstMs);
  const second = world.letsIn("reader");
  expect(state(connection)).toBe("read-only");
  second.closes(4401, "no-session");
  world.clock.pass(limits.reconnectMostMs);
  world.socket.opens();
  world.socket.closes(4401, "no-session");
  expect(connection.status.get()).toMatchObject({ state: "refused", refusal: { code: "no-session" } });
});

test("kept text is never sent under the name of somebody else who signed in meanwhile", async () => {
  const { world, connection } = begin();
  world.keptDoc.getText("body").insert(0, "Ana's");
  await world.loads();
  const { socket } = world;
  socket.opens();
  socket.asksWhatItLacks(world.serverDoc);
  socket.says({ ...world.welcome("editor"), person: "bo" as PersonId });
  expect(socket.texts).toEqual([]);
  expect(connection.status.get()).toMatchObject({ state: "refused", refusal: { code: "no-session" } });
});

test("others' text comes in once per drawn frame, as one transaction", async () => {
  const { world, connection, socket, body } = await beginSaved();
  let transactions = 0;
  connection.doc.on("afterTransaction", () => (transactions += 1));
  for (const word of ["one ", "two ", "three"]) socket.sendsUpdate(world.elsewhere(word));
  expect(body.toString()).toBe("");
  world.draws();
  expect(body.toString()).toBe("one two three");
  expect(transactions).toBe(1);
});

test("while held, others' text waits and everything else goes on", async () => {
  const { world, connection, socket, body } = await beginSaved();
  connection.hold();
  socket.sendsUpdate(world.elsewhere("theirs"));
  world.draws();
  body.insert(0, "mine ");
  socket.acknowledges(2);
  socket.says({ say: "records", records: [world.record(opening("t1"))] });
  socket.sendsPresence({ 7: { user: { id: "bo", name: "Bo", color: 1 } } });
  expect(body.toString()).toBe("mine ");
  expect(state(connection)).toBe("saved");
  expect(connection.survey.get().state.threads.size).toBe(1);
  expect(connection.people.get().map(({ name }) => name)).toEqual(["Ana", "Bo"]);
  connection.release();
  expect(body.toString()).toContain("theirs");
  expect(body.toString()).toContain("mine ");
});

test("what writes beside the editor waits while the text is held, and comes after what others wrote", async () => {
  const { world, connection, socket, body } = await beginSaved();
  connection.whenFree(() => body.insert(0, "at once "));
  expect(body.toString()).toBe("at once ");
  connection.hold();
  socket.sendsUpdate(world.elsewhere("theirs"));
  let seen = "";
  connection.whenFree(() => (seen = body.toString()));
  world.draws();
  expect(seen).toBe("");
  connection.release();
  expect(seen).toContain("theirs");
});

test("an applied update of others is not sent back to the server", async () => {
  const { world, socket } = await beginSaved();
  socket.sendsUpdate(world.elsewhere("theirs"));
  world.draws();
  expect(socket.texts).toHaveLength(1);
});

test("a frame that cannot be read costs the server the socket and is reported", async () => {
  const { world, connection, socket } = await beginSaved();
  socket.sendsBytes(8, 3, 0x7b, 0x7b, 0x7b);
  expect(world.reported).toHaveLength(1);
  expect(state(connection)).toBe("reconnecting");
});

test("leaving the page is guarded exactly while something is not acknowledged", async () => {
  const { world, connection, socket, body } = await beginSaved();
  expect(world.isLeavingGuarded()).toBe(false);
  body.insert(0, "x");
  expect(world.isLeavingGuarded()).toBe(true);
  socket.acknowledges(2);
  expect(world.isLeavingGuarded()).toBe(false);
  void connection.ask(opening("t1"));
  expect(world.isLeavingGuarded()).toBe(true);
});

test("the server says who this is", async () => {
  const { connection } = await beginInside();
  expect(connection.me.get()).toEqual({ id: ana, name: "Ana" });
});

test("after destroy nothing is sent, opened or awaited", async () => {
  const { world, connection, socket } = await beginSaved();
  connection.destroy();
  const said = socket.said.length;
  world.clock.pass(120_000);
  expect(world.sockets).toHaveLength(1);
  expect(socket.said).toHaveLength(said);
});
