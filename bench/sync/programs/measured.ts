import { memoryUsage, cpuUsage } from "node:process";

/*
 * Loaded into each measured server before its own program (`node --import`): answers over the channel to the bench
 * what the process has used. Nothing of it runs between two questions.
 */

/** What is asked for, and what a server's process has used. `collect`: garbage is to be collected first. */
export type Question = { collect: boolean };
export type Used = { cpuMs: number; rssBytes: number; heapBytes: number };

process.on("message", ({ collect }: Question) => {
  if (collect) globalThis.gc?.();
  const { user, system } = cpuUsage();
  const { rss, heapUsed, external } = memoryUsage();
  const used: Used = { cpuMs: (user + system) / 1000, rssBytes: rss, heapBytes: heapUsed + external };
  process.send?.(used);
});
// The server alone decides how long its process lives.
process.channel?.unref();
