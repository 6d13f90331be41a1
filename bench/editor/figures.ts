/** The value below which this share of all lies: 0.5 is the middle, 0.95 all but the worst. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error("Nothing was measured");
  return value;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
