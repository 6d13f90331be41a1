import { readFile, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { crowdedRoom, onOneCore } from "./bar-crowded-room.ts";
import { growth } from "./bar-growth.ts";
import { joins } from "./bar-joins.ts";
import { killed } from "./bar-killed.ts";
import { manyRooms } from "./bar-many-rooms.ts";
import { memory } from "./bar-memory.ts";
import { presence } from "./bar-presence.ts";
import { quietRoom } from "./bar-quiet-room.ts";
import type { Bar, Figures, Scale } from "./bar.ts";
import { chart } from "./chart.ts";
import { table, type Results } from "./table.ts";

/*
 * `npm run bench -- sync`: Plenum's server beside Hocuspocus and beside relays that do nothing but pass bytes on, each
 * as a process of its own, under the same light clients. The contenders take turns.
 *
 *   --bars 1,3         which of the promises to measure; all of them unless said
 *   --rounds 5         how often each, of which the median counts
 *   --only Plenum      the contenders with this in their names
 *   --seconds 8        how long a crowd types
 *   --traces FOLDER    where recorded writing lies, if anywhere
 *   --kills 6          how often the process is killed in each round
 *   --long             growth behind a million updates, too
 *   --quick            everything once, and briefly: whether it runs, not how fast
 *   --write            puts the tables into docs/performance.md and a chart beside it
 */

const bars: readonly Bar[] = [
  crowdedRoom,
  onOneCore,
  presence,
  joins,
  memory,
  manyRooms,
  growth,
  quietRoom,
  killed,
];

export async function run(args: readonly string[]): Promise<void> {
  const options = optionsOf(args);
  const heading = machine();
  say(heading);
  const measured = new Map<Bar, Results>();
  const sections = [heading];
  for (const bar of bars.filter(({ number }) => options.bars.includes(number))) {
    const results = await measure(bar, options);
    measured.set(bar, results);
    sections.push(`### ${bar.number}. ${bar.title}\n\n${bar.work}\n\n${table(bar, results)}`);
    say(`\n${sections.at(-1)}\n`);
  }
  if (options.write) await write(sections.join("\n\n"), chart(measured));
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      bars: { type: "string", default: bars.map(({ number }) => number).join() },
      rounds: { type: "string" },
      only: { type: "string", default: "" },
      seconds: { type: "string" },
      traces: { type: "string", default: join(import.meta.dirname, "../../../shared/data/editing-traces") },
      kills: { type: "string" },
      long: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const isQuick = values.quick;
  const forMs = Number(values.seconds ?? (isQuick ? 2 : 8)) * 1_000;
  return {
    ...values,
    bars: values.bars.split(",").map(Number),
    rounds: Number(values.rounds ?? (isQuick ? 1 : 5)),
    scale: {
      isQuick,
      isLong: values.long,
      forMs,
      kills: Number(values.kills ?? (isQuick ? 2 : 6)),
      traces: values.traces,
    } satisfies Scale,
  };
}

type Options = ReturnType<typeof optionsOf>;

async function measure(bar: Bar, { rounds, only, scale }: Options): Promise<Results> {
  const contenders = bar.contenders.filter(({ name }) => name.includes(only));
  const results = new Map(contenders.map(({ name }) => [name, [] as Figures[]]));
  for (let round = 1; round <= rounds; round += 1) {
    // Nobody is always the one that the machine is still warm from.
    for (const contender of round % 2 === 1 ? contenders : contenders.toReversed()) {
      const figures = await bar.measure(contender, scale);
      results.get(contender.name)?.push(figures);
      say(`Bar ${bar.number}, round ${round}, ${contender.name}: ${JSON.stringify(figures, rounded)}`);
    }
  }
  return results;
}

function machine(): string {
  const cores = cpus();
  const load = loadavg()[0] ?? 0;
  return [
    `Measured with Node ${process.versions.node} on ${cores[0]?.model.trim() ?? "an unknown processor"}, ${cores.length} cores.`,
    `The load of other programs on it was ${load.toFixed(1)} as it began.`,
  ].join("\n");
}

/** Puts the tables between their two marks, and the chart beside the page. */
async function write(figures: string, picture: string | null): Promise<void> {
  const docs = join(import.meta.dirname, "../../docs");
  const path = join(docs, "performance.md");
  const text = await readFile(path, "utf8");
  const marked =
    /(<!-- figures: npm run bench -- sync --write -->)[^]*?(<!-- end of the sync server's figures -->)/;
  if (!marked.test(text)) throw new Error("docs/performance.md has no place for the figures");
  if (picture) await writeFile(join(docs, "pictures/sync-server.svg"), picture);
  await writeFile(
    path,
    text.replace(marked, (_, from: string, to: string) => `${from}\n\n${figures}\n\n${to}`),
  );
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Math.round(value * 100) / 100 : value;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
