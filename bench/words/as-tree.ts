import { StarterKit } from "@tiptap/starter-kit";
import { EditorState, type Plugin, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import * as tiptap from "@tiptap/y-tiptap";
import * as yProsemirror from "y-prosemirror";
import * as Y from "yjs";
import type { Writer } from "../../client/editor/binding/fuzz-hands.stage.ts";
import type { Contender } from "../../client/editor/binding/fuzz-round.stage.ts";
import { bareView, Keyboard } from "./keyboard.ts";

/** What a binding that keeps the view's tree as a tree of Yjs elements brings along. */
type TreeBinding = {
  ySyncPlugin: (fragment: Y.XmlFragment) => Plugin;
  yUndoPlugin: () => Plugin;
  undo: (state: EditorState) => boolean;
  redo: (state: EditorState) => boolean;
  managerOf: (state: EditorState) => Y.UndoManager;
};

/** The keys that do here what a command of the plans says. */
export const keys: { readonly [command: string]: string } = {
  enter: "Enter",
  break: "Shift-Enter",
  backspace: "Backspace",
  delete: "Delete",
  indent: "Tab",
  outdent: "Shift-Tab",
  bold: "Mod-b",
  italic: "Mod-i",
  strike: "Mod-Shift-s",
  paragraph: "Mod-Alt-0",
  "heading 1": "Mod-Alt-1",
  "heading 2": "Mod-Alt-2",
  "heading 3": "Mod-Alt-3",
  "heading 4": "Mod-Alt-4",
  bullets: "Mod-Shift-8",
  numbers: "Mod-Shift-7",
  quote: "Mod-Shift-b",
  code: "Mod-Alt-c",
};

/** y-prosemirror with the nodes, keys and commands of Tiptap's starter kit. */
export const asYProsemirror: Contender = asTree({
  ...yProsemirror,
  managerOf: (state) => yProsemirror.yUndoPluginKey.getState(state)!.undoManager,
});

/** Tiptap's own collaboration: the same, by its own fork of that binding. */
export const asYTiptap: Contender = asTree({
  ...tiptap,
  managerOf: (state) => tiptap.yUndoPluginKey.getState(state)!.undoManager,
});

function asTree(binding: TreeBinding): Contender {
  return {
    start,
    agree,
    mend: () => {},
    buried: () => new Map(),
    sit: (person, update) => sit(binding, person, update),
  };
}

const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment("default");

function start(paragraphs: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const elements = paragraphs.map((text) => {
    const element = new Y.XmlElement("paragraph");
    element.insert(0, [new Y.XmlText(text)]);
    return element;
  });
  fragmentOf(doc).insert(0, elements);
  return Y.encodeStateAsUpdate(doc);
}

function sit(binding: TreeBinding, person: number, update: Uint8Array): Writer {
  const doc = new Y.Doc();
  doc.clientID = 100 + person;
  Y.applyUpdate(doc, update, "network");
  // Its own history is the binding's; what draws on the screen has none here.
  const keyboard = new Keyboard({
    extensions: [StarterKit.configure({ undoRedo: false, dropcursor: false, gapcursor: false, link: false })],
  });
  const plugins = [binding.ySyncPlugin(fragmentOf(doc)), binding.yUndoPlugin()];
  const screen = new Screen(
    EditorState.create({ schema: keyboard.schema, plugins: [...plugins, ...keyboard.plugins] }),
  );
  keyboard.hold(screen);
  screen.show(plugins);
  return {
    doc,
    get state() {
      return screen.state;
    },
    dispatch: (transaction) => {
      if (!transaction.docChanged) binding.managerOf(screen.state).stopCapturing();
      screen.dispatch(transaction);
    },
    type: (text) => screen.dispatch(screen.state.tr.insertText(text)),
    paste: (slice) => {
      screen.dispatch(screen.state.tr.replaceSelection(slice));
      return "";
    },
    press: (command) => void keyboard.press(keys[command]!),
    erased: () => "",
    unit: () => null,
    undo: () => void binding.undo(screen.state),
    redo: () => void binding.redo(screen.state),
    receive: (bytes) => Y.applyUpdate(doc, bytes, "network"),
    // Whether it shows what its document holds cannot be seen from outside; what it loses shows in the words.
    check: () => {},
  };
}

/** A state on a screen that nobody looks at: as much of a view as the binding's plugins need to live. */
class Screen {
  state: EditorState;
  #views: { update?: ((view: EditorView, before: EditorState) => void) | undefined }[] = [];
  readonly #view: EditorView;

  constructor(state: EditorState) {
    this.state = state;
    this.#view = bareView(this);
  }

  show(plugins: readonly Plugin[]): void {
    this.#views = plugins.flatMap(({ spec }) => (spec.view ? [spec.view(this.#view)] : []));
  }

  dispatch(transaction: Transaction): void {
    const before = this.state;
    this.state = before.apply(transaction);
    for (const view of this.#views) view.update?.(this.#view, before);
  }
}

/** Whether two people see one page, and their documents are one. */
function agree(one: Writer, other: Writer): boolean {
  const documents = [one, other].map(({ doc }) => fragmentOf(doc).toString());
  const views = [one, other].map(({ state }) => JSON.stringify(state.doc, withoutHiddenMarks));
  return documents[0] === documents[1] && views[0] === views[1];
}

/** A line break in italics, which this binding keeps from the others, looks like any line break. */
function withoutHiddenMarks(this: { type?: string }, key: string, value: unknown): unknown {
  return key === "marks" && this.type !== "text" ? undefined : value;
}
