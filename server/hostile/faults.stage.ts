import { setTimeout as pass } from "node:timers/promises";

import { chanceOf } from "../../shared/base/chance.ts";
import type { Outsider } from "../http/outside.ts";

import { browserFrame } from "../sync/fake-browser.ts";
import { aClient, join, Survey, type Guest } from "./guest.stage.ts";
import { Plenum } from "./process.stage.ts";
import { Returning } from "./returning.stage.ts";

/* What machines do to a server: kill it, fill its disk, set its clock. Each fault has a process of its own. */

/** A running Plenum with a survey that has one page. */
export type House = { plenum: Plenum; survey: Survey; page: string };

export async function withHouse<T>(
  use: (house: House) => Promise<T>,
  options: Parameters<typeof Plenum.start>[0] = {},
): Promise<T> {
  const plenum = await Plenum.start(options);
  try {
    const survey = await Survey.make(plenum.address);
    return await use({ plenum, survey, page: await survey.page() });
  } finally {
    await plenum.close();
  }
}

/** So many people in this role. */
function peopleOf(survey: Survey, count: number, role: "editor" | "reader" = "editor"): Promise<Outsider[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => survey.person(role, `Person ${at}`)));
}

/** Every word that was ever written, and which of them somebody saw or was told to be on disk. */
export class Words {
  readonly #promised = new Set<string>();
  #next = 0;

  get promised(): ReadonlySet<string> {
    return this.#promised;
  }

  get length(): number {
    return this.#next;
  }

  /** A word that was never written before. */
  next(): string {
    this.#next += 1;
    return `w${this.#next} `;
  }

  promise(words: Iterable<string>): void {
    for (const word of words) this.#promised.add(word);
  }

