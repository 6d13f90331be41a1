import { parseArgs } from "node:util";
import { makePlan, type Plan } from "../../client/editor/binding/fuzz-plan.stage.ts";
import { play } from "../../client/editor/binding/fuzz-round.stage.ts";
import { shrink } from "../../client/editor/binding/fuzz-shrink.stage.ts";
import { commonKeys, contenders, settingsOf } from "./contenders.ts";
import { longRun } from "./long-run.ts";
import { flawOf } from "./round.ts";
import { none, table, withOutcome, type Row } from "./tally.ts";

/*
 * `npm run bench -- words`: what becomes of words that three to five people type at once, each word once, while
 * others of them restructure, cut, paste, undo and go away. Nothing is written anywhere.
 *
 *   --rounds 10             plays that many rounds of each setting with every editor, and prints one table
 *   --tokens 1000000        plays Plenum alone, by every key it has, until that many words were typed; ends with an
 *                           error where one was lost
 *     --first 1             the number of the first round
 *     --threads 1           how many rounds are played at once
 *   --smallest 12 --delay 60 --share 0.16
 *                           plays one round of Plenum, and where it goes wrong prints the fewest steps that still do
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string", default: "10" },
      tokens: { type: "string" },
      first: { type: "string", default: "1" },
      threads: { type: "string", default: "1" },
      smallest: { type: "string" },
      delay: { type: "string", default: "60" },
      share: { type: "string", default: "0.16" },
    },
  });
  if (values.smallest) smallest(Number(values.smallest), Number(values.delay), Number(values.share));
  else if (!values.tokens) compare(Number(values.rounds));
  else {
    const flaws = await longRun(
      { tokens: Number(values.tokens), first: Number(values.first), threads: Number(values.threads) },
      say,
    );
    if (flaws > 0) process.exitCode = 1;
  }
}

function compare(rounds: number): void {
  const rows: Row[] = [];
  for (const delay of [3, 10, 60]) {
    for (const share of [0.16, 0.34]) {
      const plans = Array.from({ length: rounds }, (_, n) =>
        makePlan(settingsOf(n + 1, delay, share, commonKeys)),
      );
      for (const [name, contender] of Object.entries(contenders)) {
        const tally = plans.reduce((sum, plan) => withOutcome(sum, play(plan, contender, false)), none);
        rows.push({ delay, share, name, tally });
      }
    }
  }
  say(table(rows));
}

function smallest(n: number, delay: number, share: number): void {
  const plan = makePlan(settingsOf(n, delay, share));
  const flaw = flawOf(plan);
  if (flaw === null) return say("Nothing went wrong.");
  const kind = (each: Plan) => flawOf(each)?.replaceAll(/\d+/g, "").slice(0, 40);
  const small = shrink(plan, (each) => kind(each) === kind(plan));
  say(flaw);
  say(`${small.people} people`);
  for (const step of small.steps) say(JSON.stringify(step));
  say(String(flawOf(small)));
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
