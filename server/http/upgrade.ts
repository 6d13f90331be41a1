import type { IncomingMessage, Server } from "node:http";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import { WebSocketServer } from "ws";
import { pageId } from "../../shared/base/ids.ts";
import { refusals, Refused } from "../../shared/protocol/refusals.ts";
import type { Socket } from "../sync/socket.ts";
import type { Visitor } from "../sync/visitor.ts";
import { wsOptions, wsSocket } from "../sync/ws-socket.ts";
import { personIn, type Admission } from "./admit.ts";
import { isFault, refusalOf, refusalText } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { addressOf, assertOwnOrigin } from "./caller.ts";

/** Where sockets go once it is known who is at them. */
export type Rooms = { connect(socket: Socket, visitor: Visitor): void };

export type Upgrades = {
  /** Resolves when every socket is closed; those that are open after a while are cut off. */
  gone(afterMs: number): Promise<void>;
};

type Parts = { admission: Admission; rooms: Rooms; pathOf: (url: string) => string; log: FastifyBaseLogger };

/**
 * Takes websockets in: at `/sync/:page`, for members of the page's survey, from pages of our own. Who is at a
 * socket is settled here, before it exists; there is no such thing as a connection that has yet to say who it is.
 *
 * A no completes the upgrade and then closes with the refusal's code: to a browser, a handshake that fails is
 * like a network that hangs. Only those who come too often are turned away with HTTP, which costs least, and which
 * y-websocket's provider takes as a reason to try later.
 */
export function serveUpgrades(server: Server, { admission, rooms, pathOf, log }: Parts): Upgrades {
  const sockets = new WebSocketServer({ noServer: true, ...wsOptions });

  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy()); // Else a peer that vanishes now would end the process.
    takeIn(request, socket, head).catch((error: unknown) => {
      log.error({ err: error }, "an upgrade failed");
      socket.destroy();
    });
  });

  async function takeIn(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const visitor = await visitorOf(admission, request, pathOf(request.url ?? "")).catch((error: unknown) => {
      if (isFault(error)) log.error({ err: error }, "an upgrade was refused");
      return refusalOf(error);
    });
    if ("code" in visitor && visitor.code === "too-fast") return void socket.end(refusalText(visitor));
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const opened = wsSocket(ws, socket);
      ws.once("close", () => sockets.clients.size === 0 && sockets.emit("empty"));
      if ("code" in visitor) opened.close(refusals[visitor.code].close, visitor.code);
      else rooms.connect(opened, visitor);
    });
  }

  return {
    async gone(afterMs) {
      if (sockets.clients.size === 0) return;
      const cutOff = setTimeout(() => sockets.clients.forEach((ws) => ws.terminate()), afterMs);
      await once(sockets, "empty");
      clearTimeout(cutOff);
    },
  };
}

async function visitorOf(admission: Admission, request: IncomingMessage, path: string): Promise<Visitor> {
  await admission.allowances.take("upgrades", addressOf(request, admission.trustedProxies));
  assertOwnOrigin(request.headers, admission.publicUrl);
  const person = await personIn(admission, request.headers);
  if (!person) throw new Refused("no-session");
  const page = pageId.safeParse(/^\/sync\/([^/?]+)(?:\?|$)/.exec(path)?.[1]);
  if (!page.success) throw new Refused("not-found", "page");
  const { survey, role } = await authorize(admission, person, "survey.read", { page: page.data });
  return { page: page.data, survey, person: { id: person.id, name: person.name }, role };
}
