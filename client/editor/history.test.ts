import { EditorState, TextSelection } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Body } from "../../shared/body/blocks.ts";
import { writeBody } from "../../shared/body/format.ts";
import { Binding, type Selected, type View } from "./binding/binding.ts";
import { schema } from "./binding/desk.stage.ts";
import { History } from "./history.ts";

/* A page whose view is made anew again and again, as a screen does that is left and come back to. */

function pageOf(text: string): Y.Doc {
  const doc = new Y.Doc();
  const blocks = [{ id: "b", type: "paragraph", attrs: {}, in: null, content: [{ text }] }];
  writeBody(doc, { blocks, containers: new Map() } as unknown as Body);
  return doc;
}

let made = 0;

/** A view of the page; `leave` takes it away, and the page and its history stay. */
function enter(doc: Y.Doc) {
  const history = History.of(doc);
  const makeId = () => `n${(made += 1)}`;
  const report = (error: unknown) => {
    throw error;
  };
  const binding = new Binding(doc, { makeId, report, origin: history });
  let state = EditorState.create({ doc: binding.draw({ schema }), plugins: binding.plugins() });
  const view: View = {
    get state() {
      return state;
    },
    dispatch: (transaction) => {
      const applied = state.applyTransaction(transaction);
      state = applied.state;
      binding.changed(applied.transactions, state);
    },
  };
  const leave = binding.bind(view);
  history.seat(binding);
  const select = (at: number) => view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, at)));
  const restored: (number | null)[] = [];
  const back = ({ head }: Selected) => void restored.push(binding.position(state.doc, head));
  return {
    leave,
    restored,
    text: () => state.doc.textContent,
    type: (words: string, at: number) => {
      select(at);
      view.dispatch(state.tr.insertText(words));
    },
    undo: () => history.undo(back),
    redo: () => history.redo(back),
  };
}

test("what was done in a view that is gone is undone and redone in the one that came after it", () => {
  const doc = pageOf("one three");
  const before = enter(doc);
  before.type("two ", 5);
  before.leave();
  const after = enter(doc);
  after.type("four", 14);
  expect(after.text()).toBe("one two threefour");
  after.undo();
  expect(after.text()).toBe("one two three");
  after.undo();
  expect(after.text()).toBe("one three");
  after.redo();
  after.redo();
  expect(after.text()).toBe("one two threefour");
  expect(after.restored.every((at) => at !== null)).toBe(true);
});

test("a view that is made twice, as React does to find faults, has one history", () => {
  const doc = pageOf("one");
  enter(doc).leave();
  const view = enter(doc);
  view.type(" two", 4);
  expect(view.undo()).toBe(true);
  expect(view.text()).toBe("one");
  expect(view.undo()).toBe(false);
});

test("only one's own edits are taken back, whatever others did while no view stood", () => {
  const doc = pageOf("one");
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  const before = enter(doc);
  before.type(" two", 4);
  before.leave();
  other.getText("body").insert(1, "zero ");
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), "network");
  const after = enter(doc);
  expect(after.text()).toBe("zero one two");
  after.undo();
  expect(after.text()).toBe("zero one");
  expect(after.undo()).toBe(false);
});
