import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import {
  binary,
  chars,
  embed,
  emptiness,
  forge,
  format,
  opening,
  plain,
  type Forged,
} from "./forge.stage.ts";
import { aClient, join, rejoin, type Intruder } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";

/* Yjs updates that no editor makes: in others' names, with holes, without measure, of what no page holds. */

const body = { root: "body" } as const;

/** An update of a new author with these structs. */
function updateOf(structs: readonly Forged[], author = aClient()): Uint8Array {
  return forge([{ author, clock: 0, structs }]);
}

/** What becomes of an update that somebody new sends: `kept`, or why its sender was ended. */
async function fateOf(arena: Arena, update: Uint8Array): Promise<string> {
  const mallory = await arena.intruder();
  mallory.say(browserFrame.edit(update));
  return fate(mallory);
}

async function fate(mallory: Intruder): Promise<string> {
  await mallory.settled();
  return mallory.isOpen ? "kept" : (await mallory.ended).reason;
}

/** The fates of several, by name. */
async function fatesOf(
  arena: Arena,
  updates: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, update] of Object.entries(updates)) found[name] = await fateOf(arena, update);
  return found;
}

/** How many bytes a newcomer is sent, beyond what is there now. */
async function weightOf(arena: Arena): Promise<number> {
  return Y.encodeStateAsUpdate(await arena.newcomer()).length;
}

/** Each opens a type in the one before: the first in the body. */
function chain(type: number, depth: number): Uint8Array {
  const author = aClient();
  const structs = Array.from({ length: depth }, (_, clock) =>
    opening(
      type,
      clock === 0 ? body : { in: { author, clock: clock - 1 }, ...(type === 1 ? { key: "x" } : {}) },
    ),
  );
  return updateOf(structs, author);
}

/** So many structs of one new author that all want to stand first. */
function crowd(structs: number): Uint8Array {
  return updateOf(Array.from({ length: structs }, () => chars("x", body)));
}

/** So many that each were put in front of the one before. */
function backwards(structs: number): Uint8Array {
  const author = aClient();
  const place = (clock: number) => (clock === 0 ? body : { before: { author, clock: clock - 1 } });
  return updateOf(
    Array.from({ length: structs }, (_, clock) => chars("x", place(clock))),
    author,
  );
}

/** A text, and so many structs of another that claim to stand behind each of its characters, and before its last. */
function spanning(structs: number): readonly Uint8Array[] {
  const author = aClient();
  const last = { author, clock: structs };
  const places = Array.from({ length: structs }, (_, at) => ({
    after: { author, clock: structs - 1 - at },
    before: last,
  }));
  return [
    updateOf(
      [chars("x".repeat(structs), body), chars("y", { after: { author, clock: structs - 1 } })],
      author,
    ),
    updateOf(places.map((place) => chars("z", place))),
  ];
}

/** What becomes of the last of these, each of which somebody new sends. */
async function lastFate(arena: Arena, updates: readonly Uint8Array[]): Promise<string> {
  let last = "";
  for (const update of updates) last = await fateOf(arena, update);
  return last;
}

/** The most structs that may want one place after as many others, since each takes as many steps. */
const mostBeside = Math.floor(Math.sqrt(limits.updateOrderSteps)) - 10;

/** Alice, who writes without a network while Mallory says this in her name; and what is there when she is back. */
async function inAlicesName(
  arena: Arena,
  forged: (client: number, clock: number) => readonly Uint8Array[],
): Promise<{ isRefused: boolean; isForgedThere: boolean; areAlicesWordsThere: boolean }> {
  const client = aClient();
  const person = await arena.survey.person("editor", "Alice");
  const alice = await join(person, arena.page, client);
  alice.browser.write("Written online. ");
  await alice.saved();
  alice.leave();
  await alice.socket.ended;
  alice.browser.write("Written offline. ");
  const clock = Y.getState(alice.browser.doc.store, client) - "Written offline. ".length;
  const reasons: string[] = [];
  for (const update of forged(client, clock)) reasons.push(await fateOf(arena, update));
  const back = await rejoin(person, arena.page, alice.browser);
  alice.browser.write("And back. ");
  await back.saved();
  back.leave();
  const text = (await arena.newcomer()).getText("body").toJSON();
  return {
    isRefused: !reasons.includes("kept"),
    isForgedThere: text.includes("Forged"),
    areAlicesWordsThere: ["online", "offline"].every((when) => text.includes(`Written ${when}. `)),
  };
}

