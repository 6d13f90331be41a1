import * as encoding from "lib0/encoding";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { limits } from "../../../shared/base/limits.ts";

/*
 * `node relay.ts gather|pass`: what somebody says in a room is said to all others there, and that is all.
 */
type Said = { message: Uint8Array; from: WebSocket };
type Room = { sockets: Set<WebSocket>; said: Said[]; lastMs: number; isDue: boolean };

const isGathering = process.argv[2] === "gather";
const rooms = new Map<string, Room>();
const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });

sockets.on("connection", (socket, request) => {
  const name = request.url ?? "";
  const room = rooms.get(name) ?? { sockets: new Set(), said: [], lastMs: 0, isDue: false };
  rooms.set(name, room);
  room.sockets.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => room.sockets.delete(socket));
  socket.on("message", (data: RawData) => {
    if (!(data instanceof Buffer)) return;
    if (isGathering) gather(room, { message: data, from: socket });
    else for (const other of room.sockets) if (other !== socket) other.send(data, { binary: true });
  });
});

/** As Plenum does: after a pause at once, else when the room's window is over. */
function gather(room: Room, said: Said): void {
  room.said.push(said);
  if (room.isDue) return;
  room.isDue = true;
  const waitMs = room.lastMs + windowMs(room.sockets.size) - Date.now();
  if (waitMs > 0) setTimeout(() => tell(room), waitMs);
  else queueMicrotask(() => tell(room));
}

function tell(room: Room): void {
  const { said } = room;
  room.said = [];
  room.isDue = false;
  room.lastMs = Date.now();
  const pack = encoding.encode((encoder) => {
    for (const { message } of said) encoding.writeVarUint8Array(encoder, message);
  });
  const author = said.every(({ from }) => from === said[0]?.from) ? said[0]?.from : null;
  for (const socket of room.sockets) if (socket !== author) socket.send(pack, { binary: true });
}

function windowMs(connections: number): number {
  return limits.roomWindows.find((each) => connections <= each.connections)?.ms ?? limits.roomWindowMostMs;
}

http.listen(0, "127.0.0.1", () => {
  const { port } = http.address() as AddressInfo;
  console.log(`The relay is ready at http://127.0.0.1:${port}`);
});
