import { Worker } from "node:worker_threads";
import { limits } from "../../shared/base/limits.ts";
import type { Seen, ToLook } from "./look.ts";
import type { Folded } from "./outline.ts";

/** Folds updates into a verified checkpoint (fold.ts); rejects where that cannot be done. */
export type Fold = (updates: readonly Uint8Array[]) => Promise<Folded>;
/** Looks at what happened to a page (look.ts). */
export type Look = (page: ToLook) => Promise<Seen>;

/** What a page's text comes to (hash-text.ts). */
export type HashText = (whole: Uint8Array) => Promise<string>;

/** What the worker is asked, and what it answers, by name. */
export type Work = {
  fold: { takes: readonly Uint8Array[]; gives: Folded };
  look: { takes: ToLook; gives: Seen };
  hash: { takes: Uint8Array; gives: string };
};
export type Asked = {
  [Name in keyof Work]: { id: number; name: Name; takes: Work[Name]["takes"] };
}[keyof Work];
type Gives = Work[keyof Work]["gives"];
export type Answered = { id: number; gives: Gives } | { id: number; problem: string };

/** The page's checkpoint in an answer, where it is one. */
export function stateIn(answered: Answered): Uint8Array | null {
  if ("problem" in answered || typeof answered.gives !== "object") return null;
  return "state" in answered.gives ? answered.gives.state : null;
}

/** Of a folded page little dies young; with the room that V8 gives by default, garbage piles up to a page's tenfold. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

type Waiting = { resolve: (gives: unknown) => void; reject: (error: Error) => void };

/** The worker thread that folds and looks. Started when first needed; it never keeps the process alive. */
export class Folder {
  #worker: Worker | null = null;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  readonly fold: Fold = (updates) => this.#ask("fold", updates);
  readonly look: Look = (page) => this.#ask("look", page);
  readonly hash: HashText = (whole) => this.#ask("hash", whole);

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#giveUp(new Error("The folding worker was closed."));
    await worker?.terminate();
  }

  #ask<Name extends keyof Work>(name: Name, takes: Work[Name]["takes"]): Promise<Work[Name]["gives"]> {
    const { promise, resolve, reject } = Promise.withResolvers<Work[Name]["gives"]>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
    this.#start().postMessage({ id, name, takes });
    return promise;
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { resourceLimits });
    worker.unref();
    worker.on("message", (answered: Answered) => this.#settle(answered));
    worker.on("error", (error) => this.#ended(worker, error));
    worker.on("exit", () => this.#ended(worker, new Error("The folding worker ended.")));
    this.#worker = worker;
    return worker;
  }

  #settle(answered: Answered): void {
    const waiting = this.#waiting.get(answered.id);
    this.#waiting.delete(answered.id);
    if ("problem" in answered) waiting?.reject(new Error(answered.problem));
    else waiting?.resolve(answered.gives);
    this.#freeIfLarge(answered);
  }

  /** After a large page it ends, where nothing else waits for it: its memory is given back at once that way only. */
  #freeIfLarge(answered: Answered): void {
    const state = stateIn(answered);
    const isLarge = state !== null && state.length > limits.frameBytes;
    if (!isLarge || this.#waiting.size > 0) return;
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #ended(worker: Worker, error: unknown): void {
    if (this.#worker === worker) this.#giveUp(error);
  }

  /** The next piece of work starts a new worker. */
  #giveUp(error: unknown): void {
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error instanceof Error ? error : new Error(String(error)));
  }
}
