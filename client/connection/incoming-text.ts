import * as Y from "yjs";

/** Calls back before the next picture is drawn, or soon where none is drawn; answers how to call it off. */
export type Frame = (then: () => void) => () => void;

/**
 * Others' text on its way into the document: what arrives between two animation frames becomes one Yjs transaction,
 * in the order of arrival; while held, nothing does. Nothing that arrived is ever dropped before `destroy`.
 */
export class IncomingText {
  readonly #doc: Y.Doc;
  readonly #origin: unknown;
  readonly #frame: Frame;
  #queue: { update: Uint8Array; onApplied: () => void }[] = [];
  #isHeld = false;
  #waiting: (() => void)[] = [];
  #callOff: (() => void) | null = null;

  constructor(doc: Y.Doc, origin: unknown, frame: Frame) {
    this.#doc = doc;
    this.#origin = origin;
    this.#frame = frame;
  }

  take(update: Uint8Array, onApplied: () => void = () => {}): void {
    this.#queue.push({ update, onApplied });
    if (!this.#isHeld) this.#callOff ??= this.#frame(this.#apply);
  }

  /** From here on the document changes by this person's hand only. */
  hold(): void {
    this.#isHeld = true;
    this.#forgetFrame();
  }

  /** What was held back is applied at once. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#apply();
    for (const act of this.#waiting.splice(0)) act();
  }

  /** Acts once nobody holds the text: now, or when it is released, after what was held back. */
  whenFree(act: () => void): void {
    if (this.#isHeld) this.#waiting.push(act);
    else act();
  }

  destroy(): void {
    this.#queue = [];
    this.#waiting = [];
    this.#forgetFrame();
  }

  readonly #apply = (): void => {
    this.#forgetFrame();
    const taken = this.#queue;
    if (taken.length === 0) return;
    // Emptied first: an observer that throws must not have the same text applied again and again.
    this.#queue = [];
    try {
      const applyAll = () => {
        for (const { update } of taken) Y.applyUpdate(this.#doc, update, this.#origin);
      };
      Y.transact(this.#doc, applyAll, this.#origin, false);
    } finally {
      for (const { onApplied } of taken) onApplied();
    }
  };

  #forgetFrame(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}
