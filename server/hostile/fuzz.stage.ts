import { isDeepStrictEqual } from "node:util";
import * as Y from "yjs";
import { browserFrame } from "../sync/fake-browser.ts";
import { contentOf, editSomehow, seeded } from "../sync/update/random-page.ts";
import type { Outsider } from "../http/outside.ts";
import { aClient, intrude, join, rejoin, type Guest, type Intruder } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";

/* Chance against the server: messages that were sound before some of their bytes were changed, and honest people. */

type Pick = (below: number) => number;

/** So many edits of honest people. */
export const honestCase = (edits: number, seed: number): Case => ({
  name: "honest.fuzz",
  promise: `six people who edit, undo and go away are never refused, and have one page in the end (seed ${seed})`,
  attack: (arena) => honestPeople(arena, edits, seed),
  expected: { refused: [], apart: 0 },
});

/** So many messages of an attacker. */
export const fuzzCase = (messages: number, seed: number): Case => ({
  name: "fuzz.mutations",
  promise: `${messages} messages with damaged bytes leave a sound page (seed ${seed})`,
  attack: async (arena) => {
    const { kept, sockets } = await mutations(arena, messages, seed);
    return { isSomeKept: kept > messages / 20, isSomeRefused: sockets > messages / 20 };
  },
  expected: { isSomeKept: true, isSomeRefused: true },
});

type Fuzzed = { sockets: number; kept: number };

/** Sends so many messages, nearly all of them damaged, from some sockets at once. */
async function mutations(arena: Arena, messages: number, seed: number): Promise<Fuzzed> {
  let left = messages;
  const lanes = Array.from({ length: 4 }, async (_, lane) => {
    const pick = seeded(seed * 10 + lane);
    const person = await arena.survey.person("editor", "Mallory");
    const attacker = new Attacker(arena, person, pick);
    while (left > 0) {
      left -= 1;
      await attacker.attack();
    }
    return attacker.leave();
  });
  const counts = await Promise.all(lanes);
  return {
    sockets: counts.reduce((sum, each) => sum + each.sockets, 0),
    kept: counts.reduce((sum, each) => sum + each.kept, 0),
  };
}

/** Somebody with a sound copy of the page, who says what it could have said, damaged; and comes back when thrown out. */
class Attacker {
  readonly #arena: Arena;
  readonly #person: Outsider;
  readonly #pick: Pick;
  #socket: Intruder | null = null;
  #sound: Uint8Array = new Uint8Array();
  #doc = new Y.Doc();
  #attacks = 0;
  #sockets = 0;
  #kept = 0;

  constructor(arena: Arena, person: Outsider, pick: Pick) {
    this.#arena = arena;
    this.#person = person;
    this.#pick = pick;
  }

