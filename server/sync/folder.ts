import { Worker } from "node:worker_threads";

/** Folds updates into a verified checkpoint (fold.ts); rejects where that cannot be done. */
export type Fold = (updates: readonly Uint8Array[]) => Promise<Uint8Array>;

export type ToFold = { id: number; updates: readonly Uint8Array[] };
export type Folded = { id: number; state: Uint8Array } | { id: number; problem: string };

type Waiting = { resolve: (state: Uint8Array) => void; reject: (error: Error) => void };

/** The worker thread that folds. Started when first needed; it never keeps the process alive. */
export class Folder {
  #worker: Worker | null = null;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  readonly fold: Fold = (updates) => {
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    const id = ++this.#lastId;
    this.#waiting.set(id, { resolve, reject });
    this.#start().postMessage({ id, updates } satisfies ToFold);
    return promise;
  };

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#giveUp(new Error("The folding worker was closed."));
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    worker.unref();
    worker.on("message", (folded: Folded) => this.#settle(folded));
    worker.on("error", (error) => this.#ended(worker, error));
    worker.on("exit", () => this.#ended(worker, new Error("The folding worker ended.")));
    this.#worker = worker;
    return worker;
  }

  #settle(folded: Folded): void {
    const waiting = this.#waiting.get(folded.id);
    this.#waiting.delete(folded.id);
    if ("state" in folded) waiting?.resolve(folded.state);
    else waiting?.reject(new Error(folded.problem));
  }

  #ended(worker: Worker, error: unknown): void {
    if (this.#worker === worker) this.#giveUp(error);
  }

  /** The next fold starts a new worker. */
  #giveUp(error: unknown): void {
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error instanceof Error ? error : new Error(String(error)));
  }
}
