import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { readBody, writeBody } from "../../../shared/body/format.ts";
import { Desk } from "./desk.stage.ts";

/*
 * Three to five people at twelve shared paragraphs, most of them typing words that occur once, the others making
 * headings, lists, quotes, splits and joins, marks, undo and redo; updates arrive late, and in bursts from those who
 * were away. Whatever order that gives: no word is lost or doubled, all come to the same page, and each view shows
 * what its text holds after every single step.
 */

/** Reproducible chance: mulberry32 by Tommy Ettinger, in the public domain. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Person = {
  desk: Desk;
  inbox: { due: number; update: Uint8Array }[];
  lastStructural: boolean;
  seen: number;
};

const structural = [
  "Enter",
  "Heading",
  "Paragraph",
  "Code",
  "Quote",
  "Bullet",
  "Ordered",
  "Tab",
  "Shift-Tab",
] as const;

class Round {
  readonly people: Person[];
  readonly words: string[] = [];
  readonly seed: number;
  readonly #delay: number;
  readonly #structuralShare: number;
  readonly #chance: () => number;
  #ids = 0;
  #clock = 0;

  constructor(seed: number, delay: number, structuralShare: number) {
    this.seed = seed;
    this.#delay = delay;
    this.#structuralShare = structuralShare;
    this.#chance = chanceOf(seed);
    const start = new Y.Doc();
    start.clientID = 1;
    writeBody(start, this.#firstPage());
    const update = Y.encodeStateAsUpdate(start);
    this.people = Array.from({ length: 3 + this.#pick(3) }, (_, n) => {
      const desk = new Desk(() => `s${seed}p${n}i${(this.#ids += 1)}`, 100 + n, update);
      return { desk, inbox: [], lastStructural: false, seen: 0 };
    });
    for (const person of this.people) {
      person.desk.doc.on("update", (bytes: Uint8Array, origin: unknown) => {
        if (origin !== "network") this.#send(person, bytes);
      });
    }
  }

  #firstPage(): Body {
    const blocks = Array.from({ length: 12 }, (_, n) => {
      const word = `start${n}x`;
      this.words.push(word);
      return { id: `b${n}`, type: "paragraph", attrs: {}, in: null, content: [{ text: `${word} ` }] };
    });
    return { blocks, containers: new Map() } as unknown as Body;
  }

  #pick(count: number): number {
    return Math.floor(this.#chance() * count);
  }

  /** Updates arrive in the order of their senders, up to `delay` steps late. */
  #send(from: Person, update: Uint8Array): void {
    for (const person of this.people) {
      if (person === from) continue;
      const last = person.inbox.at(-1)?.due ?? 0;
      person.inbox.push({ due: Math.max(last, this.#clock + this.#pick(this.#delay + 1)), update });
    }
  }

  step(): void {
    this.#clock += 1;
    for (const person of this.people) this.#deliver(person, this.#clock);
    const person = this.people[this.#pick(this.people.length)]!;
    if (this.#chance() > this.#structuralShare) this.#type(person);
    else this.#restructure(person);
    person.desk.check();
  }

  #deliver(person: Person, until: number): void {
    while (person.inbox[0] && person.inbox[0].due <= until) {
      person.desk.receive(person.inbox.shift()!.update);
      person.desk.check();
    }
  }

  #type({ desk }: Person): void {
    this.#place(desk);
    const word = `w${this.words.length}x`;
    this.words.push(word);
    desk.type(`${word} `);
  }

  /** A caret at a random word's edge, so that no word is cut in two. */
  #place(desk: Desk): void {
    const places: number[] = [];
    desk.state.doc.descendants((node, position) => {
      if (!node.isTextblock) return true;
      places.push(position + 1, position + 1 + node.content.size);
      const text = node.textBetween(0, node.content.size, null, "\uFFFC");
      for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1))
        places.push(position + 2 + at);
      return false;
    });
    desk.select(places[this.#pick(places.length)]!);
  }

  #restructure(person: Person): void {
    const { desk } = person;
    const kind = this.#pick(structural.length + 5) - 5;
    if (kind === -5) return this.#undo(person);
    this.#place(desk);
    const { doc } = desk.state;
    const far = Math.min(doc.content.size, desk.state.selection.from + this.#pick(60));
    if (kind === -4) {
      desk.select(desk.state.doc.resolve(desk.state.selection.from).start());
      desk.press("Backspace");
    } else if (kind === -3) {
      desk.select(desk.state.doc.resolve(desk.state.selection.from).end());
      desk.press("Delete");
    } else if (kind === -2 || kind === -1) {
      desk.select(desk.state.selection.from, far);
      desk.press(kind === -2 ? "Bold" : "Italic");
    } else {
      const key = structural[kind]!;
      if (key !== "Enter" && this.#chance() < 0.5) desk.select(desk.state.selection.from, far);
      desk.press(key);
    }
  }

  #undo({ desk }: Person): void {
    if (desk.undoManager.undo()) {
      desk.check();
      desk.undoManager.redo();
    }
  }

  finish(): { lost: string[]; doubled: string[] } {
    for (const person of this.people) this.#deliver(person, Infinity);
    const [first, ...others] = this.people.map((person) => person.desk);
    for (const other of others) expect(readBody(other.doc)).toEqual(readBody(first!.doc));
    const counts = new Map<string, number>();
    for (const [word] of first!.text.matchAll(/(?:w|start)\d+x/g))
      counts.set(word, (counts.get(word) ?? 0) + 1);
    return {
      lost: this.words.filter((word) => !counts.has(word)),
      doubled: this.words.filter((word) => (counts.get(word) ?? 0) > 1),
    };
  }
}

// A longer run: VITE_FUZZ_ROUNDS=100 VITE_FUZZ_SEED=1000 npx vitest run client/editor/binding/fuzz
const rounds = Number(import.meta.env["VITE_FUZZ_ROUNDS"] ?? 4);
const firstSeed = Number(import.meta.env["VITE_FUZZ_SEED"] ?? 1);

for (const delay of [3, 10, 60]) {
  for (const share of [0.16, 0.34]) {
    test(`no word is lost with updates up to ${delay} steps late and ${share * 100} % of steps structural`, () => {
      for (let seed = firstSeed; seed < firstSeed + rounds; seed += 1) {
        const round = new Round(seed * 1000 + delay, delay, share);
        try {
          for (let n = 0; n < 240; n += 1) round.step();
          expect(round.finish()).toEqual({ lost: [], doubled: [] });
        } catch (error) {
          throw new Error(`seed ${round.seed}, delay ${delay}, share ${share}`, { cause: error });
        }
      }
    }, 60_000);
  }
}
