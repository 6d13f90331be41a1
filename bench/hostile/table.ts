import type { Endured } from "../../server/hostile/scene.stage.ts";

/* The table of what was endured, a line as soon as it is known. */

const widths = [24, 7, 8, 8, 10, 10, 8];

const line = (cells: readonly string[]): string =>
  `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(" | ")} |`;

export const heading = [
  line(["case", "kept", "p50 ms", "p99 ms", "worst ms", "grown MB", "cpu s"]),
  line(widths.map((width, at) => (at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`))),
].join("\n");

export function row(name: string, isKept: boolean, { tripsMs, grownBytes, cpuSeconds }: Endured): string {
  const waits = [0.5, 0.99, 1].map((share) => quantile(tripsMs, share).toFixed(1));
  return line([
    name,
    isKept ? "yes" : "NO",
    ...waits,
    (grownBytes / 2 ** 20).toFixed(0),
    cpuSeconds.toFixed(2),
  ]);
}

export function worstOf(all: readonly Endured[]): string {
  const most = (of: (each: Endured) => number) => Math.max(...all.map(of));
  const p99 = most(({ tripsMs }) => quantile(tripsMs, 0.99)).toFixed(0);
  const worst = most(({ tripsMs }) => quantile(tripsMs, 1)).toFixed(0);
  const grown = (most(({ grownBytes }) => grownBytes) / 2 ** 20).toFixed(0);
  return `The worst of all: p99 ${p99} ms, longest wait ${worst} ms, grown by ${grown} MB.`;
}

/** 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
