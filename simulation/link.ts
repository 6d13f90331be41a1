import type { PageId } from "../shared/base/ids.ts";
import type { RefusalCode } from "../shared/protocol/refusals.ts";
import type { FakeClock } from "../server/sync/fake-clock.ts";
import type { Socket } from "../server/sync/socket.ts";
import { Wire } from "./wire.ts";

/**
 * A byte on its way to a reader weighs as much as this many: so readers fall behind, and are given up, over texts of a
 * size that a thousand runs can afford.
 */
const weight = 256;

type Ears = {
  /** The server says this, to be heard in a while. */
  onSaid: (link: Link, bytes: Uint8Array) => void;
  /** The browser said this, and the server is about to hear it. */
  onHeard: (link: Link, bytes: Uint8Array) => void;
  onClosed: (link: Link, code: number, reason: string) => void;
};

/** The browser's end: what of a WebSocket y-websocket uses. */
export class NearSocket {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  binaryType = "blob";
  readyState = 0;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  link: Link | null = null;

  send(bytes: Uint8Array): void {
    if (this.readyState === this.OPEN) this.link?.say(bytes.slice());
  }

  close(): void {
    this.readyState = 3;
    this.link?.leave();
  }

  opens(): void {
    if (this.readyState !== this.CONNECTING) return;
    this.readyState = this.OPEN;
    this.onopen?.({});
  }

  hears(data: Uint8Array): void {
    if (this.readyState === this.OPEN) this.onmessage?.({ data });
  }

  closes(code: number, reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

/** One socket, both ends of it and the network between. The server's end is what `Rooms` is given. */
export class Link implements Socket {
  readonly page: PageId;
  readonly person: string;
  readonly near: NearSocket;
  readonly up: Wire;
  readonly down: Wire;
  readonly openedAtMs: number;
  /** When the server's end closed, or null while it is open. */
  closedAtMs: number | null = null;
  /** Why the server closed it, if it did. */
  refusal: RefusalCode | null = null;
  readonly #clock: FakeClock;
  readonly #ears: Ears;
  #isPaused = false;
  #held: Uint8Array[] = [];
  #hear: (message: Uint8Array) => void = () => {};
  #pong = () => {};
  #drain = () => {};
  #close = () => {};

  constructor(
    who: { page: PageId; person: string; near: NearSocket },
    clock: FakeClock,
    pick: (below: number) => number,
    ears: Ears,
  ) {
    this.page = who.page;
    this.person = who.person;
    this.near = who.near;
    this.near.link = this;
    this.openedAtMs = clock.nowMs();
    this.#clock = clock;
    this.#ears = ears;
    this.up = new Wire(clock, pick);
    this.down = new Wire(clock, pick);
  }

  get isOpen(): boolean {
    return this.closedAtMs === null;
  }

  // The browser's side.

  say(bytes: Uint8Array): void {
    this.up.send(bytes.length, () => this.#arrives(bytes));
  }

  leave(): void {
    this.up.send(0, () => this.#end());
    this.down.cut();
  }

  /** The network goes, and both sides notice. */
  cut(): void {
    this.up.cut();
    this.down.cut();
    this.near.closes(1006, "");
    this.#end();
  }

  // The server's side.

  get bufferedAmount(): number {
    return this.down.waitingBytes * weight;
  }

  open(): void {
    this.down.send(0, () => this.near.opens());
  }

  send(message: Uint8Array, rest: Uint8Array = new Uint8Array()): boolean {
    if (!this.isOpen) return true;
    const copy = new Uint8Array(message.length + rest.length);
    copy.set(message);
    copy.set(rest, message.length);
    this.#ears.onSaid(this, copy);
    this.down.send(copy.length, () => {
      this.near.hears(copy);
      if (this.isOpen) this.#drain();
    });
    return this.bufferedAmount === 0;
  }

  close(code: number, reason: RefusalCode): void {
    if (!this.isOpen) return;
    this.refusal = reason;
    this.#ears.onClosed(this, code, reason);
    this.down.send(0, () => this.near.closes(code, reason));
    this.closedAtMs = this.#clock.nowMs();
    this.#clock.schedule(() => this.#close(), 50);
  }

  terminate(): void {
    this.#end();
  }

  ping(): void {
    this.down.send(2, () => this.up.send(2, () => this.isOpen && this.#pong()));
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    for (const bytes of this.#held.splice(0)) this.#arrives(bytes);
  }

  onMessage(hear: (message: Uint8Array | string) => void): void {
    this.#hear = hear;
  }

  onPong(hear: () => void): void {
    this.#pong = hear;
  }

  onDrain(hear: () => void): void {
    this.#drain = hear;
  }

  onClose(hear: () => void): void {
    this.#close = hear;
  }

  #arrives(bytes: Uint8Array): void {
    if (!this.isOpen) return;
    if (this.#isPaused) return void this.#held.push(bytes);
    this.#ears.onHeard(this, bytes);
    this.#hear(bytes);
  }

  #end(): void {
    if (!this.isOpen) return;
    this.closedAtMs = this.#clock.nowMs();
    this.#close();
  }
}
