import { once } from "node:events";
import { WebSocket } from "ws";

/*
 * Plenum as a program outside meets it: the language that the tests of this folder are written in.
 */

export type Said = { status: number; headers: Headers; text: string; json: unknown };

type Sent = {
  method?: string;
  json?: unknown;
  body?: string | Uint8Array<ArrayBuffer> | FormData;
  headers?: Record<string, string>;
};

/** The text at a path in an answer: `textAt(json, "pages", 0, "id")`. Empty where there is none. */
export function textAt(json: unknown, ...path: readonly (string | number)[]): string {
  const found = path.reduce<unknown>((value, key) => {
    const isThere = typeof value === "object" && value !== null && key in value;
    return isThere ? Reflect.get(value, key) : undefined;
  }, json);
  return typeof found === "string" ? found : "";
}

/** Somebody with or without a token, at a Plenum's address. */
export class Outsider {
  readonly address: string;
  readonly token: string | null;
  readonly id: string;

  constructor(address: string, token: string | null = null, id = "") {
    this.address = address;
    this.token = token;
    this.id = id;
  }

  /** Somebody new, by this name. */
  async named(name: string): Promise<Outsider> {
    const { json } = await this.post("/api/session", { name });
    return new Outsider(this.address, textAt(json, "token"), textAt(json, "person", "id"));
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Said> {
    return this.call(path, { headers });
  }

  post(path: string, json: unknown = {}): Promise<Said> {
    return this.call(path, { method: "POST", json });
  }

  async call(path: string, { method = "GET", json, body, headers = {} }: Sent): Promise<Said> {
    const answer = await fetch(this.address + path, {
      method,
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") ?? false;
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : null };
  }

  /** Opens a socket and answers how it ended; `say` is sent as soon as it is open. */
  async closing(path: string, options: { headers?: Record<string, string>; say?: Uint8Array } = {}) {
    const socket = this.socket(path, options.headers);
    if (options.say) socket.on("open", () => socket.send(options.say ?? ""));
    const [code, reason] = await once(socket, "close");
    return { code: Number(code), reason: String(reason) };
  }

  socket(path: string, headers: Record<string, string> = {}): WebSocket {
    return new WebSocket(this.address.replace("http", "ws") + path, {
      headers: { ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }), ...headers },
    });
  }
}
