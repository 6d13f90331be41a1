import * as decoding from "lib0/decoding";
import { limits } from "../../shared/base/limits.ts";
import { editFrame, presenceFrame, stateHead } from "./frames-out.ts";
import type { Socket } from "./socket.ts";
import { mergeUpdates } from "./update/merge.ts";

/**
 * What a socket is owed. A reader who reads slower than others write is not queued for without end: while more
 * than `limits.readerSkipBytes` wait for the wire, edits are only remembered, and when it has drained they leave as
 * one; where the whole text is smaller than all of them, that leaves instead. Of presence the newest of each is
 * remembered meanwhile: who left must not stay on anybody's screen.
 */
export class Outbox {
  readonly #socket: Socket;
  readonly #whole: () => Uint8Array;
  readonly #size: () => number;
  readonly #giveUp: () => void;
  /** What was missed; null where it is more than the whole text, which leaves in its place. */
  #missed: Uint8Array[] | null = [];
  #missedBytes = 0;
  /** What was missed of presence: the last entry of each client. */
  readonly #missedPresence = new Map<number, Uint8Array>();

  /** `text` is the text as it stands; `giveUp` is called when the reader is too far behind to be kept. */
  constructor(socket: Socket, text: { whole: () => Uint8Array; size: () => number }, giveUp: () => void) {
    this.#socket = socket;
    this.#whole = text.whole;
    this.#size = text.size;
    this.#giveUp = giveUp;
    socket.onDrain(() => this.#drained());
  }

  get isBehind(): boolean {
    const isMissing = this.#missedBytes > 0 || this.#missedPresence.size > 0;
    return isMissing || this.#socket.bufferedAmount > limits.readerSkipBytes;
  }

  /** Must arrive. */
  send(frame: Uint8Array, rest?: Uint8Array): void {
    if (!this.#socket.send(frame, rest)) this.#look();
  }

  /** All that is there, or all that was lacked of it. */
  sendState(update: Uint8Array): void {
    this.send(stateHead(update), update);
  }

  /** An edit, and the frame in which everybody gets it. */
  sendEdit(frame: Uint8Array, update: Uint8Array): void {
    if (!this.isBehind) return this.send(frame);
    this.#missedBytes += update.length;
    if (this.#missedBytes > this.#size()) this.#missed = null;
    this.#missed?.push(update);
    this.#look();
  }

  /** A frame of presence: what it says of somebody matters until something newer is said of them. */
  sendPresence(frame: Uint8Array): void {
    if (!this.isBehind) return this.send(frame);
    for (const [client, entry] of entriesIn(frame)) this.#missedPresence.set(client, entry);
  }

  #look(): void {
    if (this.#socket.bufferedAmount + this.#missedBytes > limits.readerBehindBytes) this.#giveUp();
  }

  #drained(): void {
    if (this.#socket.bufferedAmount > limits.readerSkipBytes) return;
    this.#sendMissedEdits();
    if (this.#missedPresence.size === 0) return;
    const presence = presenceFrame([...this.#missedPresence.values()]);
    this.#missedPresence.clear();
    this.send(presence);
  }

  #sendMissedEdits(): void {
    const missed = this.#missed;
    if (this.#missedBytes === 0) return;
    this.#missed = [];
    this.#missedBytes = 0;
    if (missed) this.send(editFrame(mergeUpdates(missed)));
    else this.sendState(this.#whole());
  }
}

/** The entries of one of our own frames of presence, as they were encoded, by their clients. */
function entriesIn(frame: Uint8Array): Map<number, Uint8Array> {
  const outer = decoding.createDecoder(frame);
  decoding.readVarUint(outer);
  const decoder = decoding.createDecoder(decoding.readVarUint8Array(outer));
  const entries = new Map<number, Uint8Array>();
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const start = decoder.pos;
    const client = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    decoding.readVarUint8Array(decoder);
    entries.set(client, decoder.arr.slice(start, decoder.pos));
  }
  return entries;
}
