import { expect, test } from "vitest";
import * as Y from "yjs";
import { chanceOf } from "../base/chance.ts";
import { firstPage, Hand } from "./table.stage.ts";
import type { Axis } from "./table-lines.ts";

/*
 * Three to five people at one table, who type words that occur once and insert, delete, move and align rows and
 * columns, and take some of it back, while what they do reaches the others late. Whatever order that gives: the
 * table is a rectangle, all come to the same, and each word is in it once, but for those that somebody deleted who
 * had seen them.
 */

const wordsIn = (text: string): string[] => text.match(/w\d+x/g) ?? [];

class Round {
  readonly hands: Hand[];
  readonly typed: string[] = [];
  readonly deleted = new Set<string>();
  /** Words whose deletion was taken back: of two who do that, each brings back a copy. */
  readonly restored = new Set<string>();
  readonly #inboxes: { due: number; update: Uint8Array }[][];
  readonly #chance: () => number;
  readonly #delay: number;
  #clock = 0;

  constructor(seed: number, delay: number) {
    this.#chance = chanceOf(seed);
    this.#delay = delay;
    const page = firstPage(". . . / . . . / . . .");
    this.hands = Array.from({ length: 3 + this.#pick(3) }, (_, n) => new Hand(100 + n, page));
    this.#inboxes = this.hands.map(() => []);
    this.hands.forEach((hand, from) =>
      hand.doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin !== "network") this.#send(from, update);
      }),
    );
  }

  #pick(count: number): number {
    return Math.floor(this.#chance() * count);
  }

  #send(from: number, update: Uint8Array): void {
    this.#inboxes.forEach((inbox, to) => {
      if (to === from) return;
      const due = Math.max(inbox.at(-1)?.due ?? 0, this.#clock + this.#pick(this.#delay + 1));
      inbox.push({ due, update });
    });
  }

  #deliver(until: number): void {
    this.#inboxes.forEach((inbox, to) => {
      while (inbox[0] && inbox[0].due <= until)
        Y.applyUpdate(this.hands[to]!.doc, inbox.shift()!.update, "network");
    });
  }

  step(): void {
    this.#clock += 1;
    this.#deliver(this.#clock);
    const hand = this.hands[this.#pick(this.hands.length)]!;
    const axis: Axis = this.#chance() < 0.5 ? "rows" : "columns";
    const ids = hand.ids(axis);
    const id = ids[this.#pick(ids.length)];
    const deed = this.#pick(12);
    if (id === undefined || (deed === 0 && ids.length < 8)) {
      hand.insert(axis, `${axis}${this.#clock}`, this.#pick(ids.length + 1));
      if (this.#chance() < 0.3) hand.undo();
    } else if (deed === 1 && ids.length > 1) this.#delete(hand, axis, id);
    else if (deed <= 3) hand.move(axis, id, this.#pick(ids.length));
    else if (deed === 4) hand.align(hand.ids("columns")[0] ?? id, "right");
    else this.#type(hand);
    for (const row of hand.table.rows) expect(row.cells).toHaveLength(hand.table.columns.length);
  }

  #delete(hand: Hand, axis: Axis, id: string): void {
    const before = new Set(wordsIn(hand.words));
    hand.delete(axis, id);
    const left = new Set(wordsIn(hand.words));
    const gone = [...before].filter((word) => !left.has(word));
    if (this.#chance() < 0.3) {
      hand.undo();
      expect(new Set(wordsIn(hand.words))).toEqual(before);
      for (const word of gone) this.restored.add(word);
    } else for (const word of gone) this.deleted.add(word);
  }

  #type(hand: Hand): void {
    const { rows, columns } = hand.table;
    const [n, m] = [this.#pick(rows.length), this.#pick(columns.length)];
    const [row, column] = [rows[n], columns[m]];
    if (!row || !column) return;
    const text = row.cells[m]!.map((run) => ("text" in run ? run.text : "")).join("");
    const places = [0, ...[...text.matchAll(/x/g)].map((match) => match.index + 1)];
    const word = `w${this.typed.length}x`;
    this.typed.push(word);
    hand.type(row.id, column.id, word, places[this.#pick(places.length)]!);
  }

  finish(): void {
    this.#deliver(Infinity);
    for (const hand of this.hands) expect(hand.table).toEqual(this.hands[0]!.table);
    const words = wordsIn(this.hands[0]!.words);
    const isCertain = (word: string) => !this.deleted.has(word) && !this.restored.has(word);
    expect(this.typed.filter((word) => !this.deleted.has(word) && !words.includes(word))).toEqual([]);
    const certain = words.filter(isCertain);
    expect(certain).toHaveLength(new Set(certain).size);
    const isBack = (word: string) => this.deleted.has(word) && !this.restored.has(word);
    expect(words.filter(isBack)).toEqual([]);
  }
}

const rounds = 3;

test.each([2, 10, 60])("no word is lost with updates up to %i steps late", (delay) => {
  for (let seed = 1; seed <= rounds; seed += 1) {
    const round = new Round(seed * 1000 + delay, delay);
    try {
      for (let n = 0; n < 200; n += 1) round.step();
      round.finish();
    } catch (error) {
      throw new Error(`seed ${seed * 1000 + delay}, delay ${delay}`, { cause: error });
    }
  }
});
