import { cpus, loadavg } from "node:os";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser } from "@playwright/test";
import { chooseBrowser } from "../../scripts/browser.ts";
import { thisMachine } from "../../scripts/this-machine.ts";
import { asPlenum } from "./as-plenum.ts";
import { asTiptap } from "./as-tiptap.ts";
import type { Contender } from "./contender.ts";
import { profiled, told } from "./profile.ts";
import { buildProgram, type Program } from "./program.ts";
import { listPage, randomPage, type Part } from "./random-page.ts";
import { Tab } from "./tab.ts";
import { table, type Result } from "./table.ts";
import { ofList, ofWords, opening, type Figures, type Trial } from "./trials.ts";

/*
 * `npm run bench -- editor`: Plenum's editor and Tiptap's own collaboration, on the same pages, in a real browser.
 *
 *   --words 30000,100000   the sizes of the pages; 0 for none
 *   --list 2000            the items of the page that is a list; 0 for none
 *   --runs 5               how often each is measured, in a new browser context, the two in turn
 *   --only WORD            the trials with this word in their names
 *   --profile              which functions cost what, instead of figures
 *   --write                puts the figures into docs/performance.md
 */

const seed = 20_261_122;
const contenders = [asPlenum, asTiptap] as const;

type Sheet = { title: string; parts: readonly Part[]; trials: [string, Trial][]; budgets: Budgets };
type Budgets = { readonly [trial: string]: string };

export async function run(args: readonly string[]): Promise<void> {
  const options = optionsOf(args);
  const program = await buildProgram(options.profile);
  const browser = await launch();
  try {
    const heading = machine(browser);
    const sections: string[] = [heading];
    for (const sheet of sheetsOf(options)) {
      if (options.profile) await profile(browser, program, sheet);
      else
        sections.push(
          `### ${sheet.title}\n\n${table(await measure(browser, program, sheet, options.runs), sheet.budgets)}`,
        );
    }
    if (options.profile) return;
    say(sections.join("\n\n"));
    if (options.write) await write(sections.join("\n\n"));
  } finally {
    await browser.close();
    await program.close();
  }
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      words: { type: "string", default: "30000,100000" },
      list: { type: "string", default: "2000" },
      runs: { type: "string", default: "5" },
      only: { type: "string", default: "" },
      profile: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const sizes = values.words.split(",").map(Number).filter(Boolean);
  return { ...values, sizes, items: Number(values.list), runs: Number(values.runs) };
}

type Options = ReturnType<typeof optionsOf>;

function sheetsOf({ sizes, items, only }: Options): Sheet[] {
  const chosen = (trials: typeof ofWords) => Object.entries(trials).filter(([name]) => name.includes(only));
  const grouped = (count: number) => count.toLocaleString("en");
  const sheets = sizes.map((words) => ({
    title: `A page of ${grouped(words)} words`,
    parts: randomPage(words, seed),
    trials: chosen(ofWords),
    budgets: words > 30_000 ? large : small,
  }));
  const list = {
    title: `A list of ${grouped(items)} items`,
    parts: listPage(items, seed),
    trials: chosen(ofList),
    budgets: { "Enter, pressed here": "p95 < 16 ms" },
  };
  return [...sheets, ...(items > 0 ? [list] : [])].filter(({ trials }) => trials.length > 0);
}

/** What Plenum promises of the page of 30,000 words, and of the larger one. */
const small: Budgets = {
  "opening, to the first editable paint": "< 1,000 ms",
  "a key, typed here": "p95 < 5 ms",
  "a key, typed elsewhere": "p95 < 5 ms",
  "Enter, pressed elsewhere": "p95 < 5 ms",
  "a heading made or unmade elsewhere": "p95 < 5 ms",
};
const large: Budgets = {
  "a key, typed here": "p95 < 16 ms",
  "a key, typed elsewhere": "p95 < 8 ms",
  "Enter, pressed elsewhere": "p95 < 8 ms",
  "a heading made or unmade elsewhere": "p95 < 8 ms",
  "ten people typing elsewhere": "> 50 fps",
};

async function measure(browser: Browser, program: Program, sheet: Sheet, runs: number): Promise<Result[]> {
  const results = sheet.trials.map(([trial]) => ({
    trial,
    plenum: [] as Figures[],
    tiptap: [] as Figures[],
  }));
  for (let n = 0; n < runs; n += 1) {
    // Neither is always the one that the machine is still warm from.
    for (const contender of n % 2 === 0 ? contenders : contenders.toReversed()) {
      const figures = await oneRun(browser, program, contender, sheet);
      results.forEach((result, trial) => result[contender.name].push(figures[trial]!));
      say(`${sheet.title}, run ${n + 1}, ${contender.name}: ${JSON.stringify(figures, rounded)}`);
    }
  }
  return results;
}

async function oneRun(
  browser: Browser,
  program: Program,
  contender: Contender,
  sheet: Sheet,
): Promise<Figures[]> {
  const tab = await Tab.start(browser, program, contender, sheet.parts);
  await tab.open();
  const figures: Figures[] = [];
  for (const [, trial] of sheet.trials) figures.push(await trial(tab));
  await tab.close();
  return figures;
}

async function profile(browser: Browser, program: Program, { title, parts, trials }: Sheet): Promise<void> {
  const tab = await Tab.start(browser, program, asPlenum, parts);
  const tell = async (name: string, run: () => Promise<unknown>): Promise<void> => {
    const acts = tab.meter.acts;
    const each = async () => {
      await run();
      return Math.max(1, tab.meter.acts - acts);
    };
    say(`${title}: ${name}\n${told(await profiled(tab.session, each))}\n`);
  };
  await tell("opening", () => tab.open());
  for (const [name, trial] of trials) if (trial !== opening) await tell(name, () => trial(tab));
  await tab.close();
}

async function launch(): Promise<Browser> {
  const choice = chooseBrowser(thisMachine());
  if (!("use" in choice)) throw new Error(`There is no Chromium to measure in. ${choice.advice}`);
  const args = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
  ];
  return chromium.launch({ executablePath: choice.use, args });
}

function machine(browser: Browser): string {
  const cores = cpus();
  const load = loadavg()[0] ?? 0;
  return [
    `Measured with Chromium ${browser.version()} on ${cores[0]?.model.trim() ?? "an unknown processor"}, ${cores.length} cores.`,
    `The load of other programs on it was ${load.toFixed(1)} as it began.`,
  ].join("\n");
}

/** Puts the figures between their two marks. */
async function write(figures: string): Promise<void> {
  const path = join(import.meta.dirname, "../../docs/performance.md");
  const text = await readFile(path, "utf8");
  const marked = /(<!-- figures: npm run bench -- editor --write -->)[^]*(<!-- end of figures -->)/;
  if (!marked.test(text)) throw new Error("docs/performance.md has no place for the figures");
  await writeFile(
    path,
    text.replace(marked, (_, from: string, to: string) => `${from}\n\n${figures}\n\n${to}`),
  );
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === "number" ? Math.round(value * 100) / 100 : value;

const say = (text: string): void => void process.stdout.write(`${text}\n`);
