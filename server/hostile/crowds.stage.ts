import { strToU8, zipSync } from "fflate";
import { limits } from "../../shared/base/limits.ts";
import { textAt, type Outsider } from "../http/outside.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import { intrude, knock, type Intruder } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";
import { textEdit } from "./sizes.stage.ts";

/* Many sockets, many rooms, many messages, and readers who do not read. */

/** So many sockets in the page's room, of as few people as may have them; each has asked for the text, and got it. */
async function crowdIn(arena: Arena, sockets: number): Promise<{ crowd: Intruder[]; bytes: number[] }> {
  const count = Math.ceil(sockets / limits.socketsPerPerson);
  const people: Outsider[] = [];
  while (people.length < count)
    people.push(...(await Promise.all(Array.from({ length: 10 }, () => arena.survey.person("reader")))));
  const joined: { intruder: Intruder; bytes: number }[] = [];
  for (let from = 0; from < sockets; from += 100) {
    const some = Array.from({ length: Math.min(100, sockets - from) }, (_, at) =>
      enter(people[Math.floor((from + at) / limits.socketsPerPerson)] ?? arena.survey.owner, arena.page),
    );
    joined.push(...(await Promise.all(some)));
  }
  return { crowd: joined.map(({ intruder }) => intruder), bytes: joined.map(({ bytes }) => bytes) };
}

/** In the room, with its text: how many bytes that was. */
async function enter(person: Outsider, page: string): Promise<{ intruder: Intruder; bytes: number }> {
  const intruder = knock(person, page);
  const bytes = await new Promise<number>((resolve) => {
    intruder.ws.once("open", () => intruder.say(browserFrame.askState(Uint8Array.of(0))));
    intruder.ws.on("message", (data: Buffer) => {
      if (data[0] === 0 && data[1] === 1) resolve(data.length);
    });
    void intruder.ended.then(() => resolve(0));
  });
  return { intruder, bytes };
}

/** Resolves when a message with this in it has come, or the socket has ended. */
async function hears({ ws, ended }: Intruder, words: string): Promise<void> {
  const heard = new Promise<void>((resolve) =>
    ws.on("message", (data: Buffer) => data.includes(words) && resolve()),
  );
  await Promise.race([heard, ended]);
}

/** A survey of so many pages, made by one upload. */
async function manyPages(owner: Outsider, count: number): Promise<string[]> {
  const files = Array.from(
    { length: count },
    (_, at) => [`page-${at}.md`, strToU8(`# Page ${at}\n`)] as const,
  );
  const { json, text } = await owner.call("/api/surveys/import", {
    method: "POST",
    body: new Uint8Array(zipSync(Object.fromEntries(files))),
    headers: { "content-type": "application/zip" },
  });
  const ids = Array.from({ length: count }, (_, at) => textAt(json, "pages", at, "id"));
  if (ids.includes("")) throw new Error(text);
  return ids;
}

/** Opens each of these rooms and leaves it; answers with which words those ended that could not be opened. */
async function visitAll(person: Outsider, pages: readonly string[]): Promise<string[]> {
  const reasons = new Set<string>();
  const left = [...pages];
  const visit = async () => {
    for (let page = left.pop(); page !== undefined; page = left.pop()) {
      const { intruder, bytes } = await enter(person, page);
      intruder.leave();
      const { reason } = await intruder.ended;
      if (bytes === 0) reasons.add(reason);
    }
  };
  await Promise.all(Array.from({ length: 10 }, visit));
  return [...reasons];
}

/** Somebody writes so many bytes in all, a part at a time, and takes each part away again. */
async function rewrite(arena: Arena, bytes: number): Promise<void> {
  const writer = await arena.guest();
  const text = writer.browser.doc.getText("body");
  const part = 250_000;
  for (let left = bytes; left > 0; left -= part) {
    writer.browser.write("x".repeat(part));
    text.delete(text.length - part, part);
    await writer.saved();
  }
  writer.leave();
}

export const crowdCases: readonly Case[] = [
  {
    name: "room.flood",
    promise: "rooms that were opened and left take no memory, and names that are no page never do",
    isElsewhere: true,
    attack: async (arena) => {
      const { owner } = arena.survey;
      const pages = await manyPages(owner, limits.pagesPerSurvey);
      arena.beginsHere();
      const names = Array.from({ length: 4_000 }, (_, at) => `nowhere-${at}`);
      return { pages: await visitAll(owner, pages), names: await visitAll(owner, names) };
    },
    expected: { pages: [], names: ["not-found"] },
  },
  {
    name: "conn.slow-reader",
    promise: "who does not read is not queued for, and has it all once they do",
    attack: async (arena) => {
      const { crowd } = await crowdIn(arena, 20);
      for (const { ws } of crowd) ws.pause();
      await rewrite(arena, 38_000_000);
      const caughtUp = crowd.map((each) => hears(each, "The end. "));
      for (const { ws } of crowd) ws.resume();
      const last = await arena.guest();
      last.browser.write("The end. ");
      await Promise.all(caughtUp);
      return crowd.filter((each) => each.isOpen).length;
    },
    expected: 20,
  },
  {
    name: "conn.idle-2000",
    promise: "a room holds so many sockets, each of which costs little, and no more",
    isElsewhere: true,
    attack: async (arena) => {
      const { crowd, bytes } = await crowdIn(arena, limits.socketsPerRoom);
      const more = await (await intrude(await arena.survey.person("reader"), arena.page)).ended;
      const open = crowd.filter((each) => each.isOpen).length;
      for (const each of crowd) each.leave();
      await Promise.all(crowd.map((each) => each.ended));
      return { open, isEachServed: bytes.every((each) => each > 0), more: more.reason };
    },
    expected: { open: limits.socketsPerRoom, isEachServed: true, more: "room-full" },
  },
  {
    name: "conn.reconnect-storm",
    promise: "three hundred who come at once to a page of 200 kB all have it",
    attack: async (arena) => {
      const writer = await arena.guest();
      writer.browser.write("x".repeat(200_000));
      await writer.saved();
      const { crowd, bytes } = await crowdIn(arena, 300);
      for (const each of crowd) each.leave();
      return bytes.filter((each) => each > 200_000).length;
    },
    expected: 300,
  },
  {
    name: "conn.msg-rate",
    promise: "who says more than their allowance is read in its time, and not cut off",
    attack: async (arena) => {
      const flooding = await arena.intruder();
      const flood = textEdit(1);
      for (let left = 30_000; left > 0; left -= 1) flooding.say(flood);
      const pacing = await arena.intruder();
      // So large that few of them are handed over at once: what is, is read whole.
      const edit = textEdit(1_000);
      await pacing.settled();
      const { perSecond, burst } = limits.messages;
      const beganMs = performance.now();
      for (let left = burst + 3 * perSecond; left > 0; left -= 1) pacing.say(edit);
      await pacing.pinged();
      const isOpen = flooding.isOpen && pacing.isOpen;
      flooding.leave();
      return { isPaced: performance.now() - beganMs > 2_000, isOpen };
    },
    expected: { isPaced: true, isOpen: true },
  },
];
