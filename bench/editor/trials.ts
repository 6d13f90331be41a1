import type { Page } from "@playwright/test";
import { percentile } from "./figures.ts";
import type { Spent } from "./meter.ts";
import type { Delivery } from "./remote.ts";
import type { Tab } from "./tab.ts";

/** What one trial measured, by the names of its figures. */
export type Figures = { readonly [figure: string]: number };

/** Something that is measured in an open tab. Those of one page are done one after another in the same tab. */
export type Trial = (tab: Tab) => Promise<Figures>;

/** What is done before it counts: the first of each kind run code that nothing has run yet. */
const warmUps = 8;

export const opening: Trial = ({ openMs }) => Promise.resolve({ open: openMs });

/** Words typed within a paragraph in the middle of the page. */
const typing: Trial = async ({ page, meter }) => {
  await place(page, "inside", "paragraph");
  const keys = [..."the words of somebody who writes without haste about it"];
  const type = (n: number) => press(page, keys[n % keys.length] ?? "e");
  return summary(await grows(page, () => repeat(48, (n) => meter.of(() => type(n)))));
};

const remoteTyping: Trial = (tab) => arrivals(tab, tab.elsewhere.characters(48 + warmUps));

const remoteEnter: Trial = (tab) => arrivals(tab, tab.elsewhere.splits(24 + warmUps));

const remoteHeading: Trial = (tab) => arrivals(tab, tab.elsewhere.toggles(24 + warmUps));

/** Ten people type five keys a second each, and the person at the desk types eight. */
const crowd: Trial = async ({ page, elsewhere }) => {
  await place(page, "inside", "paragraph");
  await load(page, elsewhere.crowd(10, 250));
  const isOver = new AbortController();
  const typed = typeUntil(page, isOver.signal);
  const frames = await page.evaluate(() => window.stage!.receiveAll(20));
  isOver.abort();
  await typed;
  const totalMs = frames.reduce((sum, each) => sum + each, 0);
  return { fps: (1000 * frames.length) / totalMs, "slow frame": percentile(frames, 0.95) };
};

async function typeUntil(page: Page, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await press(page, "e");
    await new Promise((done) => setTimeout(done, 120));
  }
}

/** Enter at the end of an item in the middle of a long list; a letter goes into the new one, and is not counted. */
const enterInList: Trial = async ({ page, meter }) => {
  await place(page, "end", "listItem");
  const enter = async (): Promise<Spent> => {
    const spent = await meter.of(() => press(page, "Enter"));
    await press(page, "e");
    return spent;
  };
  return summary(await grows(page, () => repeat(24, enter)));
};

type Trials = { readonly [name: string]: Trial };

/** Everything that is measured on a page of words, and on a page that is one long list. */
export const ofWords: Trials = {
  "opening, to the first editable paint": opening,
  "a key, typed here": typing,
  "a key, typed elsewhere": remoteTyping,
  "Enter, pressed elsewhere": remoteEnter,
  "a heading made or unmade elsewhere": remoteHeading,
  "ten people typing elsewhere": crowd,
};
export const ofList: Trials = { "Enter, pressed here": enterInList };

async function arrivals(tab: Tab, sent: readonly Delivery[]): Promise<Figures> {
  const { page, meter, session } = tab;
  await place(page, "inside", "paragraph");
  await load(page, sent);
  const receive = () => session.send("Runtime.evaluate", { expression: "stage.receive()" });
  return summary(await repeat(sent.length - warmUps, () => meter.of(receive)));
}

async function repeat(count: number, act: (n: number) => Promise<Spent>): Promise<Spent[]> {
  const spent: Spent[] = [];
  for (let n = 0; n < count + warmUps; n += 1) spent.push(await act(n));
  return spent.slice(warmUps);
}

function summary(spent: readonly Spent[]): Figures {
  const of = (part: keyof Spent, share: number) => {
    const values = spent.map((each) => each[part]);
    return percentile(values, share);
  };
  return {
    "script p50": of("script", 0.5),
    "script p95": of("script", 0.95),
    "layout p50": of("layout", 0.5),
    "rest p50": of("rest", 0.5),
  };
}

const press = (page: Page, key: string): Promise<void> => page.keyboard.press(key);

/** Keys that change nothing would cost nothing: then what was measured is worth nothing. */
async function grows(page: Page, keys: () => Promise<Spent[]>): Promise<Spent[]> {
  const size = () => page.evaluate(() => window.stage!.size);
  const before = await size();
  const spent = await keys();
  if ((await size()) < before + spent.length) throw new Error("The editor did not take all keys");
  return spent;
}

function place(page: Page, where: "inside" | "end", inside: "paragraph" | "listItem"): Promise<void> {
  return page.evaluate(([at, node]) => window.stage!.place(at, node), [where, inside] as const);
}

function load(page: Page, sent: readonly Delivery[]): Promise<void> {
  const texts = sent.map(({ update, presence }) => ({ update: base64(update), presence: base64(presence) }));
  return page.evaluate((all) => window.stage!.load(all), texts);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
