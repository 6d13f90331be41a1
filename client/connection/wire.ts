import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebsocketProvider } from "y-websocket";
import type * as Y from "yjs";
import type { Role } from "../../shared/access/roles.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { readCarets } from "../../shared/protocol/carets.ts";
import { frame } from "../../shared/protocol/frames.ts";
import type { FromBrowser } from "../../shared/protocol/from-browser.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { Device } from "./device.ts";
import { followClient } from "./follow-client.ts";
import { gatedSocket, type OutgoingText } from "./gated-socket.ts";
import { parseFromServer } from "./hear.ts";
import { Heartbeat } from "./heartbeat.ts";
import { moveCarets } from "./move-carets.ts";
import { afterClose, waitMs, type Closing } from "./retry.ts";
import type { Link } from "./status.ts";

/** What a wire tells, and what it asks. */
export type Ears = {
  /** The socket is open and nothing was sent yet. */
  onOpen: () => void;
  onSaid: (said: FromServer) => void;
  /** So many of this socket's text messages are on the server's disk. */
  onSaved: (count: number) => void;
  /** A message of the sync protocol. */
  onSync: (message: decoding.Decoder) => void;
  onLink: () => void;
  /** Asked for every text message in the order of sending; what may not leave is not sent. */
  mayLeave: (text: OutgoingText) => boolean;
};

/**
 * The socket of a page and its successors: opens it, notices its death, and decides by the table of refusals
 * whether and when there is another.
 *
 *   connecting ── welcomed() ──▶ welcomed ── close, silence ──▶ waiting ── back-off, tryNow() ──▶ connecting
 *                                    └──── a refusal that is final, end() ──▶ ended
 */
export class Wire {
  readonly provider: WebsocketProvider;
  readonly #device: Device;
  readonly #ears: Ears;
  readonly #heartbeat: Heartbeat;
  #link: Link = { is: "connecting" };
  #attempt = 0;
  #openedAtMs = 0;
  #hasTriedSignIn = false;
  #callOffRetry: (() => void) | null = null;

  constructor(address: string, page: PageId, doc: Y.Doc, device: Device, ears: Ears) {
    this.#device = device;
    this.#ears = ears;
    this.#heartbeat = new Heartbeat(
      device.after,
      () => this.say({ say: "ping" }),
      () => this.drop(),
    );
    this.provider = new WebsocketProvider(address, page, doc, {
      connect: false,
      disableBc: true,
      WebSocketPolyfill: gatedSocket(device.WebSocket, ears.mayLeave),
      // Whether and when to connect again is decided here (#onClose), with a wait that is shown.
      shouldReconnect: () => false,
    });
    this.provider.on("status", ({ status }) => status === "connected" && this.#onOpen());
    this.provider.on("connection-close", this.#onClose);
    // In a room each socket speaks for one number, the first that it tells.
    followClient(this.provider.awareness, () => this.drop());
    this.#listen();
  }

  get link(): Link {
    return this.#link;
  }

  connect(): void {
    this.#callOffRetry?.();
    this.#setLink({ is: "connecting" });
    // An attempt to connect is a question, too: a network that swallows it never says no.
    this.#heartbeat.ask();
    this.provider.connect();
  }

  /** Where an attempt is being waited for: makes it now. */
  tryNow(): void {
    if (this.#link.is === "waiting") this.connect();
  }

  /** The server let this person in, as this. */
  welcomed(role: Role): void {
    this.#hasTriedSignIn = false;
    this.#setLink({ is: "welcomed", role });
  }

  say(message: FromBrowser): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, frame.say);
    encoding.writeVarString(encoder, JSON.stringify(message));
    this.send(encoder);
  }

  send(encoder: encoding.Encoder): void {
    if (this.provider.wsconnected) this.provider.ws?.send(encoding.toUint8Array(encoder));
  }

  /** Asks for a sign of life: after sleep, or when the network changed. */
  check(): void {
    if (this.#link.is === "welcomed") this.#heartbeat.ask();
  }

  /** Gives up this socket, whatever its state; another is opened after the usual wait. */
  drop(): void {
    this.provider.disconnect();
  }

  /** There will be no other socket. */
  end(refusal: Refusal): void {
    this.#callOffRetry?.();
    this.#heartbeat.stop();
    this.#setLink({ is: "ended", refusal });
    this.provider.disconnect();
  }

  destroy(): void {
    this.#callOffRetry?.();
    this.#heartbeat.stop();
    // Its last events are nobody's: otherwise leaving would count as a cut.
    this.provider.off("connection-close", this.#onClose);
    this.provider.destroy();
  }

  #listen(): void {
    const { messageHandlers } = this.provider;
    messageHandlers[frame.sync] = (_, message) => this.#hear(() => this.#ears.onSync(message));
    messageHandlers[frame.say] = (_, message) =>
      this.#hear(() => this.#onSaid(parseFromServer(decoding.readVarString(message))));
    messageHandlers[frame.carets] = (_, message) =>
      this.#hear(() => moveCarets(this.provider.awareness, readCarets(message), this.provider));
    messageHandlers[frame.saved] = (_, message) =>
      this.#hear(() => {
        this.#heartbeat.alive();
        this.#ears.onSaved(decoding.readVarUint(message));
      });
  }

  /** A message that cannot be read costs the server this socket, and is reported. */
  #hear(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.#device.report(error);
      this.drop();
    }
  }

  #onSaid(said: FromServer): void {
    if (said.say === "pong" || said.say === "answer") this.#heartbeat.alive();
    if (said.say === "pong") this.#forgetAttempts();
    this.#ears.onSaid(said);
  }

  #onOpen(): void {
    this.#openedAtMs = this.#device.nowMs();
    this.#ears.onOpen();
    this.#heartbeat.alive();
    this.#heartbeat.ask();
  }

  readonly #onClose = (closing: Closing): void => {
    this.#heartbeat.stop();
    if (this.#link.is === "ended") return;
    const next = afterClose(closing, this.#hasTriedSignIn);
    if (!next.reconnect) return this.#setLink({ is: "ended", refusal: next.refusal });
    this.#hasTriedSignIn ||= next.isSignIn;
    const wait = waitMs(this.#attempt, this.#chance());
    this.#attempt += 1;
    this.#callOffRetry = this.#device.after(wait, () => this.tryNow());
    this.#setLink({ is: "waiting", retryAtMs: this.#device.nowMs() + wait });
  };

  /** A socket that stood for a while did useful work; one that is opened just to be closed is backed off. */
  #forgetAttempts(): void {
    if (this.#device.nowMs() - this.#openedAtMs >= limits.heartbeatMs) this.#attempt = 0;
  }

  #chance(): number {
    const [byte = 0] = this.#device.chance(new Uint8Array(1));
    return byte / 255;
  }

  #setLink(link: Link): void {
    this.#link = link;
    this.#ears.onLink();
  }
}
