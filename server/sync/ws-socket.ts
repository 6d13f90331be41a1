import type { Duplex } from "node:stream";
import type { RawData, ServerOptions, WebSocket } from "ws";
import { limits } from "../../shared/base/limits.ts";
import type { Socket } from "./socket.ts";

/** How Plenum's sync server wants its WebSocketServer, beside where it listens. */
export const wsOptions = {
  maxPayload: limits.frameReadBytes,
  maxFragments: limits.frameFragments,
  closeTimeout: limits.closeMs,
  // Compressing costs more memory and time for each socket than small edits could ever save, and invites bombs.
  perMessageDeflate: false,
} as const satisfies ServerOptions & { closeTimeout: number };

/**
 * A `ws` socket as the sync server sees it, and the stream that it was upgraded from.
 *
 * Messages are written to that stream as whole frames. A room's message is framed once however many get it, and a
 * write costs little more than the system call that it is; ws' own `send` costs twice that. The two may share the
 * stream: ws writes a frame at once, or with compression, which is off, in its time.
 */
export function wsSocket(ws: WebSocket, stream: Duplex): Socket {
  // A bad frame is an `error` event; without a listener it would end the process. `close` follows.
  ws.on("error", () => {});
  let isWaiting = false;
  stream.on("drain", () => {
    isWaiting = false;
  });
  return {
    send: (bytes) => {
      if (ws.readyState === ws.OPEN && !stream.write(framed(bytes))) isWaiting = true;
      return !isWaiting;
    },
    get bufferedAmount() {
      return isWaiting ? stream.writableLength : 0;
    },
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
    ping: () => {
      if (ws.readyState === ws.OPEN) ws.ping();
    },
    pause: () => ws.pause(),
    resume: () => ws.resume(),
    onMessage: (hear) =>
      void ws.on("message", (data: RawData, isBinary: boolean) =>
        hear(isBinary ? toBytes(data) : String(data)),
      ),
    onPong: (hear) => void ws.on("pong", hear),
    onDrain: (hear) => void stream.on("drain", hear),
    onClose: (hear) => void ws.once("close", () => hear()),
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}

let lastMessage: Uint8Array | null = null;
let lastFrame: Uint8Array = new Uint8Array();

/** A message as one binary frame; the last one is remembered, because whoever is told something is told the same. */
function framed(message: Uint8Array): Uint8Array {
  if (message === lastMessage) return lastFrame;
  const { length } = message;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x82;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, head);
  lastMessage = message;
  lastFrame = frame;
  return frame;
}
