import type { Range } from "./walk.ts";

/** Spans of one author's clocks, apart from each other, in order. */
export class Spans {
  readonly #starts: number[];
  readonly #ends: number[];

  constructor(starts: number[] = [], ends: number[] = []) {
    this.#starts = starts;
    this.#ends = ends;
  }

  copy(): Spans {
    return new Spans([...this.#starts], [...this.#ends]);
  }

  cover({ clock, end }: Range): boolean {
    const at = this.#lastStartingBy(clock);
    return at >= 0 && this.#ends[at]! >= end;
  }

  /** What of a range is not in any span, in order. */
  lackOf({ author, clock, end }: Range): Range[] {
    const lack: Range[] = [];
    let from = clock;
    for (let at = Math.max(0, this.#lastStartingBy(clock)); from < end && at < this.#starts.length; at += 1) {
      const start = this.#starts[at]!;
      if (start >= end) break;
      if (start > from) lack.push({ author, clock: from, end: start });
      from = Math.max(from, this.#ends[at]!);
    }
    return from < end ? [...lack, { author, clock: from, end }] : lack;
  }

  /** The spans as ranges of this author. */
  ranges(author: number): Range[] {
    return this.#starts.map((clock, at) => ({ author, clock, end: this.#ends[at]! }));
  }

  remove(range: Range): void {
    const { author, clock, end } = range;
    if (!this.#starts.some((start, at) => start < end && this.#ends[at]! > clock)) return;
    const gone = new Spans([clock], [end]);
    const left = this.ranges(author).flatMap((each) => gone.lackOf(each));
    this.#starts.splice(0, this.#starts.length, ...left.map((each) => each.clock));
    this.#ends.splice(0, this.#ends.length, ...left.map((each) => each.end));
  }

  /** Says each, in order. */
  each(hear: (clock: number, end: number) => void): void {
    for (let at = 0; at < this.#starts.length; at += 1) hear(this.#starts[at]!, this.#ends[at]!);
  }

  get count(): number {
    return this.#starts.length;
  }

  add({ clock, end }: Range): void {
    this.addUpTo(clock, end);
  }

  addUpTo(clock: number, end: number): void {
    // Most come in order, and there may be tens of thousands.
    if (this.#starts.length === 0 || clock > this.#ends.at(-1)!) {
      this.#starts.push(clock);
      this.#ends.push(end);
      return;
    }
    const before = this.#lastStartingBy(clock);
    const joins = before >= 0 && this.#ends[before]! >= clock;
    const from = joins ? before : before + 1;
    let to = from;
    let last = end;
    while (to < this.#starts.length && this.#starts[to]! <= end) last = Math.max(last, this.#ends[to++]!);
    const first = joins ? this.#starts[from]! : clock;
    this.#starts.splice(from, to - from, first);
    this.#ends.splice(from, to - from, last);
  }

  #lastStartingBy(clock: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= clock) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
