/** So much per second, and some more at once after a pause. */
export class Allowance {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #nowMs: () => number;
  #left: number;
  #atMs: number;

  constructor({ perSecond, burst }: { perSecond: number; burst: number }, nowMs: () => number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#nowMs = nowMs;
    this.#left = burst;
    this.#atMs = nowMs();
  }

  /** Takes what is asked where any is left; a large taking may go below nothing, and the next one waits longer. */
  take(amount = 1): boolean {
    this.#refill();
    if (this.#left <= 0) return false;
    this.#left -= amount;
    return true;
  }

  /** Takes what has happened already, whether any is left or not. */
  spend(amount: number): void {
    this.#refill();
    this.#left -= amount;
  }

  /** How long until something is left. */
  waitMs(): number {
    this.#refill();
    return this.#left > 0 ? 0 : Math.ceil(((1 - this.#left) / this.#perSecond) * 1000);
  }

  #refill(): void {
    const nowMs = this.#nowMs();
    const gained = (Math.max(0, nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + gained);
    this.#atMs = nowMs;
  }
}
