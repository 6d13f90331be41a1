import type { FakeClock } from "../server/sync/fake-clock.ts";

type Message = { atMs: number; bytes: number; arrive: () => void };

/** One direction of a connection: keeps the order, takes its time, and may fall silent or stand still. */
export class Wire {
  readonly #clock: FakeClock;
  readonly #pick: (below: number) => number;
  #queue: Message[] = [];
  #lastMs = 0;
  #isMoving = false;
  #isStill = false;
  isCut = false;
  /** What is sent is lost, and nobody is told. */
  isSilent = false;

  constructor(clock: FakeClock, pick: (below: number) => number) {
    this.#clock = clock;
    this.#pick = pick;
  }

  get waitingBytes(): number {
    return this.#queue.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  send(bytes: number, arrive: () => void): void {
    if (this.isCut || this.isSilent) return;
    this.#lastMs = Math.max(this.#lastMs, this.#clock.nowMs() + 1 + this.#pick(30));
    this.#queue.push({ atMs: this.#lastMs, bytes, arrive });
    this.#move();
  }

  /** Nothing arrives while it stands still, and nothing is lost. */
  stand(isStill: boolean): void {
    this.#isStill = isStill;
    this.#move();
  }

  cut(): void {
    this.isCut = true;
    this.#queue = [];
  }

  #move(): void {
    const [next] = this.#queue;
    if (this.#isMoving || this.#isStill || !next) return;
    this.#isMoving = true;
    this.#clock.schedule(() => this.#deliver(), next.atMs - this.#clock.nowMs());
  }

  #deliver(): void {
    this.#isMoving = false;
    if (this.isCut || this.#isStill) return;
    const message = this.#queue.shift();
    if (!this.isSilent) message?.arrive();
    this.#move();
  }
}
