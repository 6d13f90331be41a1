const perBucketMs = 0.1;
const buckets = 200_000;

/** Times on the clock, kept as counts of tenths of a millisecond: millions of them cost nothing. */
export class Latencies {
  readonly #counts = new Uint32Array(buckets);
  #count = 0;

  add(ms: number): void {
    const bucket = Math.max(0, Math.min(buckets - 1, Math.floor(ms / perBucketMs)));
    this.#counts[bucket]! += 1;
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  /** The time that this share of all is not longer than; NaN where there was none. */
  percentile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.#count));
    let seen = 0;
    for (let bucket = 0; this.#count > 0 && bucket < buckets; bucket += 1) {
      seen += this.#counts[bucket]!;
      if (seen >= rank) return (bucket + 1) * perBucketMs;
    }
    return NaN;
  }
}
