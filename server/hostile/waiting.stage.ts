/** Those who wait for something to hold, and look again whenever anything happened. */
export class Waiting {
  readonly #wakes = new Set<() => void>();

  /** Something happened. */
  look(): void {
    for (const wake of this.#wakes) wake();
    this.#wakes.clear();
  }

  /** Resolves when it holds; `giveUp` throws where it cannot hold any more. */
  async until(holds: () => boolean, giveUp: () => void = () => {}): Promise<void> {
    while (!holds()) {
      giveUp();
      await new Promise<void>((resolve) => this.#wakes.add(resolve));
    }
  }
}