  async attack(): Promise<void> {
    if (this.#attacks % 200 === 0) this.#sound = Y.encodeStateAsUpdate(await this.#arena.newcomer());
    this.#attacks += 1;
    this.#socket ??= await this.#come();
    this.#socket.say(damaged(frameOf(this.#doc, this.#pick), this.#pick));
    if (await answersPing(this.#socket)) this.#kept += 1;
    else this.#socket = null;
  }

  leave(): { sockets: number; kept: number } {
    this.#socket?.leave();
    return { sockets: this.#sockets, kept: this.#kept };
  }

  /** With the page as it was not long ago, to write on from there as somebody new. */
  #come(): Promise<Intruder> {
    this.#sockets += 1;
    this.#doc = new Y.Doc();
    this.#doc.clientID = aClient();
    Y.applyUpdate(this.#doc, this.#sound);
    return intrude(this.#person, this.#arena.page);
  }
}

/** Whether it is still there when all that was said is read. */
async function answersPing({ ws, ended }: Intruder): Promise<boolean> {
  if (ws.readyState !== ws.OPEN) return false;
  const pong = new Promise<boolean>((resolve) => ws.once("pong", () => resolve(true)));
  ws.ping();
  return Promise.race([pong, ended.then(() => false)]);
}

/** A frame as honest browsers send them, made of this document, which is edited on the way. */
function frameOf(doc: Y.Doc, pick: Pick): Uint8Array {
  const vector = Y.encodeStateVector(doc);
  editSomehow(doc, pick);
  const frames = [
    () => browserFrame.edit(Y.encodeStateAsUpdate(doc, vector)),
    () => browserFrame.answer(Y.encodeStateAsUpdate(doc, vector)),
    () => browserFrame.askState(vector),
    () => browserFrame.presence(doc.clientID, 1, { cursor: null }),
    () => browserFrame.say({ say: "hello", version: 1, schema: 99, seq: 0 }),
  ];
  const make = frames[pick(4) === 0 ? pick(frames.length) : 0];
  return make ? make() : new Uint8Array();
}

function damaged(frame: Uint8Array, pick: Pick): Uint8Array {
  const bytes = frame.slice();
  for (let left = pick(4); left > 0; left -= 1) bytes[pick(bytes.length)] = pick(256);
  return pick(20) === 0 ? bytes.slice(0, pick(bytes.length)) : bytes;
}

/** Why anybody was ever refused, and how many in the end have another page than who comes then. */
type Honest = { refused: string[]; apart: number };

/** Six people edit somehow, undo, and are without a network for spells; in the end all have one page. */
async function honestPeople(arena: Arena, edits: number, seed: number): Promise<Honest> {
  const pick = seeded(seed);
  const people = await Promise.all(
    Array.from({ length: 6 }, async (_, at) => {
      const person = await arena.survey.person("editor", `Person ${at}`);
      return new Writer(arena, person, await join(person, arena.page));
    }),
  );
  for (let left = edits; left > 0; left -= 1) {
    const writer = people[pick(people.length)];
    await writer?.act(pick);
  }
  await Promise.all(people.map((each) => each.settle()));
  const last = await join(await arena.survey.person("editor", "Last"), arena.page);
  // Everybody's is on the disk, so this is all of it.
  const whole = clocksOf(last.browser.doc);
  await Promise.all(people.map((each) => each.until(() => clocksOf(each.doc) === whole)));
  const page = contentOf(last.browser.doc);
  const others = people.filter(({ doc }) => !isDeepStrictEqual(contentOf(doc), page));
  last.leave();
  return { refused: people.flatMap((each) => each.leave()), apart: others.length };
}

const clocksOf = (doc: Y.Doc): string =>
  JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b));

/** One honest person, through all their sockets. */
class Writer {
  readonly #arena: Arena;
  readonly #person: Outsider;
  readonly #undo: Y.UndoManager;
  readonly #refused: string[] = [];
  #guest: Guest;
  #isAway = false;

  constructor(arena: Arena, person: Outsider, guest: Guest) {
    this.#arena = arena;
    this.#person = person;
    this.#guest = guest;
    this.#undo = new Y.UndoManager(guest.browser.doc.getText("body"), { captureTimeout: 0 });
    this.#watch(guest);
  }

  get doc(): Y.Doc {
    return this.#guest.browser.doc;
  }

  async act(pick: Pick): Promise<void> {
    const what = pick(100);
    if (what < 3) await this.#goAway();
    else if (what < 8) await this.#comeBack();
    else if (what < 14) this.#undo.undo();
    else if (what < 17) this.#undo.redo();
    else editSomehow(this.doc, pick);
    // Within what one socket may say, so that nobody waits for the allowance.
    if (what % 10 === 0 && !this.#isAway) await this.#guest.saved();
  }

  until(holds: () => boolean): Promise<void> {
    return this.#guest.until(holds);
  }

  async settle(): Promise<void> {
    await this.#comeBack();
    await this.#guest.saved();
  }

  /** For good; answers every refusal that was met on the way. */
  leave(): readonly string[] {
    this.#isAway = true;
    this.#guest.leave();
    return this.#refused;
  }

  async #goAway(): Promise<void> {
    this.#isAway = true;
    this.#guest.leave();
    await this.#guest.socket.ended;
  }

  async #comeBack(): Promise<void> {
    if (!this.#isAway) return;
    this.#isAway = false;
    this.#guest = await rejoin(this.#person, this.#arena.page, this.#guest.browser);
    this.#watch(this.#guest);
  }

  #watch({ socket }: Guest): void {
    void socket.ended.then(({ reason }) => {
      if (!this.#isAway) this.#refused.push(reason);
    });
  }
}
