import { Extension } from "@tiptap/core";
import { DOMSerializer, type Slice } from "@tiptap/pm/model";
import { Plugin, type Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Body } from "../../../shared/body/blocks.ts";
import { CopyWriter, isOurs, PasteReader } from "./carry.ts";
import { copiedText } from "./copy-text.ts";
import { asBlocks, asLine, endsInLine, hasOwnWay, moveIntoCell, put } from "./fit.ts";
import { followed } from "./followed.ts";
import { purify } from "./purify.ts";
import { readHtml } from "./read-html.ts";
import { isSound } from "./sound.ts";
import { pasteText, type TextOptions } from "./text.ts";

type Options = TextOptions & {
  makeId: () => string;
  /** Gives what writes Markdown; fetched as soon as words are selected, for copying does not wait. */
  loadWriter: () => Promise<(body: Body) => string>;
};

/**
 * What goes out and comes in by the clipboard, and by dragging. Out go HTML that holds all that a page has, and
 * Markdown as text. In comes anything, as blocks. With Shift held, and in code, text is pasted as it is.
 */
export const Clipboard = Extension.create<Options>({
  name: "clipboard",
  // Before the editor's own way of making text of what is copied.
  priority: 150,

  addProseMirrorPlugins() {
    const { schema } = this.editor;
    const { nodes, marks } = DOMSerializer.fromSchema(schema);
    const { makeId, loadWriter } = this.options;
    const reader = new PasteReader(schema, (root) => readHtml(root, makeId));
    const writer = new Writer(loadWriter);
    /** Where the slice is from that is being pasted; null where it is dragged within the page. */
    let origin: "page" | "elsewhere" | null = null;
    const transformPasted = (slice: Slice): Slice => {
      const from = origin;
      origin = null;
      if (from === null || !isSound(slice.content)) return from === null ? slice : asLine(slice);
      return from === "page" ? slice : asBlocks(slice.content);
    };
    return [
      followed(),
      new Plugin({
        view: () => ({
          update: ({ state }) => {
            if (!state.selection.empty) writer.load();
          },
        }),
        props: {
          clipboardParser: reader,
          clipboardSerializer: new CopyWriter(nodes, marks),
          clipboardTextSerializer: (slice) => writer.text(slice),
          transformPastedHTML: (html) => {
            origin = isOurs(html) ? "page" : "elsewhere";
            const pure = purify(html);
            return origin === "page" ? pure : pure.replaceAll("data-pm-slice", "data-slice");
          },
          transformPasted,
          handlePaste: (view, event, slice) => {
            if (!view.editable) return false;
            const text = textToRead(view, event.clipboardData);
            if (text !== null && pasteText(view, text, this.options)) return true;
            const { from, to, $from } = view.state.selection;
            const hasWay = hasOwnWay($from, slice) || endsInLine(slice);
            const isOwn = slice.size > 0 && (hasWay || isPictured(event, slice));
            return isOwn && putAt(view, from, to, slice, "paste");
          },
          handleDrop: (view, event, slice, isMoved) => {
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
            if (!view.editable || at === undefined || slice.size === 0) return false;
            if (isMoved) return dispatched(view, moveIntoCell(view.state.tr, at, slice), "drop");
            return hasOwnWay(view.state.doc.resolve(at), slice) && putAt(view, at, at, slice, "drop");
          },
        },
      }),
    ];
  },
});

type How = "paste" | "drop";

const putAt = (view: EditorView, from: number, to: number, slice: Slice, how: How): boolean =>
  dispatched(view, put(view.state.tr, from, to, slice).setMeta("paste", true), how);

/** Whether there was something to do. */
function dispatched(view: EditorView, transaction: Transaction | null, how: How): boolean {
  if (transaction) view.dispatch(transaction.setMeta("uiEvent", how).scrollIntoView());
  return transaction !== null;
}

/** What writes Markdown, once it is there; plain words until then. */
class Writer {
  readonly #fetch: Options["loadWriter"];
  #write: ((body: Body) => string) | null = null;
  #isLoading = false;

  constructor(fetch: Options["loadWriter"]) {
    this.#fetch = fetch;
  }

  load(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    this.#fetch().then(
      (write) => (this.#write = write),
      // Offline, or a server that is gone: the next selection tries again.
      () => (this.#isLoading = false),
    );
  }

  /** The text of a slice; empty, and so left to the editor, while the writer is not there. */
  text(slice: Slice): string {
    return this.#write ? copiedText(slice, this.#write) : "";
  }
}

/** Text that may be more than it looks; null where it is to stay as it is, or where HTML says more. */
function textToRead(view: EditorView, data: DataTransfer | null): string | null {
  const isCode = view.state.selection.$from.parent.type.spec.code === true;
  if (!data || isCode || isShiftHeld(view)) return null;
  const isHtmlOnly = data.types.includes("text/html") && !isMarkdownSource(data);
  return isHtmlOnly ? null : data.getData("text/plain");
}

/** Whether words were copied, of which the other program made a picture, too: the words are meant. */
function isPictured({ clipboardData }: ClipboardEvent, { content }: Slice): boolean {
  const hasBoth = clipboardData?.types.includes("text/html") && clipboardData.files.length > 0;
  return hasBoth === true && content.textBetween(0, content.size, " ").trim() !== "";
}

/** Editors of code colour what they copy; that of a Markdown file is still Markdown. */
function isMarkdownSource(data: DataTransfer): boolean {
  return /"mode"\s*:\s*"markdown"/.test(data.getData("vscode-editor-data"));
}

/** ProseMirror remembers it for its own pasting; there is no other way to know in a paste event. */
const isShiftHeld = (view: EditorView): boolean =>
  (view as EditorView & { input?: { shiftKey?: boolean } }).input?.shiftKey === true;
