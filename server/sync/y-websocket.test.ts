import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Role } from "../../shared/access/roles.ts";
import { refusals, type RefusalCode } from "../../shared/protocol/refusals.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import type { Storage } from "../storage/storage.ts";
import { browserFrame } from "./fake-browser.ts";
import { noRecords, page, quietRelay, visitor } from "./fake-house.ts";
import { Rooms } from "./rooms.ts";
import { wsOptions, wsSocket } from "./ws-socket.ts";

/*
 * The real thing over real sockets: `ws` here, unmodified y-websocket providers there. An address is /sync/page,
 * and who comes is in the query, since finding out who comes is not the sync server's business.
 */

type Running = { rooms: Rooms; server: Server; url: string };

let storage: Storage;
let running: Running;
const providers: WebsocketProvider[] = [];

async function start(port = 0): Promise<Running> {
  const rooms = new Rooms({
    journal: storage.journal,
    relay: quietRelay,
    records: noRecords,
    nowMs: Date.now,
    schedule: (run, afterMs) => {
      const timer = setTimeout(run, afterMs).unref();
      return () => clearTimeout(timer);
    },
    report: () => {},
  });
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, ...wsOptions });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    const asked = new URL(request.url ?? "/", "http://localhost").searchParams;
    const who = visitor(asked.get("name") ?? "ana", (asked.get("role") ?? "editor") as Role);
    sockets.handleUpgrade(request, socket, head, (ws) => rooms.connect(wsSocket(ws, socket), who));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return { rooms, server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync` };
}

async function stop({ rooms, server }: Running): Promise<void> {
  await rooms.drain();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

beforeEach(async () => {
  storage = openMemoryStorage();
  running = await start();
});

afterEach(async () => {
  for (const provider of providers.splice(0)) provider.destroy();
  await stop(running);
  await storage.close();
});

function join(
  name: string,
  role: Role = "editor",
): { doc: Y.Doc; text: Y.Text; provider: WebsocketProvider } {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(running.url, page, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    params: { name, role },
    maxBackoffTime: 100,
  });
  providers.push(provider);
  return { doc, text: doc.getText("body"), provider };
}

/** Waits until it holds, looking whenever something arrives. */
async function until(what: { doc: Y.Doc; provider: WebsocketProvider }, holds: () => boolean): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => holds() && resolve();
  what.doc.on("update", look);
  what.provider.on("sync", look);
  what.provider.on("status", look);
  what.provider.on("closed", look);
  what.provider.awareness.on("change", look);
  look();
  await promise;
}

/** A socket without a provider, and the code with which it ends. */
async function raw(query = ""): Promise<{ ws: WebSocket; ended: Promise<number> }> {
  const ws = new WebSocket(`${running.url}/${page}${query}`);
  ws.on("error", () => {});
  const ended = once(ws, "close").then(([code]) => code as number);
  await once(ws, "open");
  return { ws, ended };
}

const closeOf = (code: RefusalCode): number => refusals[code].close;

test("[WS-1] unmodified providers join, edit at once and converge", async () => {
  const people = ["ana", "ben", "eve"].map((name) => join(name));
  await Promise.all(people.map((each) => until(each, () => each.provider.synced)));
  people.forEach(({ text }, at) => text.insert(0, `words of ${at}. `));
  const length = people.length * "words of 0. ".length;
  await Promise.all(people.map((each) => until(each, () => each.text.length === length)));
  const [first, ...others] = people.map(({ text }) => text.toJSON());
  for (const other of others) expect(other).toBe(first);
});

test("[WS-2] whoever joins has the whole text by the time they are told they are in sync", async () => {
  const ana = join("ana");
  await until(ana, () => ana.provider.synced);
  ana.text.insert(0, "x".repeat(100_000));
  const ben = join("ben");
  await until(ben, () => ben.text.length > 0);
  const eve = join("eve", "reader");
  await until(eve, () => eve.provider.synced);
  expect(eve.text.length).toBe(100_000);
});

test("[WS-3] providers come back to a restarted server by themselves, and bring what they wrote meanwhile", async () => {
  const [ana, ben] = [join("ana"), join("ben")];
  await Promise.all([ana, ben].map((each) => until(each, () => each.provider.synced)));
  const { port } = running.server.address() as AddressInfo;
  await stop(running);
  await until(ana, () => !ana.provider.wsconnected);
  ana.text.insert(0, "written in the dark");
  running = await start(port);
  await until(ben, () => ben.text.toJSON() === "written in the dark");
  expect(ben.text.toJSON()).toBe("written in the dark");
});

test("[WS-4] everyone sees everyone's presence, named by the server, until they go", async () => {
  const ana = join("ana");
  const ben = join("ben");
  ana.provider.awareness.setLocalStateField("user", { id: "somebody", name: "<b>Ben</b>", color: "red;" });
  const seen = () =>
    [...ben.provider.awareness.getStates().values()].find((each) => each["user"]?.id === "id-of-ana");
  await until(ben, () => seen() !== undefined);
  expect(seen()).toEqual({ user: { id: "id-of-ana", name: "ana", color: expect.any(Number) } });
  ana.provider.disconnect();
  await until(ben, () => seen() === undefined);
  ana.provider.connect();
  await until(ben, () => seen() !== undefined);
  expect(ana.provider.awareness.getLocalState()).toMatchObject({ user: { id: "somebody" } });
});

test("[WS-5] a reader's provider reads; the first thing it writes ends it, and reaches nobody", async () => {
  const eve = join("eve", "reader");
  const ana = join("ana");
  await Promise.all([ana, eve].map((each) => until(each, () => each.provider.synced)));
  eve.text.insert(0, "forged");
  const [closed] = await new Promise<[{ code: number }]>((resolve) =>
    eve.provider.on("closed", (event) => resolve([event])),
  );
  expect(closed.code).toBe(closeOf("not-allowed"));
  ana.text.insert(0, "true");
  await until(ana, () => ana.text.toJSON() === "true");
  const kept = await storage.journal.read(page, 0);
  expect(kept.filter((entry) => entry.person === "id-of-eve")).toEqual([]);
});

const hostile: [what: string, message: Uint8Array | string, code: RefusalCode][] = [
  ["text instead of bytes", "hello", "malformed"],
  ["an empty message", new Uint8Array(), "malformed"],
  ["a type that there is not", Uint8Array.of(77, 1, 2), "malformed"],
  ["a type that only servers send", Uint8Array.of(9, 1), "malformed"],
  ["a number without end", new Uint8Array(20).fill(255), "malformed"],
  ["a length beyond the message", Uint8Array.of(0, 2, 200, 1, 2), "malformed"],
  ["bytes behind the end", Uint8Array.of(0, 0, 1, 0, 5), "malformed"],
  ["a sync step that there is not", Uint8Array.of(0, 3, 1, 0), "malformed"],
  ["an update that is none", browserFrame.edit(Uint8Array.of(5, 5, 5)), "malformed"],
  ["a state vector that is none", browserFrame.askState(Uint8Array.of(9, 9)), "malformed"],
  ["presence that is none", Uint8Array.of(1, 3, 9, 9, 9), "malformed"],
  ["presence that is not JSON", Uint8Array.of(1, 6, 1, 5, 0, 2, 123, 123), "malformed"],
  ["our message before hello", browserFrame.say({ say: "ping" }), "malformed"],
  [
    "a hello from an old browser",
    browserFrame.say({ say: "hello", version: 0, schema: 1, seq: 0 }),
    "old-version",
  ],
  ["more than a message may hold", new Uint8Array(1024 * 1024 + 1), "too-large"],
];

test.each(hostile)(
  "[WS-6] %s costs its sender the connection, and nobody else anything",
  async (_, message, code) => {
    const ana = join("ana");
    await until(ana, () => ana.provider.synced);
    const { ws, ended } = await raw("?name=mallory");
    ws.send(message);
    expect(await ended).toBe(closeOf(code));
    const ben = join("ben");
    ana.text.insert(0, "still here");
    await until(ben, () => ben.text.toJSON() === "still here");
    expect(ana.provider.wsconnected).toBe(true);
  },
);

test("[WS-7] a frame that breaks the websocket protocol ends its socket, not the process", async () => {
  const { port } = running.server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    `GET /sync/${page} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  await once(socket, "data");
  // All three reserved bits are set.
  socket.write(Uint8Array.of(0xf2, 0x84, 0, 0, 0, 0, 1, 2, 3, 4));
  socket.resume();
  await once(socket, "close");
  const ben = join("ben");
  await until(ben, () => ben.provider.synced);
  expect(ben.provider.synced).toBe(true);
});

test("[WS-8] a message far above the limit is not even read", async () => {
  const { ws, ended } = await raw();
  ws.send(new Uint8Array(5 * 1024 * 1024));
  expect(await ended).toBe(1009);
});
