import type { Editor } from "@tiptap/core";
import { applyAwarenessUpdate, Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { browserDevice } from "../../../client/connection/device.ts";
import { IncomingText } from "../../../client/connection/incoming-text.ts";

/** Draws a contender's editor, as its people would use it, on a document. */
export type Show = (root: HTMLElement, doc: Y.Doc, awareness: Awareness) => void;

/** What a remote person sent, in base 64. */
export type Sent = { update: string; presence: string };

declare global {
  interface Window {
    /** The driver's hand in the page; there as soon as it can be used. */
    stage?: Stage;
  }
}

/** What the driver does with the page: opens an editor, puts the caret somewhere, lets things arrive. */
export class Stage {
  readonly #show: Show;
  #doc = new Y.Doc();
  #awareness = new Awareness(this.#doc);
  #incoming = this.#makeIncoming();
  #sent: { update: Uint8Array; presence: Uint8Array }[] = [];

  constructor(show: Show) {
    this.#show = show;
  }

  /** Milliseconds from having a page's bytes to having painted an editor that takes keys. */
  async open(address: string): Promise<number> {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    await document.fonts.ready;
    const root = document.getElementById("page")!;
    const startMs = performance.now();
    this.#doc = new Y.Doc();
    this.#awareness = new Awareness(this.#doc);
    this.#incoming = this.#makeIncoming();
    Y.applyUpdate(this.#doc, bytes);
    this.#show(root, this.#doc, this.#awareness);
    while (!isEditable(root)) await painted();
    return performance.now() - startMs;
  }

  /** Puts the caret into the text block in the page's middle: within its first words, or at its end. */
  place(where: "inside" | "end", inside: "paragraph" | "listItem"): void {
    const { editor } = this;
    const found: number[] = [];
    editor.state.doc.descendants((node, position, parent) => {
      const isAtTop = parent === editor.state.doc;
      if (node.type.name !== "paragraph" || (inside === "paragraph") !== isAtTop) return true;
      found.push(where === "end" ? position + 1 + node.content.size : position + 10);
      return false;
    });
    const middle = found[Math.floor(found.length / 2)];
    if (middle === undefined) throw new Error(`The page has no ${inside}`);
    editor.chain().setTextSelection(middle).focus().scrollIntoView().run();
  }

  /** How many characters and block ends the editor shows: it tells whether a key arrived. */
  get size(): number {
    return this.editor.state.doc.content.size;
  }

  /** Takes what is to arrive later. */
  load(sent: readonly Sent[]): void {
    this.#sent = sent.map(({ update, presence }) => ({
      update: bytesOf(update),
      presence: bytesOf(presence),
    }));
  }

  /** Lets the next thing arrive, as the connection gives it on: text once per frame, presence at once. */
  receive(): void {
    const next = this.#sent.shift();
    if (!next) throw new Error("Nothing is left that could arrive");
    this.#incoming.take(next.update);
    applyAwarenessUpdate(this.#awareness, next.presence, "remote");
  }

  /** Lets everything arrive, one thing each `everyMs`; answers how long each frame took meanwhile. */
  async receiveAll(everyMs: number): Promise<number[]> {
    const frames: number[] = [];
    const startMs = performance.now();
    const total = this.#sent.length;
    let last = startMs;
    while (this.#sent.length > 0 || performance.now() - startMs < total * everyMs) {
      const due = Math.min(total, Math.floor((performance.now() - startMs) / everyMs));
      while (total - this.#sent.length < due) this.receive();
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return frames.slice(1);
  }

  get editor(): Editor {
    const shown = document.querySelector<HTMLElement & { editor?: Editor }>(".tiptap");
    if (!shown?.editor) throw new Error("There is no editor yet");
    return shown.editor;
  }

  #makeIncoming(): IncomingText {
    return new IncomingText(this.#doc, "remote", browserDevice().frame);
  }
}

function isEditable(root: HTMLElement): boolean {
  const shown = root.querySelector<HTMLElement>(".tiptap");
  return shown !== null && shown.isContentEditable && shown.childElementCount > 1;
}

/** Done in the task behind the next frame: what that frame shows has been laid out and painted. */
function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => done());
      port1.start();
      port2.postMessage(null);
    });
  });
}

const bytesOf = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
