import * as buffer from "lib0/buffer";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { hashOfBody } from "../../shared/body/body-hash.ts";
import { readBody } from "../../shared/body/format.ts";
import { FakeWorld, page, settle } from "./fake-world.ts";
import { begin, beginSaved } from "./visit.stage.ts";

/** What the server says of the page as it has it. */
const beaconOf = (doc: Y.Doc) =>
  ({
    say: "beacon",
    vector: buffer.toBase64(Y.encodeStateVector(doc)),
    hash: hashOfBody(readBody(doc)),
  }) as const;

/** Somebody inside a page with an emoji, with everything saved. */
async function beginWithEmoji() {
  const inside = await beginSaved();
  inside.socket.sendsUpdate(inside.world.elsewhere("one 😀 two"));
  inside.world.draws();
  expect(inside.body.toJSON()).toBe("one 😀 two");
  return inside;
}

type Inside = Awaited<ReturnType<typeof beginWithEmoji>>;

/** What Yjs makes another text of, here alone, though nothing was written. */
const breakEmoji = ({ body }: Inside) => body.format(0, 5, { bold: null });

async function hearBeacon({ world, socket }: Inside, told = beaconOf(world.serverDoc)): Promise<void> {
  socket.says(told);
  world.draws();
  await settle();
}

test("a page that shows what it should says nothing", async () => {
  const inside = await beginWithEmoji();
  await hearBeacon(inside);
  expect(inside.socket.heard("diverged")).toEqual([]);
  expect(inside.world.reported).toEqual([]);
});

test("a copy that was set aside stands until a page shows what it should", async () => {
  const broken = await beginWithEmoji();
  breakEmoji(broken);
  await hearBeacon(broken);
  expect(broken.world.forgottenAside).toEqual([]);

  const inside = await beginWithEmoji();
  expect(inside.world.forgottenAside).toEqual([]);
  await hearBeacon(inside);
  expect(inside.world.forgottenAside).toEqual(inside.world.keptNames);
});

test("a page that shows something else says so, keeps its copy aside, and is taken from the server anew", async () => {
  const inside = await beginWithEmoji();
  const { world, socket, connection } = inside;
  breakEmoji(inside);
  const [own, told] = [connection.doc, world.serverDoc].map((doc) => hashOfBody(readBody(doc)));
  expect(own).not.toBe(told);
  await hearBeacon(inside);
  expect(socket.heard("diverged")).toEqual([{ say: "diverged", own, told }]);
  expect(world.reported.map(String)).toEqual([`Error: This page shows ${own} and should show ${told}.`]);
  expect(world.setAside).toEqual(world.keptNames);
  expect(world.discarded).toEqual(world.keptNames);
  expect(world.startedAnew).toEqual([`diverged/${page}`]);
});

test("where that did not heal it, it goes on as it is, and is reported", async () => {
  const world = new FakeWorld();
  world.anewAsked.push(`diverged/${page}`);
  const { connection, body } = begin(world);
  await world.loads();
  const socket = world.letsIn();
  socket.acknowledges(1);
  socket.sendsUpdate(world.elsewhere("one 😀 two"));
  world.draws();
  const inside = { world, connection, body, socket };
  breakEmoji(inside);
  await hearBeacon(inside);
  expect(socket.heard("diverged")).toHaveLength(1);
  expect(world.discarded).toEqual([]);
  expect(world.startedAnew).toEqual([]);
});

test("what is written while the copy is made is not lost with the page: the next beacon takes it anew", async () => {
  const inside = await beginWithEmoji();
  const { world, socket, body } = inside;
  const copying = Promise.withResolvers<void>();
  world.whenSetAside = copying.promise;
  breakEmoji(inside);
  await hearBeacon(inside);
  body.insert(0, "typed ");
  for (const { update } of socket.texts) Y.applyUpdate(world.serverDoc, update);
  // Though it is saved, the copy lacks it.
  socket.acknowledges(socket.texts.length);
  copying.resolve();
  await settle();
  expect(world.discarded).toEqual([]);
  expect(world.anewAsked).toEqual([]);

  await hearBeacon(inside);
  expect(world.setAside).toHaveLength(2);
  expect(world.discarded).toEqual(world.keptNames);
  expect(world.startedAnew).toEqual([`diverged/${page}`]);
});

test("a page that was left while the copy is made is left alone", async () => {
  const inside = await beginWithEmoji();
  const { world, connection } = inside;
  breakEmoji(inside);
  const heard = hearBeacon(inside);
  connection.destroy();
  await heard;
  expect(world.setAside).toHaveLength(1);
  expect(world.discarded).toEqual([]);
});

test("nothing is compared with what was written, or heard, since: deletions change no state vector", async () => {
  const inside = await beginWithEmoji();
  const { world, socket, body } = inside;
  const before = beaconOf(world.serverDoc);
  body.delete(0, 2);
  await hearBeacon(inside, before);
  socket.acknowledges(2);
  const told = beaconOf(world.serverDoc);
  socket.says(told);
  world.serverDoc.getText("body").delete(0, 4);
  socket.sendsUpdate(Y.encodeStateAsUpdate(world.serverDoc, Y.encodeStateVector(world.serverDoc)));
  world.draws();
  await settle();
  expect(socket.heard("diverged")).toEqual([]);
});

test("what was heard before is applied before it is compared", async () => {
  const inside = await beginWithEmoji();
  inside.socket.sendsUpdate(inside.world.elsewhere(" three"));
  await hearBeacon(inside);
  expect(inside.body.toJSON()).toBe("one 😀 two three");
  expect(inside.socket.heard("diverged")).toEqual([]);
});

test("what knows something else, or comes from another version, is not compared", async () => {
  const inside = await beginWithEmoji();
  const { hash, ...rest } = beaconOf(inside.world.serverDoc);
  await hearBeacon(inside, { ...rest, hash: `0.0:${hash.split(":")[1]}` });
  inside.world.elsewhere("unheard");
  await hearBeacon(inside);
  expect(inside.socket.heard("diverged")).toEqual([]);
});
