import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as awarenessProtocol from "y-protocols/awareness";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import type { Role } from "../../shared/access/roles.ts";
import { must } from "../../shared/base/assert.ts";
import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import { frame } from "../../shared/protocol/frames.ts";
import type { FromBrowser } from "../../shared/protocol/from-browser.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import type { Ask, SurveyRecord } from "../../shared/records/kinds.ts";
import type { Device } from "./device.ts";
import { PageConnection } from "./page-connection.ts";

/*
 * The world of a connection in tests: a clock that is moved by hand, a network in which every frame waits to be
 * delivered, and a server that has the page, speaks its frames and does only what it is told.
 */

export const ana = "ana" as PersonId;
export const page = "page" as PageId;
export const survey = "survey" as SurveyId;

/** A clock that stands still until it is moved; what is due happens in order, at its time. */
export class FakeClock {
  nowMs = 1_000_000;
  #due: { atMs: number; act: () => void }[] = [];

  readonly after = (waitMs: number, then: () => void): (() => void) => {
    const entry = { atMs: this.nowMs + waitMs, act: then };
    this.#due.push(entry);
    return () => void (this.#due = this.#due.filter((each) => each !== entry));
  };

  pass(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (;;) {
      const [next] = this.#due.filter((each) => each.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#due = this.#due.filter((each) => each !== next);
      this.nowMs = next.atMs;
      next.act();
    }
    this.nowMs = untilMs;
  }
}

/** The server's end of one socket. */
export class FakeSocket {
  readonly url: string;
  binaryType = "blob";
  readyState: number = WebSocket.CONNECTING;
  readonly OPEN = WebSocket.OPEN;
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: ((event: object) => void) | null = null;
  /** What the browser said on this socket, the oldest first. */
  readonly said: FromBrowser[] = [];
  /** The texts (sync step 2 and updates) that arrived on this socket. */
  readonly texts: { isAnswer: boolean; update: Uint8Array }[] = [];

  constructor(url: string | URL) {
    this.url = String(url);
  }

  send(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === frame.say) this.said.push(JSON.parse(decoding.readVarString(decoder)));
    if (type !== frame.sync) return;
    const step = decoding.readVarUint(decoder);
    const update = decoding.readVarUint8Array(decoder);
    if (step !== sync.messageYjsSyncStep1) {
      this.texts.push({ isAnswer: step === sync.messageYjsSyncStep2, update });
    }
  }

  close(): void {
    this.readyState = WebSocket.CLOSED;
  }

  opens(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.({});
  }

  closes(code = 1006, reason = ""): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.({ code, reason });
  }

  says(message: FromServer): void {
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.say);
      encoding.writeVarString(encoder, JSON.stringify(message));
    });
  }

  asksWhatItLacks(doc: Y.Doc): void {
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.sync);
      sync.writeSyncStep1(encoder, doc);
    });
  }

  sendsAll(doc: Y.Doc): void {
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.sync);
      sync.writeSyncStep2(encoder, doc);
    });
  }

  sendsUpdate(update: Uint8Array): void {
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.sync);
      sync.writeUpdate(encoder, update);
    });
  }

  sendsPresence(states: Record<number, object>): void {
    const other = new awarenessProtocol.Awareness(new Y.Doc());
    for (const [id, state] of Object.entries(states)) {
      other.states.set(Number(id), state);
      other.meta.set(Number(id), { clock: 1, lastUpdated: 0 });
    }
    const update = awarenessProtocol.encodeAwarenessUpdate(other, Object.keys(states).map(Number));
    other.destroy();
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.awareness);
      encoding.writeVarUint8Array(encoder, update);
    });
  }

  acknowledges(count: number): void {
    this.#frame((encoder) => {
      encoding.writeVarUint(encoder, frame.saved);
      encoding.writeVarUint(encoder, count);
    });
  }

  sendsBytes(...bytes: number[]): void {
    this.onmessage?.({ data: Uint8Array.from(bytes) });
  }

  /** What was said of this kind. */
  heard<Say extends FromBrowser["say"]>(say: Say): Extract<FromBrowser, { say: Say }>[] {
    return this.said.filter((each): each is Extract<FromBrowser, { say: Say }> => each.say === say);
  }

  #frame(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    write(encoder);
    this.onmessage?.({ data: encoding.toUint8Array(encoder) });
  }
}