  /** Those that were promised and are not in this text. */
  lostFrom(text: string): string[] {
    const there = new Set(text.match(/w\d+ /g) ?? []);
    return [...this.#promised].filter((word) => !there.has(word));
  }
}

/** Somebody who types a word whenever the one before has left, until the socket ends. */
async function typeUntilCut(guest: Guest, words: Words): Promise<void> {
  const { browser, socket } = guest;
  const sent: string[] = [];
  // Every word is one message; the one before the first is the answer to the server's question.
  const firstMessage = browser.textSent;
  while (socket.isOpen) {
    const word = words.next();
    const place = browser.textSent;
    browser.write(word);
    if (browser.textSent > place) sent.push(word);
    await pass(2);
  }
  words.promise(sent.slice(0, Math.max(0, browser.saved - firstMessage)));
}

/** One life of the server: three people write, a fourth reads, SIGKILL in the middle of it, and it starts again. */
async function killOnce({ plenum, page }: House, people: readonly Outsider[], words: Words, edits: number) {
  const guests = await Promise.all(people.map((person) => join(person, page)));
  const [reader, ...writers] = guests;
  if (!reader) throw new Error("somebody reads");
  for (const writer of writers) await writer.saved();
  const seen = () => reader.browser.text.match(/w\d+ /g) ?? [];
  const before = seen().length;
  const typing = writers.map((writer) => typeUntilCut(writer, words));
  await reader.until(() => seen().length >= before + edits);
  await plenum.end("SIGKILL");
  await Promise.all([...typing, reader.socket.ended]);
  words.promise(seen());
  await plenum.start();
}

type Loss = { promised: number; lost: string[] };

/** Rounds of SIGKILL; what was written comes back from the disk alone, since nobody who wrote it comes back. */
export async function killCold(
  rounds: number,
  seed: number,
  say: (line: string) => void = () => {},
): Promise<Loss> {
  return withHouse(async (house) => {
    const chance = chanceOf(seed);
    const words = new Words();
    const people = await peopleOf(house.survey, 4);
    let lost: string[] = [];
    for (let round = 1; round <= rounds && lost.length === 0; round += 1) {
      await killOnce(house, people, words, 180 + Math.floor(80 * chance()));
      lost = words.lostFrom(await textOf(house));
      say(`round ${round}: ${words.promised.size} seen or acknowledged, ${lost.length} lost`);
    }
    return { promised: words.promised.size, lost };
  });
}

/** The page as a stranger to it reads it now. */
export async function textOf({ survey, page }: House): Promise<string> {
  const guest = await join(await survey.person("reader"), page);
  guest.leave();
  return guest.browser.text;
}

/** Everyone comes back after SIGKILL: what they alone still had is there again, and all read one text. */
export async function killAndRejoin(seed: number): Promise<{ lost: string[]; texts: number }> {
  return withHouse(async (house) => {
    const chance = chanceOf(seed);
    const words = new Words();
    const people = await peopleOf(house.survey, 4);
    const everyone = people.map((person) => new Returning(person, house.page, chance));
    await Promise.all(everyone.map((each) => each.back(0)));
    for (let life = 1; life <= 2; life += 1) {
      await Promise.all([writeSome(everyone, words), house.plenum.end("SIGKILL")]);
      await writeSome(everyone, words);
      await house.plenum.start();
      await Promise.all(everyone.map((each) => each.back(life)));
    }
    const length = words.length;
    await Promise.all(everyone.map((each) => each.until(() => wordsIn(each.browser.text) >= length)));
    const texts = new Set([await textOf(house), ...everyone.map(({ browser }) => browser.text)]);
    for (const each of everyone) each.leave();
    return { lost: words.lostFrom(await textOf(house)), texts: texts.size };
  });
}

/** Each writes some words of their own, which nobody is to lose. */
async function writeSome(everyone: readonly Returning[], words: Words): Promise<void> {
  for (let left = 10; left > 0; left -= 1) {
    for (const { browser } of everyone) {
      const word = words.next();
      browser.write(word);
      words.promise([word]);
    }
    await pass(2);
  }
}

export const wordsIn = (text: string): number => new Set(text.match(/w\d+ /g)).size;

type FullDisk = {
  /** How the writer was told, and how soon. */
  told: { code: number; reason: string };
  toldMs: number;
  isUp: boolean;
  isReaderLeftAlone: boolean;
  recoveredMs: number;
  lost: string[];
};

/** The disk takes nothing for a while: writers are told, nothing acknowledged is lost, and it goes on by itself. */
export async function fillDisk(seed: number): Promise<FullDisk> {
  return withHouse(async (house) => {
    const { plenum, page, survey } = house;
    const words = new Words();
    const [writing, reading] = await peopleOf(survey, 2);
    if (!writing || !reading) throw new Error("two people");
    const writer = new Returning(writing, page, chanceOf(seed));
    const reader = await join(reading, page);
    await writer.back(0);
    await writeSome([writer], words);
    await writer.saved();
    await plenum.limitFiles(1);
    const beganMs = performance.now();
    const { ended } = writer.guest.socket;
    await writeSome([writer], words);
    const told = await ended;
    const toldMs = performance.now() - beganMs;
    const isUp = (await reading.get("/healthz")).status === 200;
    const isReaderLeftAlone = reader.socket.isOpen;
    await writer.until(() => writer.closeCodes.length >= 2);
    await plenum.limitFiles(null);
    const freedMs = performance.now();
    await writer.saved();
    const recoveredMs = performance.now() - freedMs;
    await reader.until(() => wordsIn(reader.browser.text) >= words.length);
    writer.leave();
    await plenum.end("SIGKILL");
    await plenum.start();
    return { told, toldMs, isUp, isReaderLeftAlone, recoveredMs, lost: words.lostFrom(await textOf(house)) };
  });
}

type Restarted = {
  exitCode: number | null;
  closeCodes: number[];
  readyMs: number;
  backMs: number;
  lost: string[];
};

/** Told to stop with so many people on one page, some of whom write; then started again. */
export async function restart(sockets: number, seed: number): Promise<Restarted> {
  return withHouse(async (house) => {
    const chance = chanceOf(seed);
    const words = new Words();
    const people = await peopleOf(house.survey, Math.ceil(sockets / 15));
    const everyone = Array.from({ length: sockets }, (_, at) => {
      const person = people[at % people.length];
      if (!person) throw new Error("somebody comes");
      return new Returning(person, house.page, chance);
    });
    await Promise.all(everyone.map((each) => each.back(0)));
    const writers = everyone.slice(0, 3);
    await writeSome(writers, words);
    const [exitCode] = await Promise.all([house.plenum.end("SIGTERM"), writeSome(writers, words)]);
    const beganMs = performance.now();
    await house.plenum.start();
    const readyMs = performance.now() - beganMs;
    await Promise.all(everyone.map((each) => each.back(1)));
    const backMs = performance.now() - beganMs - readyMs;
    await Promise.all(writers.map((each) => each.saved()));
    const closeCodes = [...new Set(everyone.map(({ closeCodes: [first] }) => first ?? 0))];
    for (const each of everyone) each.leave();
    return { exitCode, closeCodes, readyMs, backMs, lost: words.lostFrom(await textOf(house)) };
  });
}

/** A long page, read first by somebody who comes right after a restart: how much of it they have when told to be in sync. */
export async function firstSync(characters: number): Promise<number> {
  return withHouse(async (house) => {
    const [writer, reader] = await peopleOf(house.survey, 2);
    if (!writer || !reader) throw new Error("two people");
    const guest = await join(writer, house.page);
    const before = guest.browser.text.length;
    for (let left = characters; left > 0; left -= 10_000)
      guest.browser.write("x".repeat(Math.min(left, 10_000)));
    await guest.saved();
    await house.plenum.end("SIGKILL");
    await house.plenum.start();
    return (await join(reader, house.page)).browser.text.length - before;
  });
}

const hourMs = 60 * 60 * 1000;
/** By how much the clock is set, one after the other: forth, back, far forth, and back again. */
const jumpsMs = [2 * hourMs, -4 * hourMs, 30 * 24 * hourMs, -30 * 24 * hourMs];

/** Sets this process's clock by the next jump whenever it is sent the signal; the threads in it keep the true one. */
const jumpingClock = `data:text/javascript,${encodeURIComponent(`
  const Real = Date;
  const jumps = ${JSON.stringify(jumpsMs)};
  let skew = 0;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length === 0 ? [Real.now() + skew] : given)); }
    static now() { return Real.now() + skew; }
  };
  process.on("SIGUSR2", () => { skew += jumps.shift() ?? 0; });
