import { Fragment, type Node, type Slice } from "@tiptap/pm/model";
import { Plugin, type EditorState, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { mendDoubles } from "../../../shared/body/doubles.ts";
import { readBody, writeBody } from "../../../shared/body/format.ts";
import { typeOver } from "../commands/across.ts";
import { unitOf } from "../commands/where.ts";
import { History } from "../history.ts";
import { endsInLine, hasOwnWay, put } from "../paste/fit.ts";
import { spotOf } from "../table/grid.ts";
import { asCells } from "../table/keys.ts";
import { copiedCells, pasteCells } from "../table/paste-cells.ts";
import { Desk } from "./desk.stage.ts";
import { commands, plenumKeys } from "./fuzz-commands.stage.ts";
import type { Writer } from "./fuzz-hands.stage.ts";
import { wordsIn, type Words } from "./fuzz-ledger.stage.ts";
import type { Effect } from "./fuzz-plan.stage.ts";
import type { Contender } from "./fuzz-round.stage.ts";

/** This program's editor, without a browser. */
export const plenum: Contender = { start, sit, agree, mend: mendDoubles, buried };

function start(paragraphs: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const blocks = paragraphs.map((text, n) => ({
    id: `b${n}`,
    type: "paragraph",
    attrs: {},
    in: null,
    content: [{ text }],
  }));
  writeBody(doc, { blocks, containers: new Map() } as unknown as Body);
  return Y.encodeStateAsUpdate(doc);
}

function sit(person: number, update: Uint8Array): Writer {
  return writerAt(`p${person}`, new Y.Doc(), 100 + person, update);
}

/** A person at a page of their own keeping; `name` is what their new blocks' ids begin with. */
export function writerAt(name: string, doc: Y.Doc, clientId?: number, update?: Uint8Array): Writer {
  let made = 0;
  const desk = new Desk(
    () => `${name}i${(made += 1)}`,
    clientId,
    update,
    () => [new Plugin({ appendTransaction: (_own, _before, state) => asCells(state) })],
    doc,
  );
  desk.undoManager.destroy();
  const history = History.of(desk.doc);
  const erased = erasedBy(desk.doc, history);
  const show = (transaction: Transaction) => dispatchAsShown(desk, transaction);
  return {
    doc: desk.doc,
    get state() {
      return desk.state;
    },
    dispatch: (transaction) => {
      // Every act begins by placing the caret, and is taken back by itself, however fast they follow each other.
      if (!transaction.docChanged) history.cut();
      show(transaction);
    },
    type: (text) => {
      if (!typeOver(text)(desk.state, show)) show(desk.state.tr.insertText(text));
    },
    paste: (slice) => {
      const before = desk.state;
      if (pasteCells(slice)(before, show)) return textUnder(before, desk.state);
      show(pasted(before, copiedCells(slice)));
      return "";
    },
    press: (name) => {
      const { selection, doc } = desk.state;
      history.cut();
      // A row that goes can take a column with it that somebody had deleted, and that only its words had kept on show.
      const isRemoval = effects.get(name) === "removes";
      commands.get(name)!(desk.state, (transaction) =>
        isRemoval ? desk.dispatch(transaction) : show(transaction),
      );
      if (selection.empty || effects.get(name) === "keeps") checkKept(name, doc, desk.state.doc, erased.text);
    },
    erased: () => {
      const { text } = erased;
      erased.text = "";
      return text;
    },
    undo: () => void history.undo(() => {}),
    redo: () => void history.redo(() => {}),
    unit: () => tableOf(desk) ?? unitOf(desk.state.tr),
    receive: (bytes) => desk.receive(bytes),
    check: () => desk.check(),
  };
}

const effects: ReadonlyMap<string, Effect> = new Map(plenumKeys.map(({ name, effect }) => [name, effect]));

/** What cells held that are selected after copied cells were put into them. */
function textUnder(before: EditorState, after: EditorState): string {
  const [then, area] = [spotOf(before), spotOf(after)];
  if (!then || !area) return "";
  const rows = then.table.children.slice(area.top, area.bottom + 1);
  const cells = rows.flatMap((row) => row.children.slice(area.left, area.right + 1));
  return cells.map((cell) => cell.textContent).join(" ");
}

/** What the clipboard's plugin makes of what is pasted, or else the browser's view. */
function pasted({ tr, selection: { $from, from, to } }: EditorState, slice: Slice): Transaction {
  return hasOwnWay($from, slice) || endsInLine(slice) ? put(tr, from, to, slice) : tr.replaceSelection(slice);
}

/** What somebody does stays as their own editor showed it, with its marks. */
function dispatchAsShown(desk: Desk, transaction: Transaction): void {
  const { state, transactions } = desk.state.applyTransaction(transaction);
  const hasCode = [desk.state.doc, state.doc].some(isWithCode);
  desk.state = state;
  desk.binding.changed(transactions, state);
  const [shown, kept] = [linesOf(state.doc, hasCode), linesOf(desk.state.doc, hasCode)];
  const n = shown.findIndex((line, at) => !kept[at]?.eq(line));
  if (transaction.docChanged && n >= 0) throw new Error(`the text took ${shown[n]} as ${kept[n]}`);
}

/**
 * What stands in the lines of a page, whatever they stand in; as code shows it where there is code, for marks and atoms
 * that code hides come back in what leaves it.
 */
function linesOf(doc: Node, asCode: boolean): Fragment[] {
  const lines: Fragment[] = [];
  doc.descendants((node) => {
    if (node.isTextblock) lines.push(asCode ? bare(doc, node.content) : node.content);
    return !node.isTextblock;
  });
  return lines;
}

function isWithCode(doc: Node): boolean {
  let hasCode = false;
  doc.descendants((node) => {
    hasCode ||= node.type.spec.code === true;
    return !hasCode;
  });
  return hasCode;
}

/** The characters of a line, with atoms as code shows them. */
function bare({ type: { schema } }: Node, line: Fragment): Fragment {
  const text = line.textBetween(0, line.size, "", "\uFFFC");
  return text ? Fragment.from(schema.text(text)) : Fragment.empty;
}

/**
 * A command that restructures writes no character anew, and every line with words stays the block that it was; code is
 * several lines, and the first of them stays it.
 */
function checkKept(name: string, before: Node, after: Node, erased: string): void {
  const effect = effects.get(name);
  if (effect !== "keeps" && effect !== "joins" && effect !== "replaces") return;
  if (erased.trim().length > 0) throw new Error(`it deletes "${erased}"`);
  // Of a line and code with one id, as two people leave who move one block at once, either may keep it.
  const ids = idsIn(after, () => true);
  const gone = [...idsIn(before, ({ type }) => !type.spec.code)].filter((id) => !ids.has(id));
  if (gone.length > 0 && effect !== "joins") throw new Error(`it gives ${gone.length} lines other ids`);
}

function idsIn(doc: Node, counts: (block: Node) => boolean): Set<string> {
  const ids = new Set<string>();
  doc.descendants((node) => {
    const id: unknown = node.attrs["id"];
    if (typeof id === "string" && node.textContent !== "" && counts(node)) ids.add(id);
    return !node.isTextblock;
  });
  return ids;
}

/** Within a table, what is removed is at most all of it. */
function tableOf({ state }: Desk): { start: number; end: number } | null {
  const spot = spotOf(state);
  return spot && { start: spot.at, end: spot.at + spot.table.nodeSize };
}

/** Collects the text, in its order, that a person's own edits delete. */
function erasedBy(doc: Y.Doc, origin: object): { text: string } {
  const erased = { text: "" };
  doc.on("afterTransaction", (transaction: Y.Transaction) => {
    if (transaction.origin !== origin) return;
    const texts = new Set<Y.Text>();
    Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
      if (struct instanceof Y.Item && struct.parent instanceof Y.Text) texts.add(struct.parent);
    });
    for (const text of texts)
      erased.text += textOf(text, (item) => Y.isDeleted(transaction.deleteSet, item.id));
  });
  return erased;
}

