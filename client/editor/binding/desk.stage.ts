import { getSchema } from "@tiptap/core";
import { baseKeymap, chainCommands, toggleMark } from "@tiptap/pm/commands";
import type { Node, Schema } from "@tiptap/pm/model";
import { EditorState, TextSelection, type Command, type Plugin, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import { readBody } from "../../../shared/body/format.ts";
import { backspace, deleteForward } from "../commands/backspace.ts";
import { enter } from "../commands/enter.ts";
import { indent, outdent } from "../commands/indent.ts";
import { toggleList } from "../commands/lists.ts";
import { setParagraph, toggleCode, toggleHeading } from "../commands/retype.ts";
import { toggleQuote } from "../commands/wraps.ts";
import { History } from "../history.ts";
import { documentExtensions } from "../schema.ts";
import { Binding } from "./binding.ts";
import { difference } from "./difference.ts";
import { drawBody } from "./draw.ts";

export const schema: Schema = getSchema(documentExtensions);

/**
 * A person at a page, without a browser: a document, a view's state, the binding between them, and hands. For
 * tests: `check` throws unless the view shows exactly what the text holds.
 */
export class Desk {
  readonly doc: Y.Doc;
  readonly binding: Binding;
  readonly errors: unknown[] = [];
  readonly undoManager: Y.UndoManager;
  state: EditorState;

  constructor(
    makeId: () => string,
    clientId?: number,
    update?: Uint8Array,
    more: (binding: Binding) => Plugin[] = () => [],
    doc = new Y.Doc(),
  ) {
    this.doc = doc;
    if (clientId !== undefined) this.doc.clientID = clientId;
    if (update) Y.applyUpdate(this.doc, update, "network");
    const origin = History.of(this.doc);
    this.binding = new Binding(this.doc, { origin, makeId, report: (error) => this.errors.push(error) });
    origin.seat(this.binding);
    this.undoManager = new Y.UndoManager([this.doc.getText("body"), this.doc.getMap("containers")], {
      trackedOrigins: new Set([origin]),
      captureTimeout: 0,
    });
    this.state = EditorState.create({
      doc: this.binding.draw({ schema }),
      plugins: [...this.binding.plugins(), ...more(this.binding)],
    });
    this.binding.bind(this);
  }

  dispatch(transaction: Transaction): void {
    const { state, transactions } = this.state.applyTransaction(transaction);
    this.state = state;
    this.binding.changed(transactions, state);
  }

  run(command: Command): boolean {
    return command(this.state, (transaction) => this.dispatch(transaction));
  }

  type(text: string): void {
    this.dispatch(this.state.tr.insertText(text));
  }

  press(key: keyof typeof keys): boolean {
    return this.run(keys[key]);
  }

  /** Puts the caret behind the first place where these words stand, or selects them. */
  find(words: string, how: "before" | "behind" | "select" = "behind"): void {
    let at = -1;
    this.state.doc.descendants((node, position) => {
      if (!node.isTextblock || at >= 0) return at < 0;
      const found = node.textBetween(0, node.content.size, null, "\uFFFC").indexOf(words);
      if (found >= 0) at = position + 1 + found;
      return false;
    });
    if (at < 0) throw new Error(`"${words}" is not on the page: ${this.text}`);
    this.select(how === "behind" ? at + words.length : at, how === "before" ? at : at + words.length);
  }

  select(anchor: number, head = anchor): void {
    const { tr, doc } = this.state;
    this.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))));
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update, "network");
  }

  get text(): string {
    return this.state.doc.textBetween(0, this.state.doc.content.size, "|", "\uFFFC");
  }

  check(): void {
    const next: Node = drawBody(schema, readBody(this.doc));
    this.state.doc.check();
    if (this.errors.length > 0) throw this.errors[0];
    const step = difference(this.state.doc, next);
    if (step) {
      const shown = this.state.doc.slice(step.from, step.to).content;
      throw new Error(`The view shows, at ${step.from}: ${shown}\nand the text holds: ${step.slice.content}`);
    }
    if (this.binding.repairs > 0) throw new Error(`repairs: ${this.binding.repairs}`);
  }
}

const keys = {
  Enter: chainCommands(enter, baseKeymap["Enter"]!),
  Backspace: chainCommands(backspace, baseKeymap["Backspace"]!),
  Delete: chainCommands(deleteForward, baseKeymap["Delete"]!),
  Tab: indent,
  "Shift-Tab": outdent,
  Bold: toggleMark(schema.marks["bold"]!),
  Italic: toggleMark(schema.marks["italic"]!),
  Heading: toggleHeading(2),
  Paragraph: setParagraph,
  Code: toggleCode,
  Quote: toggleQuote,
  Bullet: toggleList("bulletList"),
  Ordered: toggleList("orderedList"),
} satisfies { [key: string]: Command };
