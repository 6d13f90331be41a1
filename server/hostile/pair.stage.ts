import { Worker } from "node:worker_threads";
import type { Outsider } from "../http/outside.ts";
import type { Ended } from "./guest.stage.ts";
import type { PairAsked, PairSaid } from "./pair-thread.stage.ts";
import { Waiting } from "./waiting.stage.ts";

/** What two honest people went through: how long each letter took, whether they were thrown out, what they read. */
export type Lived = { tripsMs: number[]; ended: Ended[]; texts: string[] };

/** Two honest people, both of them editors, who write to each other while somebody attacks. */
export class Pair {
  readonly #thread = new Worker(new URL("./pair-thread.stage.ts", import.meta.url), { execArgv: [] });
  readonly #people: readonly Outsider[];
  #lived: Lived = { tripsMs: [], ended: [], texts: [] };
  #client = 0xf0000000;
  readonly #waiting = new Waiting();
  #state: "ready" | "meeting" | "over" = "over";

  constructor(people: readonly Outsider[]) {
    this.#people = people;
    this.#thread.on("message", (said: PairSaid) => this.#hear(said));
  }

  /** They are in this page's room, and writing. */
  async meet(page: string): Promise<void> {
    this.#lived = { tripsMs: [], ended: [], texts: [] };
    this.#state = "meeting";
    const clients = this.#people.map(() => (this.#client += 1));
    const tokens = this.#people.map(({ token }) => token ?? "");
    const address = this.#people[0]?.address ?? "";
    this.#thread.postMessage({ address, tokens, page, clients } satisfies PairAsked);
    await this.trips(3);
  }

  /** So many letters more have arrived, or they were thrown out. */
  async trips(more: number): Promise<void> {
    const enough = this.#lived.tripsMs.length + more;
    await this.#waiting.until(() => this.#lived.tripsMs.length >= enough || this.#state === "over");
  }

  async part(): Promise<Lived> {
    this.#thread.postMessage("stop");
    await this.#waiting.until(() => this.#state === "over");
    return this.#lived;
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  #hear(message: PairSaid): void {
    if (message.said === "ready") this.#state = "ready";
    else if (message.said === "trip") this.#lived.tripsMs.push(message.ms);
    else {
      this.#lived = { ...this.#lived, ended: message.ended, texts: message.texts };
      this.#state = "over";
    }
    this.#waiting.look();
  }
}
