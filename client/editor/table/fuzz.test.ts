import { TextSelection, type Command } from "@tiptap/pm/state";
import { CellSelection } from "@tiptap/pm/tables";
import { expect, test } from "vitest";
import { chanceOf } from "../../../shared/base/chance.ts";
import { readBody } from "../../../shared/body/format.ts";
import { firstPage, wordsOf } from "../../../shared/body/table.stage.ts";
import { Desk } from "../binding/desk.stage.ts";
import {
  addColumn,
  addRow,
  alignColumns,
  deleteColumns,
  deleteRows,
  moveColumns,
  moveRows,
} from "./commands.ts";
import { cellAt, heightOf, spotOf, widthOf } from "./grid.ts";
import { nextCell } from "./moves.ts";
import { copiedCells, pasteCells } from "./paste-cells.ts";

/*
 * Three people at one table, with all that can be done to it by hand, updates late. After every step each view shows
 * what its text holds; in the end all come to the same, and no word is lost that nobody deleted who had seen it.
 */

const wordsIn = (text: string): string[] => text.match(/w\d+x/g) ?? [];

const commands: readonly Command[] = [
  addRow(-1),
  addRow(1),
  addColumn(-1),
  addColumn(1),
  moveRows(-1),
  moveRows(1),
  moveColumns(-1),
  moveColumns(1),
  alignColumns("right"),
  nextCell(1),
  deleteRows,
  deleteColumns,
];

class Round {
  readonly desks: Desk[];
  readonly #inboxes: { due: number; update: Uint8Array }[][];
  readonly #chance: () => number;
  readonly #typed: string[] = [];
  readonly #deleted = new Set<string>();
  readonly #delay: number;
  #clock = 0;
  #ids = 0;

  constructor(seed: number, delay: number) {
    this.#chance = chanceOf(seed);
    this.#delay = delay;
    const page = firstPage(". . / . . / . .");
    this.desks = [7, 8, 9].map((client) => new Desk(() => `p${client}i${(this.#ids += 1)}`, client, page));
    this.#inboxes = this.desks.map(() => []);
    this.desks.forEach(({ doc }, from) =>
      doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin === "network") return;
        this.#inboxes.forEach((inbox, to) => {
          const due = Math.max(inbox.at(-1)?.due ?? 0, this.#clock + this.#pick(this.#delay + 1));
          if (to !== from) inbox.push({ due, update });
        });
      }),
    );
  }

  #pick(count: number): number {
    return Math.floor(this.#chance() * count);
  }

  #deliver(until: number): void {
    this.#inboxes.forEach((inbox, to) => {
      while (inbox[0] && inbox[0].due <= until) {
        this.desks[to]!.receive(inbox.shift()!.update);
        this.desks[to]!.check();
      }
    });
  }

  step(): void {
    this.#clock += 1;
    this.#deliver(this.#clock);
    const desk = this.desks[this.#pick(this.desks.length)]!;
    this.#place(desk);
    const spot = spotOf(desk.state)!;
    const deed = this.#pick(commands.length + 14);
    if (deed >= commands.length + 2) this.#type(desk);
    else if (deed >= commands.length) this.#deleting(desk, () => this.#paste(desk));
    else if (deed < 4 ? heightOf(spot) * widthOf(spot) < 30 : heightOf(spot) * widthOf(spot) > 2)
      this.#deleting(desk, () => this.#run(desk, commands[deed]!));
    desk.check();
  }

  /** Whoever deletes all rows or columns takes the table: that is another story. */
  #run(desk: Desk, command: Command): void {
    const spot = spotOf(desk.state)!;
    const isAllRows = spot.bottom - spot.top + 1 === heightOf(spot);
    const isAllColumns = spot.right - spot.left + 1 === widthOf(spot);
    if (command === deleteRows ? isAllRows : command === deleteColumns && isAllColumns) return;
    const before = desk.state.doc;
    desk.run(command);
    if (desk.state.doc !== before && this.#chance() < 0.15) desk.undoManager.undo();
  }

  #paste(desk: Desk): void {
    const other = this.desks[this.#pick(this.desks.length)]!;
    const slice = copiedCells(other.state.selection.content());
    // Words that are pasted are there twice; only empty cells are copied here.
    if (wordsIn(slice.content.textBetween(0, slice.content.size, " ")).length === 0)
      desk.run(pasteCells(slice));
  }

  #deleting(desk: Desk, run: () => void): void {
    const before = wordsIn(desk.text);
    run();
    const left = new Set(wordsIn(desk.text));
    for (const word of before) if (!left.has(word)) this.#deleted.add(word);
  }

  #place(desk: Desk): void {
    const { doc, tr } = desk.state;
    const place = { table: doc.firstChild!, at: 0 };
    const pick = () => cellAt(place, this.#pick(heightOf(place)), this.#pick(widthOf(place)));
    if (this.#chance() < 0.2) desk.dispatch(tr.setSelection(CellSelection.create(doc, pick(), pick())));
    else {
      const start = pick() + 1;
      const text = doc.nodeAt(start - 1)!.textContent;
      const places = [0, ...[...text.matchAll(/x/g)].map((match) => match.index + 1)];
      const at = start + places[this.#pick(places.length)]!;
      desk.dispatch(tr.setSelection(TextSelection.create(doc, at)));
    }
  }

  #type(desk: Desk): void {
    if (!desk.state.selection.empty) return;
    const word = `w${this.#typed.length}x`;
    this.#typed.push(word);
    desk.type(word);
  }

  finish(): void {
    this.#deliver(Infinity);
    const [first, ...others] = this.desks.map((desk) => readBody(desk.doc).blocks[0]!.table!);
    for (const other of others) expect(other).toEqual(first);
    for (const row of first!.rows) expect(row.cells).toHaveLength(first!.columns.length);
    const words = wordsIn(wordsOf(first!));
    expect(this.#typed.filter((word) => !this.#deleted.has(word) && !words.includes(word))).toEqual([]);
    const certain = words.filter((word) => !this.#deleted.has(word));
    expect(certain).toHaveLength(new Set(certain).size);
  }
}

test.each([2, 10, 40])(
  "no word is lost with updates up to %i steps late",
  (delay) => {
    for (let seed = 1; seed <= 2; seed += 1) {
      const round = new Round(seed * 1000 + delay, delay);
      try {
        for (let n = 0; n < 120; n += 1) round.step();
        round.finish();
      } catch (error) {
        throw new Error(`seed ${seed * 1000 + delay}, delay ${delay}`, { cause: error });
      }
    }
  },
  60_000,
);
