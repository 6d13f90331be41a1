import type { Crowd, Tally } from "./crowd.ts";
import type { ServerProcess } from "./server-process.ts";

/** What a server has used while a crowd typed. */
export type Typed = {
  /** Of one core, while they typed. */
  core: number;
  cpuUsPerDelivery: number;
  cpuUsPerEdit: number;
  p50: number;
  p99: number;
  missing: number;
  closed: number;
  writtenPerEdit: number;
  seconds: number;
};

/** Who types where. */
export type Writer = { crowd: Crowd; writer: number };

/** How long what was typed may take to arrive, once typing has ended. */
const patienceMs = 15_000;

/** All writers type at this pace for so long; done when everything has arrived, or nothing more is awaited. */
export async function typeAll(
  server: ServerProcess,
  writers: readonly Writer[],
  pace: { perSecond: number; forMs: number },
  tally: Tally,
): Promise<Typed> {
  const before = await server.meter();
  const startMs = performance.now();
  await keysAt(writers, pace);
  const after = await server.meter();
  const seconds = (performance.now() - startMs) / 1000;
  await until(() => tally.delivered >= tally.expected, patienceMs);
  // What is still on its way is work, too.
  const end = await server.meter();
  const cpuMs = end.cpuMs - before.cpuMs;
  return {
    core: (after.cpuMs - before.cpuMs) / 1000 / seconds,
    cpuUsPerDelivery: (cpuMs * 1000) / tally.delivered,
    cpuUsPerEdit: (cpuMs * 1000) / tally.edits,
    p50: tally.latencies.percentile(0.5),
    p99: tally.latencies.percentile(0.99),
    missing: tally.expected - tally.delivered,
    closed: tally.closed,
    writtenPerEdit: (end.writtenBytes - before.writtenBytes) / tally.edits,
    seconds,
  };
}

/** Presses keys evenly over the time: each writer at their pace, none at the same moment as another. */
async function keysAt(
  writers: readonly Writer[],
  { perSecond, forMs }: { perSecond: number; forMs: number },
): Promise<void> {
  const startMs = performance.now();
  const keys = Math.floor((writers.length * perSecond * forMs) / 1000);
  const gapMs = forMs / keys;
  for (let pressed = 0; pressed < keys;) {
    const due = Math.min(keys, Math.floor((performance.now() - startMs) / gapMs));
    for (; pressed < due; pressed += 1) {
      const { crowd, writer } = writers[pressed % writers.length]!;
      crowd.type(writer);
    }
    await pause(2);
  }
}

export async function until(holds: () => boolean, patience: number): Promise<void> {
  const endMs = performance.now() + patience;
  while (!holds() && performance.now() < endMs) await pause(5);
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
