/** All that happened in a run, in its order, as one number: two runs that differ in anything differ in it. */
export class Trace {
  #hash = 0x811c9dc5;
  #lines = 0;
  /** The last lines, for whoever looks into a failure. */
  readonly tail: string[] = [];

  say(line: string, bytes?: Uint8Array): void {
    const all = bytes ? `${line} ${bytes.length} ${mix(0x811c9dc5, bytes).toString(16)}` : line;
    for (let at = 0; at < all.length; at += 1) this.#hash = step(this.#hash, all.charCodeAt(at));
    this.#lines += 1;
    this.tail.push(all);
    if (this.tail.length > 400) this.tail.splice(0, 200);
  }

  get hash(): string {
    return `${this.#lines}-${this.#hash.toString(16)}`;
  }
}

function mix(hash: number, bytes: Uint8Array): number {
  return bytes.reduce(step, hash);
}

/** One step of FNV-1a. */
const step = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193) >>> 0;
