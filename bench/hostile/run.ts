import { parseArgs } from "node:util";
import { accessCases } from "../../server/hostile/access.stage.ts";
import { crowdCases } from "../../server/hostile/crowds.stage.ts";
import { deadPeers, faultCases } from "../../server/hostile/fault-cases.stage.ts";
import { killCold } from "../../server/hostile/faults.stage.ts";
import { frameCases } from "../../server/hostile/frames.stage.ts";
import { fuzzCase, honestCase } from "../../server/hostile/fuzz.stage.ts";
import { presenceCases } from "../../server/hostile/presence.stage.ts";
import { Scene, type Case, type Endured } from "../../server/hostile/scene.stage.ts";
import { sizeCases } from "../../server/hostile/sizes.stage.ts";
import { textCases } from "../../server/hostile/text.stage.ts";
import { flawsOf, flawsOfFault } from "./judge.ts";
import { heading, row, worstOf } from "./table.ts";

/*
 * `npm run bench -- hostile`: what honest people feel while somebody attacks the server, or a machine fails under
 * it. Every case of `server/hostile`, each with the wait of an honest pair (from a letter typed to the letter read),
 * and what it cost the server in memory and processor time. Ends with an error where a promise broke, and says which:
 * what judge.ts says of outcome, waits and memory.
 *
 *   --only frame.           those whose names begin so
 *   --messages 1000000      instead, so many damaged messages
 *   --rounds 100            instead, so many rounds of SIGKILL
 *   --seed 1                of all chance in it
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      messages: { type: "string" },
      rounds: { type: "string" },
      seed: { type: "string", default: "1" },
    },
  });
  const seed = Number(values.seed);
  say(`Seed ${seed}.`);
  const broken = values.rounds
    ? await killed(Number(values.rounds), seed)
    : values.messages
      ? await attacked([fuzzCase(Number(values.messages), seed)])
      : (await attacked(casesNamed(values.only, seed))) + (await failed(values.only, seed));
  if (broken > 0) process.exitCode = 1;
}

function casesNamed(beginning: string, seed: number): Case[] {
  const all = [
    ...[frameCases, sizeCases, textCases, presenceCases, accessCases, crowdCases].flat(),
    honestCase(1_500, seed),
    fuzzCase(10_000, seed),
  ];
  return all.filter(({ name }) => name.startsWith(beginning));
}

/** Lets each attack happen; answers in how many of them a promise broke. */
async function attacked(cases: readonly Case[]): Promise<number> {
  if (cases.length === 0) return 0;
  say(heading);
  const scene = await Scene.open();
  const all: Endured[] = [];
  let broken = 0;
  for (const each of cases) {
    let tookMs: number | null = null;
    const endured = await scene.endure(each, (ms) => (tookMs = ms));
    all.push(endured);
    const flaws = flawsOf(each, endured, tookMs);
    say(row(each.name, flaws.length === 0, endured));
    for (const flaw of flaws) say(`  ${each.name}: ${flaw}`);
    if (flaws.length > 0) broken += 1;
  }
  await scene.close();
  say(worstOf(all));
  return broken;
}

async function killed(rounds: number, seed: number): Promise<number> {
  const { promised, lost } = await killCold(rounds, seed, say);
  say(`${promised} edits seen or acknowledged, ${lost.length} lost ${lost.join("")}`);
  return lost.length;
}

/** Lets machines fail; answers in how many ways a promise broke. */
async function failed(beginning: string, seed: number): Promise<number> {
  let broken = 0;
  for (const each of [deadPeers, ...faultCases]) {
    if (!each.name.startsWith(beginning)) continue;
    const befallen = await each.happen(seed);
    const flaws = flawsOfFault(each, befallen);
    say(`${each.name}: ${flaws.length === 0 ? "kept" : "NOT KEPT"} ${JSON.stringify(befallen)}`);
    for (const flaw of flaws) say(`  ${each.name}: ${flaw}`);
    if (flaws.length > 0) broken += 1;
  }
  return broken;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
