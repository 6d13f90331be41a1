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
    send: (message, rest) => {
      if (ws.readyState !== ws.OPEN) return true;
      const hasLeft = rest ? writeBoth(stream, message, rest) : stream.write(framed(message));
      if (!hasLeft) isWaiting = true;
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

/** One frame of two parts, in one write; nothing is remembered, and the second part not copied. */
function writeBoth(stream: Duplex, message: Uint8Array, rest: Uint8Array): boolean {
  stream.cork();
  stream.write(Buffer.concat([frameHead(message.length + rest.length), message]));
  const hasLeft = stream.write(rest);
  stream.uncork();
  return hasLeft;
}

let lastMessage: Uint8Array | null = null;
let lastFrame: Uint8Array = new Uint8Array();

/** A message as one binary frame; the last one is remembered, because whoever is told something is told the same. */
function framed(message: Uint8Array): Uint8Array {
  if (message !== lastMessage) lastFrame = Buffer.concat([frameHead(message.length), message]);
  lastMessage = message;
  return lastFrame;
}

/** What stands before a binary message of this length that is one frame and, from a server, without a mask. */
function frameHead(length: number): Buffer {
  if (length < 126) return Buffer.of(0x82, length);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x82;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
