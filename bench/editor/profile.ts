import type { CDPSession } from "@playwright/test";

/** Where scripts spent their time: by function, in milliseconds for each act. */
export type Cost = { name: string; self: number; total: number };

type Sampled = Awaited<ReturnType<typeof stop>>;

/** Samples the page's scripts while a trial runs; answers what each function cost, the dearest first. */
export async function profiled(session: CDPSession, trial: () => Promise<number>): Promise<Cost[]> {
  await session.send("Profiler.enable");
  await session.send("Profiler.setSamplingInterval", { interval: 100 });
  await session.send("Profiler.start");
  const acts = await trial();
  return costs(await stop(session), acts);
}

async function stop(session: CDPSession) {
  return (await session.send("Profiler.stop")).profile;
}

function costs({ nodes, samples = [], timeDeltas = [] }: Sampled, acts: number): Cost[] {
  const parents = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || "(anonymous)"} ${url.split("/").at(-1)}:${lineNumber + 1}`,
    ]),
  );
  const found = new Map<string, Cost>();
  const costOf = (name: string): Cost => {
    const cost = found.get(name) ?? { name, self: 0, total: 0 };
    found.set(name, cost);
    return cost;
  };
  samples.forEach((sample, n) => {
    const ms = (timeDeltas[n] ?? 0) / 1000 / acts;
    costOf(names.get(sample) ?? "").self += ms;
    // A function that calls itself is counted once.
    const stack = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id))
      stack.add(names.get(id) ?? "");
    for (const name of stack) costOf(name).total += ms;
  });
  return [...found.values()].filter(({ name }) => !/^\((root|idle|program)\)/.test(name));
}

/** The dearest functions as lines: by what they did themselves, then with all that they called. */
export function told(all: readonly Cost[], most = 25): string {
  const line = ({ name, self, total }: Cost) =>
    `${self.toFixed(3).padStart(9)} ${total.toFixed(3).padStart(9)}  ${name}`;
  const top = (part: "self" | "total") =>
    all
      .toSorted((a, b) => b[part] - a[part])
      .slice(0, most)
      .map(line);
  return ["     self     total  (ms each)", ...top("self"), "  — by total", ...top("total")].join("\n");
}
