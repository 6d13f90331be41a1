import * as Y from "yjs";
import { perform, wordsShown, type Clipboard, type Writer } from "./fuzz-hands.stage.ts";
import { Ledger, wordsIn, type Words } from "./fuzz-ledger.stage.ts";
import type { Plan, Step } from "./fuzz-plan.stage.ts";

/*
 * One round: the people of a plan at one page. Updates arrive late, those of one sender in their order; whoever is
 * away neither sends nor hears, and then sends everything at once and hears everything at once.
 */

/** An editor that can take part. */
export type Contender = {
  /** Writes a first page of these paragraphs, as an update. */
  start: (paragraphs: readonly string[]) => Uint8Array;
  /** A person, by number, at a page that was started with this update. */
  sit: (person: number, update: Uint8Array) => Writer;
  /** Whether two people have come to the same page. */
  agree: (one: Writer, other: Writer) => boolean;
  /** Takes away, as the server does, what stands twice because two people moved it at once. */
  mend: (doc: Y.Doc) => void;
  /** The words in cells that are no more, in a document that forgets nothing. */
  buried: (archive: Y.Doc) => Words;
};

export type Outcome = {
  typed: number;
  lost: readonly string[];
  /** Words that stood in a cell when somebody took it away who had not seen them. */
  buried: readonly string[];
  doubled: readonly string[];
  /** Words that still stand twice since two people moved their block at once, and one of them changed it before. */
  twice: readonly string[];
  /** Whether people who have heard everything see different pages. */
  diverged: boolean;
  /** What acts and updates threw, and words that acts touched which they had no business to touch. */
  faults: readonly string[];
};

type Waiting = { due: number; update: Uint8Array };

type Person = {
  number: number;
  writer: Writer;
  /** What is on its way to this person, by sender. */
  inbox: Waiting[][];
  /** Until when this person is away, and what they have to send by then. */
  awayUntil: number;
  outbox: Uint8Array[];
  clipboard: Clipboard;
};

/** Plays a plan to its end, when everybody has heard everything. `strict`: the first fault ends it, by an error. */
export function play(plan: Plan, contender: Contender, strict: boolean): Outcome {
  return new Round(plan, contender, strict).play();
}

const paragraphs = Array.from({ length: 12 }, (_, n) => `start${n}x `);

class Round {
  readonly #plan: Plan;
  readonly #contender: Contender;
  readonly #strict: boolean;
  readonly #people: Person[];
  readonly #ledger = new Ledger(wordsIn(paragraphs.join("")));
  readonly #faults: string[] = [];
  /** Hears of everything at once. */
  readonly #archive = new Y.Doc({ gc: false });
  #typed = 0;
  #step: Step | null = null;

  constructor(plan: Plan, contender: Contender, strict: boolean) {
    this.#plan = plan;
    this.#contender = contender;
    this.#strict = strict;
    const update = contender.start(paragraphs);
    Y.applyUpdate(this.#archive, update);
    this.#people = Array.from({ length: plan.people }, (_, number) => ({
      number,
      writer: contender.sit(number, update),
      inbox: Array.from({ length: plan.people }, () => []),
      awayUntil: 0,
      outbox: [],
      clipboard: null,
    }));
    for (const person of this.#people) {
      person.writer.doc.on("update", (bytes: Uint8Array, origin: unknown) => {
        if (origin !== "network") this.#send(person, bytes);
      });
    }
  }

  play(): Outcome {
    for (const step of this.#plan.steps) {
      this.#step = step;
      for (const person of this.#people) this.#meet(person, step.at);
      this.#act(this.#people[step.by]!, step);
    }
    for (const person of this.#people) this.#comeBack(person);
    this.#hearAll();
    this.#contender.mend(this.#people[0]!.writer.doc);
    this.#hearAll();
    return this.#outcome();
  }

  #hearAll(): void {
    // Who hears of another's marks may clean up after them, which the others then have to hear.
    while (this.#people.some(({ inbox }) => inbox.some((letters) => letters.length > 0)))
      for (const person of this.#people) this.#hear(person, Infinity);
  }

  #meet(person: Person, now: number): void {
    if (person.awayUntil > now) return;
    this.#comeBack(person);
    this.#hear(person, now);
  }

  #act(person: Person, { at, act }: Step): void {
    if (act.do === "leave" && person.awayUntil <= at) person.awayUntil = at + act.steps;
    const before = wordsShown(person.writer);
    this.#try(() => {
      const [licence, clipboard] = perform(person.writer, act, person.clipboard);
      person.clipboard = clipboard;
      const erased = wordsIn(person.writer.erased());
      const strange = this.#ledger.book(person.number, licence, erased, before, wordsShown(person.writer));
      if (strange.length > 0) throw new Error(`it touched the words ${strange.join(", ")}`);
      if (act.do === "type") this.#typed += 1;
      person.writer.check();
    });
  }

  #send(from: Person, update: Uint8Array): void {
    const { at, late } = this.#step!;
    Y.applyUpdate(this.#archive, update);
    if (from.awayUntil > at) from.outbox.push(update);
    else
      for (const person of this.#people)
        if (person !== from) this.#post(from, person, at + late[person.number]!, update);
  }

  #post(from: Person, to: Person, wanted: number, update: Uint8Array): void {
    const letters = to.inbox[from.number]!;
    const due = Math.max(wanted, letters.at(-1)?.due ?? 0);
    letters.push({ due, update });
  }

  /** All that somebody did while away goes out as one. What they missed waits in their inbox. */
  #comeBack(person: Person): void {
    person.awayUntil = 0;
    const update = person.outbox.length > 0 ? Y.mergeUpdates(person.outbox.splice(0)) : null;
    const { at, late } = this.#step!;
    if (!update) return;
    for (const other of this.#people)
      if (other !== person) this.#post(person, other, at + late[other.number]!, update);
  }

  #hear(person: Person, until: number): void {
    for (const letters of person.inbox) {
      while (letters[0] && letters[0].due <= until) {
        const { update } = letters.shift()!;
        this.#try(() => {
          person.writer.receive(update);
          person.writer.check();
        });
      }
    }
  }

  #try(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (this.#strict) throw new Error(`at ${JSON.stringify(this.#step)}`, { cause: error });
      this.#faults.push(String(error));
    }
  }

  #outcome(): Outcome {
    const [first, ...others] = this.#people.map(({ writer }) => writer);
    const diverged = others.some((other) => !this.#contender.agree(first!, other));
    const verdict = this.#ledger.judge(wordsShown(first!), this.#contender.buried(this.#archive));
    return { typed: this.#typed, ...verdict, diverged, faults: this.#faults };
  }
}
