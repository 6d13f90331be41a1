import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Setting } from "../../simulation/plan.ts";
import { makePlan } from "../../simulation/plan.ts";
import { play } from "../../simulation/play.ts";
import { shrink } from "../../simulation/shrink.ts";
import type { Asked, Played } from "./thread.ts";

/*
 * `npm run bench -- simulation`: people, networks, disks and a server in one process on a virtual clock, seed after
 * seed. Ends with an error where a rule did not hold. Nothing is written anywhere.
 *
 *   --seeds 10000       how many
 *     --setting storm   which: storm, byzantine, honest, nodes; without it, the first three by turns
 *     --first 1         the first seed
 *     --threads 2       how many are played at once
 *   --smallest 12 --setting storm
 *                       plays one seed, and where it goes wrong prints the fewest steps that still do
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: "string", default: "1000" },
      setting: { type: "string" },
      first: { type: "string", default: "1" },
      threads: { type: "string", default: String(availableParallelism()) },
      smallest: { type: "string" },
    },
  });
  const settings = values.setting ? [settingOf(values.setting)] : settingsByTurns;
  if (values.smallest) return smallest(settings[0]!, Number(values.smallest));
  const flaws = await playAll(settings, Number(values.first), Number(values.seeds), Number(values.threads));
  if (flaws > 0) process.exitCode = 1;
}

const settingsByTurns: readonly Setting[] = ["storm", "byzantine", "honest"];

function settingOf(name: string): Setting {
  const setting = [...settingsByTurns, "nodes" as const].find((each) => each === name);
  if (!setting) throw new Error(`there is no setting ${name}`);
  return setting;
}

/** Plays that many seeds, telling how it goes. Answers how many went wrong. */
async function playAll(
  settings: readonly Setting[],
  first: number,
  count: number,
  threads: number,
): Promise<number> {
  const startMs = performance.now();
  const state = { given: 0, played: 0, flaws: 0 };
  const line = () =>
    `${state.played} seeds, ${state.flaws} of them with flaws; ${Math.round(performance.now() - startMs)} ms`;
  const next = (): Asked | null => {
    if (state.given >= count) return null;
    const n = state.given++;
    return { setting: settings[n % settings.length]!, seed: first + n };
  };
  const take = ({ setting, seed, flaw }: Played) => {
    state.played += 1;
    if (flaw !== null) {
      state.flaws += 1;
      say(`✗ --setting ${setting} --smallest ${seed}: ${flaw}`);
    }
    if (state.played % 100 === 0) say(line());
  };
  await Promise.all(Array.from({ length: threads }, () => playOnThread(next, take)));
  say(line());
  return state.flaws;
}

/** One thread, which plays one seed after the other as long as there is a next one. */
function playOnThread(next: () => Asked | null, take: (played: Played) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url));
    const ask = () => {
      const asked = next();
      if (asked) worker.postMessage(asked);
      else void worker.terminate().then(() => resolve());
    };
    worker.on("error", reject);
    worker.on("message", (played: Played) => {
      take(played);
      ask();
    });
    ask();
  });
}

async function smallest(setting: Setting, seed: number): Promise<void> {
  const plan = makePlan(setting, seed);
  const { flaw } = await play(plan);
  if (flaw === null) return say("Nothing went wrong.");
  const kindOf = (text: string | null) => text?.replaceAll(/\d+/g, "").slice(0, 12);
  const small = await shrink(plan, async (each) => kindOf((await play(each)).flaw) === kindOf(flaw));
  say(flaw);
  say(`${small.people} people, ${small.pages} pages, ${small.nodes} nodes`);
  for (const step of small.steps) say(JSON.stringify(step));
  const again = await play(small);
  for (const each of again.tail.slice(-60)) say(each);
  say(String(again.flaw));
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
