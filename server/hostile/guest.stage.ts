import { WebSocket } from "ws";
import type { Role } from "../../shared/access/roles.ts";
import { Outsider, textAt } from "../http/outside.ts";
import { browserFrame, FakeBrowser } from "../sync/fake-browser.ts";
import { Waiting } from "./waiting.stage.ts";

/** How a socket ended: the code, and the reason in the refusal's own word. */
export type Ended = { code: number; reason: string };

/** A raw socket in a page's room: says any bytes, and keeps what it heard as far as it was asked to. */
export class Intruder {
  readonly ws: WebSocket;
  readonly ended: Promise<Ended>;
  #end: Ended | null = null;

  constructor(ws: WebSocket) {
    this.ws = ws;
    // What breaks ends in `close`, which is what tests look at.
    ws.on("error", () => {});
    this.ended = new Promise((resolve) =>
      ws.once("close", (code, reason) => {
        this.#end = { code, reason: String(reason) };
        resolve(this.#end);
      }),
    );
  }

  get isOpen(): boolean {
    return this.#end === null && this.ws.readyState === WebSocket.OPEN;
  }

  /** Why it ended, as far as it has. */
  get reason(): string {
    return this.#end ? `${this.#end.code} ${this.#end.reason}` : "open";
  }

  say(message: Uint8Array | string): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(message);
  }

  /** Says hello, and waits until everything that was said before is read: the answer to a ping comes behind it. */
  async settled(): Promise<void> {
    if (this.ws.readyState === WebSocket.CONNECTING) await Promise.race([opened(this.ws), this.ended]);
    this.say(browserFrame.say({ say: "hello", version: 1, schema: 99, seq: 0 }));
    await this.pinged();
  }

  /** For who has said hello: everything that was said until now is read, or the socket has ended. */
  async pinged(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const hear = (data: Buffer) => data.includes('"say":"pong"') && resolve();
    this.ws.on("message", hear);
    this.say(browserFrame.say({ say: "ping" }));
    await Promise.race([promise, this.ended]);
    this.ws.off("message", hear);
  }

  leave(): void {
    this.ws.terminate();
  }
}

/** An honest browser on a real socket; `look` waits until something holds of what it heard. */
export class Guest {
  readonly browser: FakeBrowser;
  readonly socket: Intruder;
  readonly #waiting = new Waiting();

  constructor(socket: Intruder, browser: FakeBrowser) {
    this.socket = socket;
    this.browser = browser;
    // As it was on an earlier socket.
    browser.isSynced = false;
    const { ws } = socket;
    ws.on("message", (data: Buffer) => {
      browser.hear(new Uint8Array(data));
      this.#waiting.look();
    });
    ws.on("close", () => {
      browser.disconnect();
      this.#waiting.look();
    });
    const begin = () => browser.connect((bytes) => socket.say(bytes));
    if (ws.readyState === WebSocket.OPEN) begin();
    else ws.once("open", begin);
  }

  /** Waits until it holds, looking whenever something arrives; rejects where the socket ends before. */
  until(holds: () => boolean): Promise<void> {
    return this.#waiting.until(holds, () => {
      if (this.socket.ws.readyState > WebSocket.OPEN)
        throw new Error(`the socket ended before it held: ${this.socket.reason}`);
    });
  }

  async synced(): Promise<this> {
    await this.until(() => this.browser.isSynced);
    return this;
  }

  /** Until all that it wrote is told to be on disk. */
  async saved(): Promise<void> {
    await this.until(() => this.browser.saved === this.browser.textSent);
  }

  leave(): void {
    this.socket.leave();
  }
}

function opened(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => ws.once("open", () => resolve()));
}

let addresses = 0;

/** Where sockets come from: each from an address of its own, so that none is held up for the others' haste. */
export function anAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A socket into a page's room, opening. */
export function knock(person: Outsider, page: string, headers: Record<string, string> = {}): Intruder {
  return new Intruder(person.socket(`/sync/${page}`, { "x-forwarded-for": anAddress(), ...headers }));
}

/** A socket in a page's room. */
export async function intrude(person: Outsider, page: string): Promise<Intruder> {
  const intruder = knock(person, page);
  await Promise.race([opened(intruder.ws), intruder.ended]);
  return intruder;
}

/** An honest browser with the page's text. */
export function join(person: Outsider, page: string, client = aClient()): Promise<Guest> {
  return new Guest(knock(person, page), new FakeBrowser(client)).synced();
}

/** An honest browser that was here before comes back, with all that it wrote meanwhile. */
export function rejoin(person: Outsider, page: string, browser: FakeBrowser): Promise<Guest> {
  return new Guest(knock(person, page), browser).synced();
}

let clients = 1_000_000;

/** A Yjs client id that nobody has had in this process; those of the honest pair are higher. */
export function aClient(): number {
  clients += 1;
  return clients;
}

/** A survey, its owner, and whoever comes into it. */
export class Survey {
  readonly owner: Outsider;
  readonly id: string;
  readonly #links = new Map<Role, string>();
  #pages = 0;

  private constructor(owner: Outsider, id: string) {
    this.owner = owner;
    this.id = id;
  }

  static async make(address: string): Promise<Survey> {
    const owner = await new Outsider(address).named("Ana");
    const made = await owner.post("/api/surveys", { title: "Native code" });
    return new Survey(owner, textAt(made.json, "id"));
  }

  async page(markdown = ""): Promise<string> {
    this.#pages += 1;
    const asked = { title: `Page ${this.#pages}`, ...(markdown ? { markdown } : {}) };
    const { json, text } = await this.owner.post(`/api/surveys/${this.id}/pages`, asked);
    const page = textAt(json, "id");
    if (page === "") throw new Error(text);
    return page;
  }

  /** Somebody new, in this role. */
  async person(role: Role, name = `A ${role}`): Promise<Outsider> {
    const stranger = new Outsider(this.owner.address);
    const guest = await stranger.named(name);
    const secret = this.#links.get(role) ?? (await this.#link(role));
    await guest.post(`/api/links/${secret}`);
    return guest;
  }

  /** The owner gives a member another role. */
  async setRole(member: Outsider, role: Role): Promise<void> {
    const asked = { type: "member.set", member: member.id, role };
    await this.owner.post(`/api/surveys/${this.id}/records`, asked);
  }

  async #link(role: Role): Promise<string> {
    const { json } = await this.owner.post(`/api/surveys/${this.id}/links`, { role });
    const secret = textAt(json, "secret");
    this.#links.set(role, secret);
    return secret;
  }
}
