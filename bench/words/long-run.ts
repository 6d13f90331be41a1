import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import type { Settings } from "../../client/editor/binding/fuzz-plan.stage.ts";
import { delays, settingsOf, shares } from "./contenders.ts";
import type { Played } from "./thread.ts";

type Options = { tokens: number; first: number; threads: number };

/** Plays round after round until enough words were typed, telling how it goes. Answers how many rounds went wrong. */
export async function longRun(options: Options, say: (line: string) => void): Promise<number> {
  const startMs = performance.now();
  const rounds = settingsFrom(options.first);
  const state = { typed: 0, rounds: 0, flaws: 0, told: 0 };
  const line = () => {
    const perSecond = Math.round((state.typed * 1000) / (performance.now() - startMs));
    return `${state.typed} words in ${state.rounds} rounds, ${state.flaws} of them with flaws; ${perSecond} words a second`;
  };
  const take = ({ settings, typed, flaw }: Played) => {
    state.rounds += 1;
    state.typed += typed;
    if (flaw !== null) {
      state.flaws += 1;
      say(`✗ ${nameOf(settings)}: ${flaw}`);
    }
    if (state.typed - state.told < 25_000) return;
    state.told = state.typed;
    say(line());
  };
  const next = () => (state.typed < options.tokens ? (rounds.next().value ?? null) : null);
  await Promise.all(Array.from({ length: options.threads }, () => playAll(next, take)));
  say(line());
  return state.flaws;
}

/** How a round is asked for again: as the options of this bench. */
const nameOf = ({ seed, delay, share }: Settings): string =>
  `--smallest ${Math.floor(seed / 1000)} --delay ${delay} --share ${share}`;

function* settingsFrom(first: number): Generator<Settings, null> {
  for (let n = first; ; n += 1)
    for (const delay of delays) for (const share of shares) yield settingsOf(n, delay, share);
}

/** One thread, which plays one round after the other as long as there is a next one. */
function playAll(next: () => Settings | null, take: (played: Played) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url));
    const ask = () => {
      const settings = next();
      if (settings) worker.postMessage(settings);
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
