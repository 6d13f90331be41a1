import * as Y from "yjs";
import { clocksIn } from "./clocks.ts";
import type { Dialect } from "./dialect.ts";
import type { HouseRoom } from "./contender.ts";
import { keystroke } from "./keystrokes.ts";
import { Latencies } from "./latencies.ts";
import { deaf, LightClient } from "./light-client.ts";
import type { Place } from "./page.ts";

/** What a crowd has written, and who has got it. */
export class Tally {
  /** Characters that were typed. */
  edits = 0;
  /** Of each character, one for every other client of its room. */
  expected = 0;
  delivered = 0;
  closed = 0;
  /** From typing to each other client. */
  readonly latencies = new Latencies();
  /** From typing to hearing that it is kept. */
  readonly saved = new Latencies();
}

/** Sockets that are opened at the same time. */
const atOnce = 50;

/** Numbers as large as those that Yjs makes by chance; each room's are its own. */
let nextAuthor = 0x8000_0000;

/** Some clients in one room, of whom the first ones type. */
export class Crowd {
  readonly clients: LightClient[] = [];
  readonly #places: readonly Place[];
  readonly #tally: () => Tally;
  /** The first of as many author's numbers as there are writers. */
  readonly #firstAuthor: number;
  /** When each writer typed each of their characters. */
  readonly #typedMs: number[][];
  /** How many of each writer's characters somebody else has seen, and how many they were told are kept. */
  readonly #seen: number[];
  readonly #saved: number[];

  private constructor(writers: number, places: readonly Place[], tally: () => Tally) {
    this.#places = places;
    this.#tally = tally;
    this.#firstAuthor = nextAuthor;
    this.#typedMs = Array.from({ length: writers }, () => []);
    this.#seen = this.#typedMs.map(() => 0);
    this.#saved = this.#typedMs.map(() => 0);
    nextAuthor += writers;
  }

  /** Opens the clients' sockets; done when all have the text. `tally` is asked anew for every count. */
  static async gather(
    room: HouseRoom,
    dialect: Dialect,
    { clients, writers, places }: { clients: number; writers: number; places: readonly Place[] },
    tally: () => Tally,
  ): Promise<Crowd> {
    const crowd = new Crowd(writers, places, tally);
    for (let from = 0; from < clients; from += atOnce) {
      const some = Array.from({ length: Math.min(atOnce, clients - from) }, (_, at) =>
        crowd.#enter(room, dialect, from + at),
      );
      await Promise.all(some.map((client) => client.joined));
    }
    return crowd;
  }

  /** One writer types one character. */
  type(writer: number): void {
    const typed = this.#typedMs[writer]!;
    const clock = typed.length;
    const place = this.#places[writer % this.#places.length]!;
    const tally = this.#tally();
    tally.edits += 1;
    tally.expected += this.clients.length - 1;
    typed.push(performance.now());
    this.clients[writer]!.edit(keystroke(this.#firstAuthor + writer, clock, place));
  }

  /** Characters that somebody else has seen, or of which their writer was told that they are kept. */
  get promised(): number {
    return this.#promisedEach().reduce((sum, count) => sum + count, 0);
  }

  /** How many of those are not in the text that somebody has who joins now. */
  lostIn(text: Uint8Array): number {
    const { to } = Y.parseUpdateMeta(text);
    const lost = this.#promisedEach().map((count, writer) =>
      Math.max(0, count - (to.get(this.#firstAuthor + writer) ?? 0)),
    );
    return lost.reduce((sum, count) => sum + count, 0);
  }

  leave(): void {
    for (const client of this.clients) client.leave();
  }

  #enter(room: HouseRoom, dialect: Dialect, at: number): LightClient {
    const ears = {
      ...deaf,
      onEdit: this.#reader(at),
      onSaved: (count: number) => this.#thank(at, count),
      onClose: () => void (this.#tally().closed += 1),
    };
    const client = new LightClient(room, at, dialect, ears);
    this.clients.push(client);
    return client;
  }

  /** Counts what one client hears of the others, each character once. */
  #reader(own: number): (update: Uint8Array) => void {
    const ends = new Uint32Array(this.#typedMs.length);
    return (update) =>
      clocksIn(update, (author, from, end) => {
        const writer = author - this.#firstAuthor;
        const known = ends[writer];
        if (known === undefined || writer === own || end <= known) return;
        ends[writer] = end;
        this.#count(writer, Math.max(from, known), end);
      });
  }

  #count(writer: number, from: number, end: number): void {
    const tally = this.#tally();
    const nowMs = performance.now();
    this.#seen[writer] = Math.max(this.#seen[writer]!, end);
    tally.delivered += end - from;
    for (let clock = from; clock < end; clock += 1)
      tally.latencies.add(nowMs - this.#typedMs[writer]![clock]!);
  }

  /** A writer hears how many of their messages are kept; the first one was the answer on joining. */
  #thank(writer: number, messages: number): void {
    const typed = this.#typedMs[writer];
    if (!typed) return;
    const { saved } = this.#tally();
    const nowMs = performance.now();
    for (let clock = this.#saved[writer]!; clock < messages - 1; clock += 1) saved.add(nowMs - typed[clock]!);
    this.#saved[writer] = Math.max(this.#saved[writer]!, messages - 1);
  }

  #promisedEach(): number[] {
    return this.#seen.map((seen, writer) => Math.max(seen, this.#saved[writer]!));
  }
}
