import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { readBody, writeBody } from "../../../shared/body/format.ts";
import { blockChoices } from "../block-choices.ts";
import { History } from "../history.ts";
import { Keys } from "../keys.ts";
import { makeLeaving } from "../leaving.ts";
import { documentExtensions } from "../schema.ts";
import { marks } from "../tools.ts";
import { Desk, schema } from "./desk.stage.ts";
import type { Writer } from "./fuzz-hands.stage.ts";
import { Keyboard } from "./fuzz-keyboard.stage.ts";
import type { Key } from "./fuzz-plan.stage.ts";
import type { Contender } from "./fuzz-round.stage.ts";

/** Every key of the program that changes the page; those of undo are acts of their own. */
export const plenumKeys: readonly Key[] = [
  ...["Enter", "Enter", "Shift-Enter"].map((name) => key(name, "anywhere", { replaces: true })),
  ...["Tab", "Tab", "Shift-Tab"].map((name) => key(name, "anywhere")),
  ...[...marks, ...blockChoices()].flatMap(({ key: name }) => (name ? [key(name, "anywhere")] : [])),
  key("Backspace", "start", { replaces: true }),
  key("Delete", "end", { replaces: true }),
  key("ArrowDown", "end"),
];

function key(name: string, where: Key["where"], { replaces = false } = {}): Key {
  return { name, where, selects: true, replaces };
}

export const plenum: Contender = { start, sit, agree };

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

/** A desk with the keys and the history that the program gives a person. */
function sit(person: number, update: Uint8Array): Writer {
  let made = 0;
  const desk = new Desk(() => `p${person}i${(made += 1)}`, 100 + person, update);
  desk.undoManager.destroy();
  const history = new History(desk.doc, desk.binding);
  const keys = Keys.configure({ history, binding: desk.binding, leaving: makeLeaving(), onLink: () => {} });
  const keyboard = new Keyboard({ extensions: [...documentExtensions, keys] }, schema);
  keyboard.hold(desk);
  desk.state = desk.state.reconfigure({ plugins: [...keyboard.plugins, ...desk.binding.plugins()] });
  return {
    doc: desk.doc,
    get state() {
      return desk.state;
    },
    dispatch: (transaction) => {
      // Every act begins by placing the caret, and is taken back by itself, however fast they follow each other.
      if (!transaction.docChanged) history.cut();
      desk.dispatch(transaction);
    },
    press: (name) => {
      // In code it is put in as HTML, which takes a browser.
      const isInCode = desk.state.selection.$from.parent.type.spec.code === true;
      if (name !== "Tab" || !isInCode) keyboard.press(name);
    },
    undo: () => void keyboard.press("Mod-z"),
    redo: () => void keyboard.press("Mod-y"),
    receive: (bytes) => desk.receive(bytes),
    check: () => desk.check(),
  };
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
