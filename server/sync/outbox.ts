import { limits } from "../../shared/base/limits.ts";
import { editFrame, stateFrame } from "./frames-out.ts";
import type { Socket } from "./socket.ts";
import { mergeUpdates } from "./update/merge.ts";

/**
 * What a socket is owed. A reader who reads slower than others write is not queued for without end: while more
 * than `limits.readerSkipBytes` wait for the wire, edits are only remembered, and when it has drained they leave as
 * one; where the whole text is smaller than all of them, that leaves instead. Presence is dropped meanwhile.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #whole: () => Uint8Array;
  readonly #giveUp: () => void;
  #missed: Uint8Array[] = [];
  #missedBytes = 0;

  /** `whole` answers the text as it stands; `giveUp` is called when the reader is too far behind to be kept. */
  constructor(socket: Socket, whole: () => Uint8Array, giveUp: () => void) {
    this.#socket = socket;
    this.#whole = whole;
    this.#giveUp = giveUp;
    socket.onDrain(() => this.#drained());
  }

  get isBehind(): boolean {
    return this.#missed.length > 0 || this.#socket.bufferedAmount > limits.readerSkipBytes;
  }

  /** Must arrive. */
  send(frame: Uint8Array): void {
    this.#socket.send(frame);
    this.#look();
  }

  /** An edit, and the frame in which everybody gets it. */
  sendEdit(frame: Uint8Array, update: Uint8Array): void {
    if (!this.isBehind) return this.send(frame);
    this.#missed.push(update);
    this.#missedBytes += update.length;
    this.#look();
  }

  /** May be lost: something newer will follow. */
  sendPassing(frame: Uint8Array): void {
    if (!this.isBehind) this.send(frame);
  }

  #look(): void {
    if (this.#socket.bufferedAmount + this.#missedBytes > limits.readerBehindBytes) this.#giveUp();
  }

  #drained(): void {
    if (this.#missed.length === 0 || this.#socket.bufferedAmount > limits.readerSkipBytes) return;
    const missed = this.#missed;
    const whole = this.#whole();
    const isMuch = this.#missedBytes > whole.length;
    this.#missed = [];
    this.#missedBytes = 0;
    this.send(isMuch ? stateFrame(whole) : editFrame(mergeUpdates(missed)));
  }
}
