import type { Editor } from "@tiptap/core";
import { Selection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type * as Y from "yjs";
import type { ThreadId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { slugsOf } from "../../shared/base/text.ts";
import { placeAt, quoteAt } from "../../shared/body/anchors.ts";
import type { Place, Quote } from "../../shared/body/place.ts";
import { Held, type Store } from "../connection/store.ts";
import { flatAt } from "./binding/tokens.ts";
import { bringIntoView } from "./bring-into-view.ts";
import { rangeOfThread, showThreads, type Anchored, type Finder } from "./highlights.ts";
import { headingsOf, type Heading } from "./outline.ts";
import { reveal, standInFor } from "./views/reveal.ts";

type Listeners<T> = Set<(value: T) => void>;

/** The page's text as the rest of the room sees it: its outline, its places, where they are on the screen. */
export class PageText {
  readonly #editor: Editor;
  readonly #doc: Y.Doc;
  readonly #finder: Finder;
  readonly #outline: Held<readonly Heading[]>;
  readonly #onSelection: Listeners<void> = new Set();
  readonly #onLayout: Listeners<void> = new Set();
  readonly #onClickThread: Listeners<ThreadId> = new Set();
  readonly #resize: ResizeObserver;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #threads: readonly Anchored[] = [];

  constructor(editor: Editor, doc: Y.Doc, finder: Finder) {
    this.#editor = editor;
    this.#doc = doc;
    this.#finder = finder;
    this.#outline = new Held(headingsOf(editor.state.doc), isSameOutline);
    editor.on("selectionUpdate", () => call(this.#onSelection));
    editor.on("transaction", ({ transaction }) => {
      if (!transaction.docChanged) return;
      this.#looking ??= setTimeout(() => this.#lookAtOutline(), limits.drawingPauseMs);
      call(this.#onSelection);
      call(this.#onLayout);
    });
    this.#resize = new ResizeObserver(() => call(this.#onLayout));
    this.#resize.observe(editor.view.dom);
  }

  /** The headings, in order; a change of the text is in them when the hands rest, not with every key. */
  get outline(): Store<readonly Heading[]> {
    return this.#outline;
  }

  get element(): HTMLElement {
    return this.#view.dom;
  }

  /** The selected words as a place that a thread can stand at; null where nothing is selected. */
  selectedPlace(): { place: Place; quote: Quote } | null {
    const { doc, selection } = this.#editor.state;
    const inCell = this.#finder.placeInCells(doc, selection);
    if (inCell) return inCell.quote.exact.trim() ? inCell : null;
    const start = flatAt(doc, selection.from);
    const end = flatAt(doc, selection.to);
    if (start >= end) return null;
    const quote = quoteAt(this.#finder.flatText, start, end);
    return quote.exact.trim() ? { place: placeAt(this.#doc, start, end), quote } : null;
  }

  onSelection(hear: () => void): () => void {
    return listen(this.#onSelection, hear);
  }

  /** How far below the page's top the selection begins, in pixels; null where nothing is selected. */
  selectionTop(): number | null {
    const { selection } = this.#editor.state;
    return selection.empty ? null : this.#topAt(selection.from);
  }

  /**
   * How far below the page's top a thread's words begin, in pixels; null where they are gone. Words that are hidden on
   * this screen count as where the summary or the tab is that hides them.
   */
  topOf(thread: { place: Place; quote: Quote }): number | null {
    const range = rangeOfThread(this.#finder, this.#editor.state.doc, thread);
    return range && this.#topAt(range.from);
  }

  /** Marks the words of these threads, those of the active one more. */
  show(threads: readonly Anchored[], active: ThreadId | null): void {
    this.#threads = threads;
    if (!this.#editor.isDestroyed) showThreads(this.#view, { threads, active });
  }

  onClickThread(hear: (thread: ThreadId) => void): () => void {
    return listen(this.#onClickThread, hear);
  }

  clickThread(thread: ThreadId): void {
    for (const hear of this.#onClickThread) hear(thread);
  }

  /** Calls after the text may have moved on the screen. */
  onLayout(hear: () => void): () => void {
    return listen(this.#onLayout, hear);
  }

  /** Brings a thread's words, or a heading, into view. */
  goTo(id: string): void {
    const at = this.#positionOf(id);
    if (at === null) return;
    this.#scrollTo(at, this.#threads.some((thread) => thread.id === id) ? "center" : "start");
  }

  /** Brings a place of the view into sight, and the caret of whoever writes to it. */
  goToPosition(position: number): void {
    const { doc, tr } = this.#editor.state;
    const selection = Selection.near(doc.resolve(Math.min(position, doc.content.size)));
    this.#view.dispatch(tr.setSelection(selection));
    this.#scrollTo(selection.from, "center");
    if (this.#editor.isEditable) this.#view.focus();
  }

  /** Brings the heading with this anchor into view: what stands behind the # of a link, as it stands there. */
  goToAnchor(encoded: string): void {
    const anchor = decoded(encoded);
    const headings = headingsOf(this.#editor.state.doc);
    const heading = headings[slugsOf(headings.map((each) => each.text)).indexOf(anchor)];
    if (heading) this.goTo(heading.id);
  }

  /** Gives the keyboard to the text, the caret behind what was selected. */
  focus(): void {
    const { to } = this.#editor.state.selection;
    this.#editor.chain().setTextSelection(to).focus(null, { scrollIntoView: false }).run();
  }

  destroy(): void {
    clearTimeout(this.#looking);
    this.#resize.disconnect();
  }

  #lookAtOutline(): void {
    this.#looking = undefined;
    this.#outline.set(headingsOf(this.#editor.state.doc));
  }

  get #view(): EditorView {
    return this.#editor.view;
  }

  #scrollTo(position: number, block: "center" | "start"): void {
    reveal(this.#view, position);
    const { node } = this.#view.domAtPos(position);
    const element = node instanceof Element ? node : node.parentElement;
    if (element) bringIntoView(element, block);
  }

  #positionOf(id: string): number | null {
    const { doc } = this.#editor.state;
    const thread = this.#threads.find((each) => each.id === id);
    if (thread) return rangeOfThread(this.#finder, doc, thread)?.from ?? null;
    let at: number | null = null;
    doc.descendants((node, position) => {
      if (node.attrs["id"] === id) at = position + 1;
      return at === null;
    });
    return at;
  }

  #topAt(position: number): number {
    const page = this.#view.dom.closest("main") ?? this.#view.dom;
    const seen = standInFor(this.#view, position)?.getBoundingClientRect();
    return (seen ?? this.#view.coordsAtPos(position)).top - page.getBoundingClientRect().top;
  }
}

function listen<T>(listeners: Listeners<T>, hear: (value: T) => void): () => void {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

function call(listeners: Listeners<void>): void {
  for (const hear of listeners) hear();
}

function isSameOutline(a: readonly Heading[], b: readonly Heading[]): boolean {
  return (
    a.length === b.length &&
    a.every((each, n) => each === b[n] || JSON.stringify(each) === JSON.stringify(b[n]))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray % in an address that was typed by hand.
  }
}
