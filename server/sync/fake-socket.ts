import type { RefusalCode } from "../../shared/protocol/refusals.ts";
import type { Socket } from "./socket.ts";

/** For tests: a socket without a network. What the server sends goes to `onSent`; the test plays the other side. */
export class FakeSocket implements Socket {
  bufferedAmount = 0;
  closed: { code: number; reason: RefusalCode | "" } | null = null;
  isPaused = false;
  pings = 0;
  onSent: (bytes: Uint8Array) => void = () => {};
  onClosed: (code: number) => void = () => {};
  #hear: (message: Uint8Array | string) => void = () => {};
  #pong = () => {};
  #drained = () => {};
  #close = () => {};

  send(message: Uint8Array, rest = new Uint8Array()): boolean {
    if (!this.closed) this.onSent(rest.length > 0 ? new Uint8Array(Buffer.concat([message, rest])) : message);
    return this.bufferedAmount === 0;
  }

  close(code: number, reason: RefusalCode): void {
    this.#end(code, reason);
  }

  terminate(): void {
    this.#end(1006, "");
  }

  ping(): void {
    this.pings += 1;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  onMessage(hear: (message: Uint8Array | string) => void): void {
    this.#hear = hear;
  }

  onPong(hear: () => void): void {
    this.#pong = hear;
  }

  onDrain(hear: () => void): void {
    this.#drained = hear;
  }

  onClose(hear: () => void): void {
    this.#close = hear;
  }

  /** The other side sends this. */
  say(message: Uint8Array | string): void {
    if (!this.closed) this.#hear(message);
  }

  answerPing(): void {
    this.#pong();
  }

  /** All that was queued has left. */
  drain(): void {
    this.bufferedAmount = 0;
    this.#drained();
  }

  /** The other side goes, or the network. */
  hangUp(): void {
    this.#end(1006, "");
  }

  #end(code: number, reason: RefusalCode | ""): void {
    if (this.closed) return;
    this.closed = { code, reason };
    this.#close();
    this.onClosed(code);
  }
}
