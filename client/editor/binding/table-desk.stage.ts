import { getSchema } from "@tiptap/core";
import type { Node, Schema } from "@tiptap/pm/model";
import { EditorState, Plugin, TextSelection, type Command, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import type { Value } from "../../../shared/body/blocks.ts";
import { bodyText, readBody } from "../../../shared/body/format.ts";
import { firstPage, wordsOf } from "../../../shared/body/table.stage.ts";
import { documentExtensions } from "../schema.ts";
import { changeOf } from "./changes.ts";
import { difference } from "./difference.ts";
import { drawBody } from "./draw.ts";
import { canonicalTable } from "./table-canonical.ts";
import { prepareTable, pushTable } from "./table-push.ts";

export const schema: Schema = getSchema(documentExtensions);

/** Somebody at a page that is one table, without a browser and without the rest of the binding. */
export class TableDesk {
  readonly doc = new Y.Doc();
  readonly undoManager: Y.UndoManager;
  state: EditorState;
  /** How many changes of the text the last dispatch made. */
  written = 0;

  constructor(client: number, page: Uint8Array | string) {
    this.doc.clientID = client;
    Y.applyUpdate(this.doc, typeof page === "string" ? firstPage(page) : page, "network");
    this.undoManager = new Y.UndoManager([bodyText(this.doc)], {
      trackedOrigins: new Set([this]),
      captureTimeout: 0,
    });
    let ids = 0;
    const canonical = new Plugin({
      appendTransaction: (applied, before, { tr, doc }) => {
        if (doc === before.doc || applied.some((each) => each.getMeta("from text"))) return null;
        if (isTable(doc)) canonicalTable(tr, doc.firstChild!, 0, () => `i${client}-${(ids += 1)}`);
        return tr.docChanged ? tr : null;
      },
    });
    this.state = EditorState.create({ doc: this.#drawn, plugins: [canonical] });
  }

  get #drawn(): Node {
    return drawBody(schema, readBody(this.doc));
  }

  get marker(): Y.Map<Value> {
    const { content } = bodyText(this.doc)._start as Y.Item & { content: Y.ContentType };
    return content.type as unknown as Y.Map<Value>;
  }

  get table(): Node {
    return this.state.doc.firstChild!;
  }

  get words(): string {
    return wordsOf(readBody(this.doc).blocks[0]!.table!);
  }

  dispatch(transaction: Transaction): void {
    const before = this.state.doc;
    const { state, transactions } = this.state.applyTransaction(transaction);
    this.state = state;
    const change = changeOf(transactions, before, state.doc);
    this.written = 0;
    if (!change || !isTable(before) || !isTable(state.doc)) return;
    const steps = { beforeAt: 0, afterAt: 0, spans: change.spans };
    const pushed = { before: before.firstChild!, after: this.table, steps };
    const count = () => (this.written += 1);
    this.doc.on("update", count);
    this.doc.transact(() => prepareTable(this.marker, pushed));
    this.doc.transact(() => pushTable(this.marker, pushed), this);
    this.doc.off("update", count);
    this.check();
  }

  run(command: Command): boolean {
    return command(this.state, (transaction) => this.dispatch(transaction));
  }

  type(text: string): void {
    this.dispatch(this.state.tr.insertText(text));
  }

  undo(): void {
    this.undoManager.undo();
    this.redraw();
  }

  /** Puts the caret into a cell, or selects from there to an offset in it. */
  go(row: number, column: number, from = 0, to = from): void {
    const at = this.cellAt(row, column) + 1;
    const { tr, doc } = this.state;
    this.dispatch(tr.setSelection(TextSelection.create(doc, at + from, at + to)));
  }

  /** The position before a cell. */
  cellAt(row: number, column: number): number {
    let at = 1;
    for (let n = 0; n < row; n += 1) at += this.table.child(n).nodeSize;
    at += 1;
    for (let n = 0; n < column; n += 1) at += this.table.child(row).child(n).nodeSize;
    return at;
  }

  /** The row and column in which the caret is. */
  get caret(): [number, number] {
    const { $head } = this.state.selection;
    return [$head.index(1), $head.index(2)];
  }

  /** Shows what the text holds. */
  redraw(): void {
    const step = difference(this.state.doc, this.#drawn);
    if (step) this.state = this.state.apply(this.state.tr.step(step).setMeta("from text", true));
  }

  check(): void {
    this.state.doc.check();
    const step = difference(this.state.doc, this.#drawn);
    if (step)
      throw new Error(`shown: ${this.state.doc.slice(step.from, step.to)} held: ${step.slice.content}`);
  }
}

const isTable = (doc: Node): boolean => doc.firstChild?.type.name === "table";

/** Tells each of these what the others know. */
export function meet(...desks: readonly TableDesk[]): void {
  const updates = desks.map((desk) => Y.encodeStateAsUpdate(desk.doc));
  for (const desk of desks) {
    for (const update of updates) Y.applyUpdate(desk.doc, update, "network");
    desk.redraw();
    desk.check();
  }
}
