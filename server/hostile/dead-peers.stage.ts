import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import { anAddress } from "./guest.stage.ts";
import type { House } from "./faults.stage.ts";

/** How long each kind of dead peer held its connection, until the server cut it. */
export type Held = { [kind: string]: number };

/** Sockets that answer no ping, and requests of which no more comes. */
export async function bury({ plenum, survey, page }: House): Promise<Held> {
  const person = await survey.person("editor");
  const authorization = `Bearer ${person.token}`;
  const silent = new WebSocket(`${plenum.address.replace("http", "ws")}/sync/${page}`, {
    headers: { authorization, "x-forwarded-for": anAddress() },
    autoPong: false,
  });
  silent.on("error", () => {});
  const host = "Host: localhost\r\n";
  const halves = {
    "half an upgrade": `GET /sync/${page} HTTP/1.1\r\n${host}Upgrade: websocket\r\n`,
    "half a head": `GET /healthz HTTP/1.1\r\n${host}X-`,
    "half a body": `POST /api/session HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 20\r\n\r\n{"na`,
  };
  const cut = Object.entries(halves).map(
    async ([kind, half]) => [kind, await heldMs(plenum.port, half)] as const,
  );
  const beganMs = performance.now();
  const silence = once(silent, "close").then(() => ["no pong", performance.now() - beganMs] as const);
  return Object.fromEntries(await Promise.all([...cut, silence]));
}

async function heldMs(port: number, half: string): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  socket.write(half);
  const beganMs = performance.now();
  await once(socket, "close");
  return performance.now() - beganMs;
}