/** The characters of some of a text's items, deleted ones among them. */
function textOf(text: Y.Text, which: (item: Y.Item) => boolean): string {
  let result = "";
  for (let item = text._start; item; item = item.right)
    if (item.content instanceof Y.ContentString && which(item)) result += item.content.str;
  return result;
}

function buried(archive: Y.Doc): Words {
  const texts = new Set<Y.Text>();
  for (const structs of archive.store.clients.values())
    for (const struct of structs)
      if (
        struct instanceof Y.Item &&
        struct.parent instanceof Y.Text &&
        struct.parent._item?.deleted === true
      )
        texts.add(struct.parent);
  return wordsIn([...texts].map((text) => textOf(text, () => true)).join(" "));
}

/** Whether two people see one page, and whoever opens it now sees it, too. */
function agree(one: Writer, other: Writer): boolean {
  const late = new Y.Doc();
  Y.applyUpdate(late, Y.encodeStateAsUpdate(one.doc));
  const bodies = [one.doc, other.doc, late].map((doc) => bodyAsText(doc));
  return one.state.doc.eq(other.state.doc) && bodies.every((body) => body === bodies[0]);
}

function bodyAsText(doc: Y.Doc): string {
  const { blocks, containers } = readBody(doc);
  return JSON.stringify([blocks, [...containers.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1))], sorted);
}

/** Objects with their keys in one order, since maps of people who heard of them in different orders differ in it. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
