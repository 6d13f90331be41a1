import { expect } from "@playwright/test";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { WebSocket } from "ws";
import type { Plenum } from "./plenum.ts";

/*
 * Plenum as other programs meet it: calls and sockets with a token, nothing of Plenum's own code.
 */

export type Made = {
  id: string;
  title: string;
  pages: readonly { id: string; title: string; path: string }[];
};

/** A program that signed in under a name. */
export class Program {
  readonly #plenum: Plenum;
  readonly token: string;

  private constructor(plenum: Plenum, token: string) {
    this.#plenum = plenum;
    this.token = token;
  }

  static async signIn(plenum: Plenum, name: string): Promise<Program> {
    const answer = await fetch(`${plenum.address}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name }),
    });
    const { token } = (await answer.json()) as { token: string };
    return new Program(plenum, token);
  }

  /** A call with the token; what it answers is the caller's to judge. */
  call(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, "content-type": "application/json" };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(this.#plenum.address + path, { method, headers, ...content });
  }

  async makesSurvey(title: string): Promise<Made> {
    const answer = await this.call("POST", "/api/surveys", { title, template: "problem-survey" });
    return (await answer.json()) as Made;
  }

  /** The address that lets a person in with this role. */
  async makesLink(survey: string, role: string): Promise<string> {
    const answer = await this.call("POST", `/api/surveys/${survey}/links`, { role });
    return ((await answer.json()) as { url: string }).url;
  }

  async exports(page: string): Promise<string> {
    const answer = await this.call("GET", `/api/pages/${page}/export.md`);
    return answer.text();
  }

  /** A page's document, held by an unmodified y-websocket provider. */
  joins(page: string): { doc: Y.Doc; provider: WebsocketProvider } {
    const headers = { authorization: `Bearer ${this.token}` };
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(`${this.#plenum.address.replace("http", "ws")}/sync`, page, doc, {
      disableBc: true,
      WebSocketPolyfill: class extends WebSocket {
        constructor(url: string | URL, protocols?: string | string[]) {
          super(url, protocols ?? [], { headers });
        }
      } as unknown as typeof globalThis.WebSocket,
    });
    return { doc, provider };
  }

  /** Changes a copy of a page that nobody else has; answers the change as an update. */
  async writesAside(page: string, change: (doc: Y.Doc) => void): Promise<Uint8Array> {
    const { doc, provider } = this.joins(page);
    await expect.poll(() => provider.synced).toBe(true);
    provider.destroy();
    const before = Y.encodeStateVector(doc);
    change(doc);
    return Y.encodeStateAsUpdate(doc, before);
  }
}
