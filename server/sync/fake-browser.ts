import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { schemaVersion } from "../../shared/body/schema.ts";
import { readCarets } from "../../shared/protocol/carets.ts";
import { frame } from "../../shared/protocol/frames.ts";
import type { FromBrowser } from "../../shared/protocol/from-browser.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";

/** How a browser writes its frames. */
export const browserFrame = {
  askState: (vector: Uint8Array) => syncFrame(0, vector),
  answer: (update: Uint8Array) => syncFrame(1, update),
  edit: (update: Uint8Array) => syncFrame(2, update),
  presence: (client: number, clock: number, state: unknown) => presence(client, clock, JSON.stringify(state)),
  askPresence: () => encoding.encode((encoder) => encoding.writeVarUint(encoder, frame.queryAwareness)),
  say: (message: FromBrowser) =>
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, frame.say);
      encoding.writeVarString(encoder, JSON.stringify(message));
    }),
};

/** For tests: a browser that speaks the protocol, with a real document and without a network. */
export class FakeBrowser {
  readonly doc: Y.Doc;
  readonly said: FromServer[] = [];
  /** What others show of themselves, by their client id. */
  readonly present = new Map<number, unknown>();
  /** How many messages with text it sent on this connection, and how many of them it knows to be durable. */
  textSent = 0;
  saved = 0;
  isSynced = false;
  readonly #schema: number;
  readonly #version: number;
  /** Of the text that it has; null where it says none. */
  epoch: number | null;
  #send: ((bytes: Uint8Array) => void) | null = null;

  constructor(client: number, schema = schemaVersion, version = protocolVersion) {
    this.#schema = schema;
    this.#version = version;
    this.epoch = null;
    this.doc = new Y.Doc();
    this.doc.clientID = client;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendText(browserFrame.edit(update));
    });
  }

  get text(): string {
    return this.doc.getText("body").toJSON();
  }

  write(text: string, at = this.doc.getText("body").length): void {
    this.doc.getText("body").insert(at, text);
  }

  /** A connection is open. */
  connect(send: (bytes: Uint8Array) => void): void {
    this.#send = send;
    this.textSent = 0;
    this.saved = 0;
    this.isSynced = false;
    const epoch = this.epoch === null ? {} : { epoch: this.epoch };
    send(browserFrame.say({ say: "hello", version: this.#version, schema: this.#schema, seq: 0, ...epoch }));
    send(browserFrame.askState(Y.encodeStateVector(this.doc)));
  }

  disconnect(): void {
    this.#send = null;
    this.present.clear();
  }

  hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === frame.sync) this.#hearSync(decoder);
    else if (type === frame.awareness) this.#hearPresence(decoder);
    else if (type === frame.carets) this.#hearCarets(decoder);
    else if (type === frame.saved) this.saved = decoding.readVarUint(decoder);
    else this.said.push(JSON.parse(decoding.readVarString(decoder)));
  }

  #hearSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === 0) return this.#sendText(browserFrame.answer(Y.encodeStateAsUpdate(this.doc, bytes)));
    Y.applyUpdate(this.doc, bytes, this);
    if (step === 1) this.isSynced = true;
  }

  #hearPresence(decoder: decoding.Decoder): void {
    const entries = decoding.createDecoder(decoding.readVarUint8Array(decoder));
    for (let left = decoding.readVarUint(entries); left > 0; left -= 1) {
      const client = decoding.readVarUint(entries);
      decoding.readVarUint(entries);
      const state: unknown = JSON.parse(decoding.readVarString(entries));
      if (state === null) this.present.delete(client);
      else this.present.set(client, state);
    }
  }

  #hearCarets(decoder: decoding.Decoder): void {
    for (const { client, cursor } of readCarets(decoder)) {
      const state = this.present.get(client);
      if (!(state instanceof Object) || client === this.doc.clientID) continue;
      const { cursor: _, ...others } = { cursor: null, ...state };
      this.present.set(client, cursor ? { ...others, cursor } : others);
    }
  }

  #sendText(bytes: Uint8Array): void {
    if (!this.#send) return;
    this.textSent += 1;
    this.#send(bytes);
  }
}

function syncFrame(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function presence(client: number, clock: number, json: string): Uint8Array {
  const entries = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  });
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.awareness);
    encoding.writeVarUint8Array(encoder, entries);
  });
}
