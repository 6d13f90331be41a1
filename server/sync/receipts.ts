/**
 * Counts how many of a connection's messages with text are durable: the number that frame `saved` tells.
 *
 * A message with a hole is not kept; what it holds is durable once a later answer to our question what we lack
 * (sync step 2) is, since that carries everything its sender has. Until then the count stops in front of it.
 */
export class Receipts {
  #received = 0;
  #durable = 0;
  #holes: number[] = [];

  /** A message arrived: its place among them, from 1. */
  receive(): number {
    return ++this.#received;
  }

  hole(place: number): void {
    this.#holes.push(place);
  }

  /** The message at this place, and so every one before it, is durable, but for those with a hole. */
  durable(place: number, isAnswer: boolean): void {
    this.#durable = Math.max(this.#durable, place);
    if (isAnswer) this.#holes = this.#holes.filter((hole) => hole > place);
  }

  get saved(): number {
    const [hole] = this.#holes;
    return hole === undefined ? this.#durable : Math.min(this.#durable, hole - 1);
  }
}
