import * as Y from "yjs";
import type { ColumnId, RowId } from "../base/ids.ts";
import type { Align, Inline, Table, Value } from "./blocks.ts";
import { bodyText, readBody, writeBody } from "./format.ts";
import { cellTexts, editTexts } from "./table-cells.ts";
import { arrange, keepLines, prepare, setAlign, type Axis } from "./table-lines.ts";

/** A table of words, one row to a line: "a b / c d" has the rows r0, r1 and the columns c0, c1. */
export function tableOf(words: string): Table {
  const rows = words.split(" / ").map((row) => row.split(" "));
  return {
    columns: rows[0]!.map((_, n) => ({ id: `c${n}` as ColumnId, align: null })),
    rows: rows.map((row, n) => ({
      id: `r${n}` as RowId,
      cells: row.map((text) => (text === "." ? [] : [{ text }])),
    })),
  };
}

/** The words of a table again, "." for an empty cell. */
export const wordsOf = ({ rows }: Table): string =>
  rows.map(({ cells }) => cells.map((cell) => textOf(cell) || ".").join(" ")).join(" / ");

const textOf = (cell: readonly Inline[]): string =>
  cell.map((run) => ("text" in run ? run.text : "\uFFFC")).join("");

export function firstPage(words: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const block = { id: "t", type: "table", attrs: {}, in: null, content: [], table: tableOf(words) };
  writeBody(doc, { blocks: [block], containers: new Map() } as never);
  return Y.encodeStateAsUpdate(doc);
}

/** Somebody at a page that is one table. Others hear of what they do when `send` says so. */
export class Hand {
  readonly doc = new Y.Doc();
  readonly undoManager: Y.UndoManager;
  readonly #origin = {};

  constructor(client: number, page: Uint8Array) {
    this.doc.clientID = client;
    Y.applyUpdate(this.doc, page, "network");
    this.undoManager = new Y.UndoManager([bodyText(this.doc)], {
      trackedOrigins: new Set([this.#origin]),
      captureTimeout: 0,
    });
  }

  get marker(): Y.Map<Value> {
    const { content } = bodyText(this.doc)._start as Y.Item & { content: Y.ContentType };
    return content.type as unknown as Y.Map<Value>;
  }

  get table(): Table {
    return readBody(this.doc).blocks[0]!.table!;
  }

  get words(): string {
    return wordsOf(this.table);
  }

  ids(axis: Axis): string[] {
    return this.table[axis].map((line) => line.id as string);
  }

  insert(axis: Axis, id: string, at: number): void {
    const before = this.ids(axis);
    const order = before.toSpliced(at, 0, id);
    const shape = { rows: this.ids("rows"), columns: this.ids("columns"), [axis]: order };
    this.doc.transact(() => prepare(this.marker, shape));
    this.#act(() => arrange(this.marker, axis, before, order));
  }

  delete(axis: Axis, id: string): void {
    const before = this.ids(axis);
    const order = before.filter((each) => each !== id);
    this.#act(() => arrange(this.marker, axis, before, order));
  }

  move(axis: Axis, id: string, to: number): void {
    const before = this.ids(axis);
    const order = before.filter((each) => each !== id).toSpliced(to, 0, id);
    this.#act(() => arrange(this.marker, axis, before, order));
  }

  align(column: string, align: Align | null): void {
    this.#act(() => setAlign(this.marker, column, align));
  }

  /** Types a word at the start of a cell, or at an offset in it. */
  type(row: string, column: string, word: string, at = 0): void {
    this.doc.transact(() => prepare(this.marker, { rows: [], columns: [] }, [[row, column]]));
    this.#edit(row, column, [{ retain: at }, { insert: word, attributes: {} }]);
  }

  erase(row: string, column: string, at: number, count: number): void {
    this.#edit(row, column, [{ retain: at }, { delete: count }]);
  }

  undo(): void {
    this.undoManager.undo();
  }

  #edit(row: string, column: string, edits: Parameters<typeof editTexts>[1]): void {
    this.#act(() => {
      editTexts(cellTexts(this.marker, row, column), edits);
      keepLines(this.marker, row, column);
    });
  }

  #act(run: () => void): void {
    this.doc.transact(run, this.#origin);
  }
}

/** Tells each of these what the others know. */
export function meet(...hands: readonly Hand[]): void {
  const updates = hands.map((hand) => Y.encodeStateAsUpdate(hand.doc));
  for (const hand of hands) for (const update of updates) Y.applyUpdate(hand.doc, update, "network");
}
