import { parseArgs, isDeepStrictEqual } from "node:util";
import { accessCases } from "../../server/hostile/access.stage.ts";
import { crowdCases } from "../../server/hostile/crowds.stage.ts";
import { bury } from "../../server/hostile/dead-peers.stage.ts";
import {
  fillDisk,
  firstSync,
  killAndRejoin,
  killCold,
  restart,
  setClock,
  withHouse,
} from "../../server/hostile/faults.stage.ts";
import { frameCases } from "../../server/hostile/frames.stage.ts";
import { honestPeople, mutations } from "../../server/hostile/fuzz.stage.ts";
import { presenceCases } from "../../server/hostile/presence.stage.ts";
import { Scene, type Case, type Endured } from "../../server/hostile/scene.stage.ts";
import { sizeCases } from "../../server/hostile/sizes.stage.ts";
import { textCases } from "../../server/hostile/text.stage.ts";
import { heading, row, worstOf } from "./table.ts";

/*
 * `npm run bench -- hostile`: what honest people feel while somebody attacks the server, or a machine fails under
 * it. Every case of `server/hostile`, each with the wait of an honest pair (from a letter typed to the letter read),
 * and what it cost the server in memory and processor time. Ends with an error where a promise broke.
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
      ? await attacked([fuzz(Number(values.messages), seed)])
      : (await attacked(casesNamed(values.only, seed))) + (await failed(values.only, seed));
  if (broken > 0) process.exitCode = 1;
}

const fuzz = (messages: number, seed: number): Case => ({
  name: "fuzz.mutations",
  promise: `${messages} damaged messages leave a sound page`,
  attack: async (arena) => (await mutations(arena, messages, seed)).messages,
  expected: messages,
});

const honest = (seed: number): Case => ({
  name: "honest.fuzz",
  promise: "honest people are never refused",
  attack: (arena) => honestPeople(arena, 1_500, seed),
  expected: { refused: [], apart: 0 },
});

function casesNamed(beginning: string, seed: number): Case[] {
  const all = [
    ...[frameCases, sizeCases, textCases, presenceCases, accessCases, crowdCases].flat(),
    honest(seed),
    fuzz(10_000, seed),
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
    const endured = await scene.endure(each);
    all.push(endured);
    const isKept = isDeepStrictEqual(endured.outcome, each.expected) && isUnharmed(endured);
    say(row(each.name, isKept, endured));
    if (isKept) continue;
    broken += 1;
    say(JSON.stringify({ ...endured, tripsMs: endured.tripsMs.length, expected: each.expected }));
  }
  await scene.close();
  say(worstOf(all));
  return broken;
}

function isUnharmed({ thrownOut, isOneText, unsound, isRunning }: Endured): boolean {
  return thrownOut.length === 0 && isOneText && unsound.length === 0 && isRunning;
}

async function killed(rounds: number, seed: number): Promise<number> {
  const { promised, lost } = await killCold(rounds, seed, say);
  say(`${promised} edits seen or acknowledged, ${lost.length} lost ${lost.join("")}`);
  return lost.length;
}

/** What machines do; the figures are for whoever reads them, and only what is lost counts as broken. */
async function failed(beginning: string, seed: number): Promise<number> {
  const faults: Readonly<Record<string, () => Promise<object>>> = {
    "conn.dead-peers": () => withHouse(bury).then((heldMs) => ({ heldMs })),
    "fault.kill9-cold": () => killCold(6, seed),
    "fault.kill9-rejoin": () => killAndRejoin(seed),
    "fault.disk-full": () => fillDisk(seed),
    "fault.clock-skew": () => setClock().then((clock) => ({ clock })),
    "fault.sigterm": () => restart(300, seed),
    "fault.first-sync": () => firstSync(120_009).then((characters) => ({ characters })),
  };
  let broken = 0;
  for (const [name, fail] of Object.entries(faults)) {
    if (!name.startsWith(beginning)) continue;
    const found = await fail();
    say(`${name}: ${JSON.stringify(found)}`);
    if ("lost" in found && Array.isArray(found.lost)) broken += found.lost.length;
  }
  return broken;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
