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

/** A `ws` socket as the sync server sees it. */
export function wsSocket(ws: WebSocket): Socket {
  let drained = () => {};
  // A bad frame is an `error` event; without a listener it would end the process. `close` follows.
  ws.on("error", () => {});
  const left = (error?: Error | null) => error ?? drained();
  return {
    send: (bytes) => {
      if (ws.readyState === ws.OPEN) ws.send(bytes, { binary: true }, left);
    },
    get bufferedAmount() {
      return ws.bufferedAmount;
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
    onDrain: (hear) => {
      drained = hear;
    },
    onClose: (hear) => void ws.once("close", () => hear()),
  };
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return new Uint8Array(Buffer.concat(data));
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
