import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Contender, Paragraph } from "./contender.ts";
import type { Part } from "./random-page.ts";

/** What arrives for one thing that a remote person did: the change of the text, and where their caret is now. */
export type Delivery = { update: Uint8Array; presence: Uint8Array };

/** The page in other hands: people who are elsewhere, write, and send what they did. */
export class Elsewhere {
  readonly #contender: Contender;
  readonly #doc = new Y.Doc();
  readonly #awareness = new Awareness(this.#doc);
  #clock = 0;
  /** The page as it was written, as bytes. */
  readonly bytes: Uint8Array;
  readonly #paragraphs: readonly Paragraph[];
  #updates: Uint8Array[] = [];

  constructor(contender: Contender, page: readonly Part[]) {
    this.#contender = contender;
    this.#doc.clientID = 1;
    contender.write(this.#doc, page);
    this.bytes = Y.encodeStateAsUpdate(this.#doc);
    this.#paragraphs = contender.paragraphs(this.#doc);
    this.#doc.on("update", (update: Uint8Array) => this.#updates.push(update));
  }

  /** Lets go of what keeps a program running. */
  close(): void {
    this.#awareness.destroy();
  }

  /** Characters that one person types near the page's middle. */
  characters(count: number): Delivery[] {
    return this.#times(count, (n) => this.#does(1, 0.5, (each) => each.type(letter(n))));
  }

  /** Lines that one person breaks near the page's middle, one after another in neighbouring paragraphs. */
  splits(count: number): Delivery[] {
    return this.#times(count, (n) => this.#does(1, 0.5, (each) => each.split(), n % 6));
  }

  /** A paragraph near the page's middle that becomes a heading and a paragraph again. */
  toggles(count: number): Delivery[] {
    return this.#times(count, () => this.#does(1, 0.5, (each) => each.toggleHeading(), 1));
  }

  /** This many people, spread over the page, each in turn with one character. */
  crowd(people: number, count: number): Delivery[] {
    return this.#times(count, (n) =>
      this.#does(1 + (n % people), ((n % people) + 0.5) / people, (each) => each.type(letter(n))),
    );
  }

  #times(count: number, act: (n: number) => Delivery): Delivery[] {
    return Array.from({ length: count }, (_, n) => act(n));
  }

  #does(person: number, where: number, act: (paragraph: Paragraph) => void, beside = 0): Delivery {
    const client = 1000 + person;
    this.#doc.clientID = client;
    const paragraph = this.#paragraphs[Math.floor(this.#paragraphs.length * where) + 1 + beside];
    if (!paragraph) throw new Error(`There is no paragraph for person ${person} of ${this.#contender.name}`);
    this.#updates = [];
    act(paragraph);
    return {
      update: Y.mergeUpdates(this.#updates),
      presence: this.#tell(client, paragraph.presence(person)),
    };
  }

  #tell(client: number, presence: object): Uint8Array {
    this.#clock += 1;
    this.#awareness.states.set(client, presence);
    this.#awareness.meta.set(client, { clock: this.#clock, lastUpdated: 0 });
    return encodeAwarenessUpdate(this.#awareness, [client]);
  }
}

const letter = (n: number): string => "etaoin srhld"[n % 12] ?? "e";