/** A world with one browser in it. */
export class FakeWorld {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly reported: unknown[] = [];
  /** The server's copy of the page. */
  readonly serverDoc = new Y.Doc();
  /** What this device kept of the page, given to the document when `loads` is called. */
  readonly keptDoc = new Y.Doc();
  readonly keptNames: string[] = [];
  /** Of which epoch that is, as far as the device knows. */
  keptEpoch: number | null = null;
  /** The page's epoch, as the server says. */
  epoch = 0;
  readonly discarded: string[] = [];
  readonly setAside: string[] = [];
  readonly forgottenAside: string[] = [];
  /** Until when that takes. */
  whenSetAside = Promise.resolve();
  /** For which reasons it was asked how to open the page anew: for each there is one answer. */
  readonly anewAsked: string[] = [];
  /** Why the page was opened anew. */
  readonly startedAnew: string[] = [];
  isOnline = true;
  /** Whether the device can keep nothing more. */
  isFull = false;
  /** The format of the server's version. */
  welcomeSchema = schemaVersion;
  isLeavingGuarded: () => boolean = () => false;
  stir: () => void = () => {};
  #frames: (() => void)[] = [];
  #loaded = Promise.withResolvers<void>();
  #document: Y.Doc | null = null;
  #seq = 0;

  readonly device: Device = {
    WebSocket: this.#socketClass(),
    nowMs: () => this.clock.nowMs,
    chance: (bytes) => crypto.getRandomValues(bytes),
    after: this.clock.after,
    frame: (then) => {
      this.#frames.push(then);
      return () => void (this.#frames = this.#frames.filter((each) => each !== then));
    },
    report: (error) => void this.reported.push(error),
    keep: (name, doc) => {
      this.keptNames.push(name);
      this.#document = doc;
      const discard = async (): Promise<void> => void this.discarded.push(name);
      const setAside = async (): Promise<void> => {
        this.setAside.push(name);
        await this.whenSetAside;
      };
      return {
        loaded: this.#loaded.promise,
        stop: () => {},
        epoch: () => this.keptEpoch,
        setEpoch: async (epoch) => {
          if (this.isFull) throw new Error("The disk is full.");
          this.keptEpoch = epoch;
        },
        setAside,
        forgetAside: async () => void this.forgottenAside.push(name),
        discard,
      };
    },
    startAnew: (reason) => {
      if (this.anewAsked.includes(reason)) return null;
      this.anewAsked.push(reason);
      return () => void this.startedAnew.push(reason);
    },
    isOnline: () => this.isOnline,
    onStir: (then) => {
      this.stir = then;
      return () => {};
    },
    guardLeaving: (isNeeded) => {
      this.isLeavingGuarded = isNeeded;
      return () => {};
    },
  };

  connect(program: { schema?: number } = {}): PageConnection {
    const { device } = this;
    return new PageConnection({ page, survey, person: ana, base: "https://host/a/", device, ...program });
  }

  /** What the device kept is in the document. */
  async loads(): Promise<void> {
    if (this.#document) Y.applyUpdate(this.#document, Y.encodeStateAsUpdate(this.keptDoc), "kept");
    this.#loaded.resolve();
    await settle();
  }

  async failsToLoad(): Promise<void> {
    this.#loaded.reject(new Error("The disk cannot be read."));
    await settle();
  }

  get socket(): FakeSocket {
    return must(this.sockets.at(-1), "the browser opened a socket");
  }

  /** The newest socket opens, and the server does everything that it does for somebody who comes in. */
  letsIn(role: Role = "editor", records: SurveyRecord[] = []): FakeSocket {
    const { socket } = this;
    socket.opens();
    socket.says(this.welcome(role));
    socket.says({ say: "records", records });
    socket.sendsAll(this.serverDoc);
    socket.asksWhatItLacks(this.serverDoc);
    this.draws();
    return socket;
  }

  welcome(role: Role): Extract<FromServer, { say: "welcome" }> {
    return {
      say: "welcome",
      version: 1,
      schema: this.welcomeSchema,
      survey,
      person: ana,
      name: "Ana",
      role,
      epoch: this.epoch,
    };
  }

  draws(): void {
    const frames = this.#frames;
    this.#frames = [];
    for (const then of frames) then();
  }

  /** A record as the server would make it of this ask. */
  record(ask: Ask, person: PersonId = ana): SurveyRecord {
    this.#seq += 1;
    return { ...ask, seq: this.#seq, at: this.clock.nowMs, person };
  }

  /** Somebody else types at the end of the page; answers the update. */
  elsewhere(text: string): Uint8Array {
    const before = Y.encodeStateVector(this.serverDoc);
    const body = this.serverDoc.getText("body");
    body.insert(body.length, text);
    return Y.encodeStateAsUpdate(this.serverDoc, before);
  }

  #socketClass(): typeof WebSocket {
    const { sockets } = this;
    class Socket extends FakeSocket {
      constructor(url: string | URL) {
        super(url);
        sockets.push(this);
      }
    }
    return Socket as unknown as typeof WebSocket;
  }
}

/** Lets promises that are settled run their course. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
