/**
 * The way into a store: lets work through until it is closed. Closing waits for the work that is inside, and
 * from then on work that asks to come in rejects without having begun.
 */
export class Entrance {
  #inside = 0;
  #closed: Promise<void> | null = null;
  #empty: () => void = () => {};

  /** Begins the work at once, before this returns; what its start throws is a rejection, too. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("The store is closed.");
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#empty();
    }
  }

  /** Resolves when nothing is inside any more. Closing again is waiting for the same. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      this.#empty = resolve;
      if (this.#inside === 0) resolve();
    });
    return this.#closed;
  }
}
