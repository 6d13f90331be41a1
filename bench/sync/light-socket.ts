import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/*
 * As much of a websocket's browser side as measuring needs. A thousand of these cost less than the server that they
 * talk to, which cannot be said of a library's.
 */

/** Where to connect to, as whom. */
export type Seat = {
  readonly port: number;
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
};

export type SocketEars = {
  onOpen: () => void;
  /** The bytes are the caller's only until it returns. */
  onMessage: (message: Uint8Array) => void;
  onClose: (code: number) => void;
};

export class LightSocket {
  readonly #socket: Socket;
  readonly #ears: SocketEars;
  /** What came and is not read: less than a frame. */
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #isClosed = false;
  /** Everything that the server sent, with what websockets add to it. */
  bytes = 0;

  constructor({ port, path, headers }: Seat, ears: SocketEars) {
    this.#ears = ears;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("connect", () => this.#socket.write(greeting(port, path, headers)));
    this.#socket.on("data", (chunk) => this.#read(chunk));
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => this.#ended(1006));
  }

  send(message: Uint8Array): void {
    this.#socket.write(frameOf(2, message));
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  /** Stops reading, so that what the server sends has to wait there. */
  pause(): void {
    this.#socket.pause();
  }

  #read(chunk: Buffer): void {
    this.bytes += chunk.length;
    let left = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#isOpen) left = this.#open(left);
    while (this.#isOpen && left.length >= 2) {
      const frame = frameIn(left);
      if (!frame) break;
      this.#hear(frame);
      left = left.subarray(frame.end);
    }
    this.#rest = left;
  }

  #open(head: Buffer): Buffer {
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return head;
    if (!head.subarray(0, 12).equals(switching)) {
      this.#ended(head.subarray(9, 12).toString() === "429" ? 4429 : 1006);
      this.#socket.destroy();
      return head.subarray(head.length);
    }
    this.#isOpen = true;
    this.#ears.onOpen();
    return head.subarray(end + 4);
  }

  #hear({ opcode, message }: Frame): void {
    if (opcode === 2) this.#ears.onMessage(message);
    else if (opcode === 9) this.#socket.write(frameOf(10, message));
    else if (opcode === 8) this.#ended(message.length >= 2 ? message.readUInt16BE(0) : 1005);
  }

  #ended(code: number): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#socket.end();
    this.#ears.onClose(code);
  }
}

const switching = Buffer.from("HTTP/1.1 101");

function greeting(port: number, path: string, headers: Seat["headers"]): string {
  const lines = Object.entries({
    host: `127.0.0.1:${port}`,
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": randomBytes(16).toString("base64"),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
}

type Frame = { opcode: number; message: Buffer; end: number };

/** The frame that these bytes begin with, or null while it is not all there. Servers send each message as one. */
function frameIn(bytes: Buffer): Frame | null {
  const short = bytes[1]! & 127;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return null;
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const end = head + length;
  return bytes.length < end ? null : { opcode: bytes[0]! & 15, message: bytes.subarray(head, end), end };
}

/** Browsers mask with chance; a server's work is the same with any mask but zero. */
const mask = [0x5a, 0xc3, 0x17, 0x9e] as const;

function frameOf(opcode: number, message: Uint8Array): Buffer {
  const { length } = message;
  const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x80 | opcode;
  if (head === 6) frame[1] = 0x80 | length;
  else if (head === 8) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(mask, head - 4);
  for (let at = 0; at < length; at += 1) frame[head + at] = message[at]! ^ mask[at & 3]!;
  return frame;
}
