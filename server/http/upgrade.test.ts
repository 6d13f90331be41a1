import { once } from "node:events";
import { connect } from "node:net";
import { beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { ana, plenum, stranger } from "./house.stage.ts";
import { Outsider, textAt } from "./outside.ts";

let survey: string;
let page: string;

beforeAll(async () => {
  const made = await ana.post("/api/surveys", { title: "Native code" });
  survey = textAt(made.json, "id");
  page = textAt(made.json, "pages", 0, "id");
});

const step1 = Uint8Array.from([0, 0, 1, 0]);
const textOf = (message: unknown) => [...new Uint8Array(message as ArrayBuffer)];

test.each(["bearer", "cookie"])("a member's socket is in the page's room: known by a %s", async (by) => {
  const cookie = { cookie: `plenum_session=${ana.token}` };
  const socket = by === "bearer" ? ana.socket(`/sync/${page}`) : stranger.socket(`/sync/${page}`, cookie);
  await once(socket, "open");
  socket.send(step1);
  const [answer] = await once(socket, "message");
  expect(textOf(answer)[0]).toBe(0);
  socket.close();
  await once(socket, "close");
});

test("a query behind the page's name, as y-websocket adds one, changes nothing", async () => {
  const socket = ana.socket(`/sync/${page}?v=1`);
  await once(socket, "open");
  socket.send(step1);
  await once(socket, "message");
  socket.terminate();
});

test.each([
  ["nobody", async () => stranger.closing(`/sync/${page}`), 4401, "no-session"],
  [
    "a made-up token",
    async () => new Outsider(plenum.address, "made-up").closing(`/sync/${page}`),
    4401,
    "no-session",
  ],
  [
    "somebody who is no member",
    async () => (await stranger.named("Eve")).closing(`/sync/${page}`),
    4403,
    "not-allowed",
  ],
  ["an unknown page", async () => ana.closing("/sync/nowhere"), 4404, "not-found"],
  ["a survey's id", async () => ana.closing(`/sync/${survey}`), 4404, "not-found"],
  ["no page's name", async () => ana.closing("/sync/..%2f..%2fetc"), 4404, "not-found"],
  ["a name beyond measure", async () => ana.closing(`/sync/${"x".repeat(8_000)}`), 4404, "not-found"],
  ["__proto__", async () => ana.closing("/sync/__proto__"), 4404, "not-found"],
  ["another address", async () => ana.closing("/elsewhere"), 4404, "not-found"],
  [
    "a foreign site",
    async () => ana.closing(`/sync/${page}`, { headers: { origin: "https://evil.example" } }),
    4403,
    "foreign-origin",
  ],
  [
    "a sandboxed frame",
    async () => ana.closing(`/sync/${page}`, { headers: { origin: "null" } }),
    4403,
    "foreign-origin",
  ],
  [
    "a malformed frame",
    async () => ana.closing(`/sync/${page}`, { say: Uint8Array.from([0, 2, 255]) }),
    4400,
    "malformed",
  ],
])("%s: the socket is opened, then closed with the reason", async (_, closing, code, reason) => {
  expect(await closing()).toEqual({ code, reason });
});

test("a page of a survey that one has left for another role is joined anew", async () => {
  const link = async (role: string) =>
    textAt((await ana.post(`/api/surveys/${survey}/links`, { role })).json, "secret");
  const ben = await stranger.named("Ben");
  await ben.post(`/api/links/${await link("reader")}`);
  const socket = ben.socket(`/sync/${page}`);
  await once(socket, "open");
  const closed = once(socket, "close");
  await ben.post(`/api/links/${await link("editor")}`);
  expect((await closed)[0]).toBe(4401);
});

test("a frame that breaks the protocol of websockets ends its own connection alone", async () => {
  const bystander = ana.socket(`/sync/${page}`);
  await once(bystander, "open");
  const { hostname, port } = new URL(plenum.address);
  const raw = connect(Number(port), hostname);
  raw.write(
    `GET /sync/${page} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Authorization: Bearer ${ana.token}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
  );
  await once(raw, "data");
  raw.write(Uint8Array.from([0xff, 0x80, 0, 0, 0, 0]));
  raw.resume();
  await once(raw, "close");
  expect(bystander.readyState).toBe(WebSocket.OPEN);
  bystander.terminate();
});

test("a connection that breaks off during its upgrade hurts nobody", async () => {
  const { hostname, port } = new URL(plenum.address);
  for (const cut of [20, 60, 120]) {
    const raw = connect(Number(port), hostname);
    await once(raw, "connect");
    const upgrade = `GET /sync/${page} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    raw.write(upgrade.slice(0, cut));
    raw.destroy();
  }
  expect((await stranger.get("/healthz")).status).toBe(200);
});

test("an offer to switch to another protocol is answered in this one", async () => {
  const { hostname, port } = new URL(plenum.address);
  const raw = connect(Number(port), hostname);
  raw.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
  const [answer] = await once(raw, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 OK/);
  raw.destroy();
});