`)}`;

/** What still works after each jump of the server's clock; `jumps` is how far it went, in hours. */
export async function setClock(): Promise<{ jumps: number[]; working: string[] }> {
  return withHouse(
    async (house) => {
      const [ana, ben] = await peopleOf(house.survey, 2);
      if (!ana || !ben) throw new Error("two people");
      const pair = { writer: await join(ana, house.page), reader: await join(ben, house.page) };
      const jumps: number[] = [];
      const working: string[] = [];
      for (const _ of jumpsMs) {
        const before = await clockOf(house);
        house.plenum.signal("SIGUSR2");
        let after = before;
        while (Math.abs(after - before) < hourMs) after = await clockOf(house);
        jumps.push(Math.round((after - before) / hourMs));
        working.push(await workingOf(house, pair));
      }
      return { jumps, working };
    },
    { importing: jumpingClock },
  );
}

/** What the server takes for the time: that of a record made now. */
async function clockOf({ survey }: House): Promise<number> {
  const title = `Renamed ${aClient()}`;
  const { json } = await survey.owner.post(`/api/surveys/${survey.id}/records`, {
    type: "survey.renamed",
    title,
  });
  return Number((json as { at: number }).at);
}

async function workingOf(
  house: House,
  { writer, reader }: { writer: Guest; reader: Guest },
): Promise<string> {
  const word = `w${aClient()} `;
  writer.browser.write(word);
  await writer.saved();
  await reader.until(() => reader.browser.text.includes(word));
  const { clientID } = writer.browser.doc;
  const others = () => JSON.stringify([...reader.browser.present.values()]);
  const place = { type: null, tname: "body", item: null, assoc: 0 };
  const shown = writer.browser.textSent;
  writer.socket.say(
    browserFrame.presence(clientID, shown, { cursor: { anchor: { ...place, assoc: -shown }, head: place } }),
  );
  await reader.until(() => others().includes(`${-shown}`));
  return (await textOf(house)).includes(word) ? "all" : "not for who comes";
}