export const textCases: readonly Case[] = [
  {
    name: "ydoc.clientid-hijack",
    promise: "nobody takes the clocks that another writes under, and with them the words of who is offline",
    attack: (arena) =>
      inAlicesName(arena, (author, clock) => [
        forge([{ author, clock, structs: [emptiness(1_000)] }]),
        forge([
          { author, clock, structs: [chars("y".repeat(1_000), { after: { author, clock: clock - 1 } })] },
        ]),
        forge([{ author, clock: 0, structs: [emptiness(clock + 1_000)] }]),
      ]),
    expected: { isRefused: true, isForgedThere: false, areAlicesWordsThere: true },
  },
  {
    name: "ydoc.impersonate-author",
    promise: "nobody writes in another's name",
    attack: (arena) =>
      inAlicesName(arena, (author, clock) => [
        forge([{ author, clock, structs: [chars("Forged by M.", { after: { author, clock: clock - 1 } })] }]),
      ]),
    expected: { isRefused: true, isForgedThere: false, areAlicesWordsThere: true },
  },
  {
    name: "ydoc.pending-flood",
    promise: "10 MB of updates with holes are kept by nobody and told to nobody",
    attack: async (arena) => {
      const before = await weightOf(arena);
      const mallory = await arena.intruder();
      const author = aClient();
      const hole = (at: number) =>
        forge([{ author, clock: 10 + 20_000 * at, structs: [chars("x".repeat(10_000), body)] }]);
      for (let at = 0; at < 1_000; at += 1) mallory.say(browserFrame.edit(hole(at)));
      const reason = await fate(mallory);
      return { reason, isLight: (await weightOf(arena)) - before < 10_000 };
    },
    expected: { reason: "missing-updates", isLight: true },
  },
  {
    name: "ydoc.pending-deletes",
    promise: "deletions of what there is not are a hole like any other",
    attack: async (arena) => {
      const before = await weightOf(arena);
      const deletes = Array.from({ length: 60_000 }, (_, at) => ({
        author: 77,
        clock: 1_000_000 + 2 * at,
        length: 1,
      }));
      const mallory = await arena.intruder();
      for (let left = limits.holesAtOnce; left > 0; left -= 1)
        mallory.say(browserFrame.edit(forge([], deletes)));
      const reason = await fate(mallory);
      return { reason, isLight: (await weightOf(arena)) - before < 10_000 };
    },
    expected: { reason: "missing-updates", isLight: true },
  },
  {
    name: "ydoc.clock-max",
    promise: "a struct is as long as a message at most, and a clock no larger than what is written",
    attack: async (arena) => ({
      ...(await fatesOf(arena, {
        endless: updateOf([emptiness(Number.MAX_SAFE_INTEGER)]),
        "32 bits": updateOf([emptiness(0xffffffff)]),
        longer: updateOf([emptiness(limits.structLength + 1)]),
        longest: updateOf([emptiness(limits.structLength)]),
        gap: updateOf([emptiness(1_000, 10), chars("x", body)]),
        "author of 33 bits": updateOf([chars("x", body)], 0x100000000),
      })),
    }),
    expected: {
      endless: "malformed",
      "32 bits": "too-large",
      longer: "too-large",
      longest: "kept",
      gap: "kept",
      "author of 33 bits": "malformed",
    },
  },
  {
    name: "ydoc.many-clients",
    promise: "a connection brings so many new authors and no more",
    attack: async (arena) => {
      const authors = (count: number) =>
        forge(
          Array.from({ length: count }, () => ({ author: aClient(), clock: 0, structs: [chars("x", body)] })),
        );
      const one = await arena.intruder();
      for (let left = limits.newAuthors; left > 0; left -= 1) one.say(browserFrame.edit(authors(1)));
      await one.settled();
      const isOpen = one.isOpen;
      one.say(browserFrame.edit(authors(1)));
      return {
        ...(await fatesOf(arena, { many: authors(20_000), most: authors(limits.newAuthors) })),
        isOpen,
        more: (await one.ended).reason,
      };
    },
    expected: { many: "too-large", most: "kept", isOpen: true, more: "too-large" },
  },
  {
    name: "ydoc.quadratic",
    promise: "structs that all want one place are refused where Yjs would compare each with each",
    attack: (arena) => lastFate(arena, [crowd(mostBeside), crowd(15_000)]),
    expected: "too-large",
  },
  {
    name: "ydoc.quadratic-below",
    promise: "and those that so many others wanted before them are let in up to one number",
    attack: (arena) => lastFate(arena, [crowd(mostBeside), crowd(mostBeside)]),
    expected: "kept",
  },
  {
    name: "ydoc.quadratic-above",
    promise: "and refused above it",
    attack: (arena) => lastFate(arena, [crowd(mostBeside), crowd(mostBeside + 40)]),
    expected: "too-large",
  },
  {
    name: "ydoc.quadratic-apart",
    promise: "a crowd that comes in many updates of many authors is counted as one",
    attack: async (arena) => {
      const fates: string[] = [];
      for (let left = 24; left > 0; left -= 1) fates.push(await fateOf(arena, crowd(200)));
      return { first: fates[0], last: fates.at(-1) };
    },
    expected: { first: "kept", last: "too-large" },
  },
  {
    name: "ydoc.quadratic-aside",
    promise:
      "so is one where each names another place: in front of all that stands there, or around half the text",
    attack: async (arena) => ({
      backwards: await lastFate(arena, [backwards(mostBeside), backwards(mostBeside + 40)]),
      fewer: await lastFate(arena, spanning(Math.floor(mostBeside / 2))),
      spanning: await lastFate(arena, spanning(3_000)),
    }),
    expected: { backwards: "too-large", fewer: "kept", spanning: "too-large" },
  },
  {
    name: "ydoc.deep-xml",
    promise: "types in types in types, a hundred thousand deep, are refused",
    attack: async (arena) => {
      const fates = await fatesOf(arena, {
        elements: chain(3, 19_000),
        maps: chain(1, 19_000),
        more: chain(3, 100_000),
      });
      return Object.values(fates).every((each) => ["not-in-format", "too-large"].includes(each));
    },
    expected: true,
  },
  {
    name: "ydoc.deep-small",
    promise: "and so are those that are only some hundreds deep",
    attack: async (arena) => {
      const fates = await Promise.all([70, 300, 1_000, 4_000].map((depth) => fateOf(arena, chain(1, depth))));
      return [...new Set(fates)];
    },
    expected: ["not-in-format"],
  },
  {
    name: "ydoc.schema",
    promise: "what no page holds is refused: foreign roots, types, content, marks and addresses",
    attack: async (arena) => {
      const foreign = {
        root: updateOf([chars("x", { root: "comments" })]),
        prototype: updateOf([plain("x", { root: "__proto__", key: "polluted" })]),
        element: updateOf([opening(3, body)]),
        array: updateOf([opening(0, body)]),
        binary: updateOf([binary(new Uint8Array(8), body)]),
        handler: updateOf([format("onclick", "alert(1)", body), chars("x", body)]),
        address: updateOf([format("link", { href: "javascript:alert(1)" }, body), chars("x", body)]),
        spaced: updateOf([format("link", { href: " java\u0000script:alert(1)" }, body), chars("x", body)]),
        image: updateOf([embed({ type: "image", src: "javascript:alert(1)" }, body)]),
        atom: updateOf([embed({ type: "iframe", src: "https://evil.example" }, body)]),
      };
      return fatesOf(arena, foreign);
    },
    expected: Object.fromEntries(
      [
        "root",
        "prototype",
        "element",
        "array",
        "binary",
        "handler",
        "address",
        "spaced",
        "image",
        "atom",
      ].map((name) => [name, "not-in-format"]),
    ),
  },
  {
    name: "sync.amplification",
    promise: "some hundred questions for the whole text are answered a few times",
    attack: async (arena) => {
      const ben = await arena.guest();
      for (let left = 4; left > 0; left -= 1) ben.browser.write("words ".repeat(40_000));
      await ben.saved();
      const mallory = await arena.intruder();
      let answers = 0;
      mallory.ws.on("message", (data: Buffer) => {
        if (data[0] === 0 && data[1] === 1) answers += 1;
      });
      for (let left = 750; left > 0; left -= 1) mallory.say(browserFrame.askState(Uint8Array.of(0)));
      await mallory.settled();
      return { some: answers > 0, isBounded: answers <= 2 * limits.states.burst };
    },
    expected: { some: true, isBounded: true },
  },
];
