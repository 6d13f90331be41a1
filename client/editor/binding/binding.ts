import type { Node } from "@tiptap/pm/model";
import type { Plugin } from "@tiptap/pm/state";
import { Selection, TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import * as Y from "yjs";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import { flatText, rangeOf } from "../../../shared/body/anchors.ts";
import { bodyText, containerMap } from "../../../shared/body/format.ts";
import type { Place, Quote } from "../../../shared/body/place.ts";
import { SegmentIndex, type SegmentChange } from "../../../shared/body/segment-index.ts";
import { canonicalPlugin, fromText, split } from "./canonical.ts";
import { agrees } from "./agreement.ts";
import { changeOf, type Change } from "./changes.ts";
import { difference } from "./difference.ts";
import { drawBody } from "./draw.ts";
import { push, type Origins } from "./push.ts";
import { redraw } from "./redraw.ts";
import { TakenOut } from "./taken-out.ts";
import { placeOfSelection, positionOf, rangeOfCell, rangeOfQuoteInCells, relativeOf } from "./places.ts";
import { flatAt, sizeOf } from "./tokens.ts";
import type { ReplaceStep } from "@tiptap/pm/transform";

/** The view that a binding shows the page in: an EditorView, or in a test anything that holds a state. */
export type View = {
  readonly state: EditorState;
  dispatch: (transaction: Transaction) => void;
  /** Takes up what the browser has not told yet of the selection. Called before others' changes come in. */
  settle?: () => void;
};

/** A selection as two relative positions: it follows its characters, whatever others do. */
export type Selected = { anchor: Y.RelativePosition; head: Y.RelativePosition };

/**
 * Binds a page's body to a view. After every call, the view shows exactly what the text holds:
 *
 *   view changes → canonical.ts → push.ts → text        text changes → segment-index.ts → redraw.ts → view
 *
 * Both directions work as far as the change reaches. Whatever fails between them ends in drawing the view anew
 * from the text: the text is never written while the view shows something else.
 */
export class Binding {
  readonly #doc: Y.Doc;
  /** The origin of the transactions that this makes of what the person does. */
  readonly #origin: object;
  readonly #makeId: () => string;
  readonly #report: (error: unknown) => void;
  #index: SegmentIndex;
  #view: View | null = null;
  /** The change being pushed, if one is. */
  #pushed: Change | null = null;
  /** Whether the view is to be drawn anew after the push, since the text changed around it. */
  #isAstray = false;
  #selected: Selected | null = null;
  readonly #takenOut = new TakenOut();
  /** How often the view had to be drawn anew because it did not show the text. Zero unless there is a bug. */
  repairs = 0;

  constructor(
    doc: Y.Doc,
    options: { makeId: () => string; report: (error: unknown) => void; origin?: object },
  ) {
    this.#doc = doc;
    this.#origin = options.origin ?? this;
    this.#makeId = options.makeId;
    this.#report = options.report;
    this.#index = new SegmentIndex(doc);
  }

  /** The document to start a view with. */
  draw(state: { schema: Node["type"]["schema"] }): Node {
    return drawBody(state.schema, this.#index.body);
  }

  get index(): SegmentIndex {
    return this.#index;
  }

  /** Begins to listen to the text. Answers how to stop; the page's undo history outlives it. */
  bind(view: View): () => void {
    this.#view = view;
    this.#readAnew();
    const text = bodyText(this.#doc);
    const containers = containerMap(this.#doc);
    // One transaction may touch both, and is to be read once, when all of it is there.
    let last: Y.Transaction | null = null;
    const once = (_events: unknown, transaction: Y.Transaction) => {
      if (transaction === last) return;
      last = transaction;
      this.#hear(transaction);
    };
    // Somebody else's observer that throws can keep a transaction from being heard: then it is not to be written on.
    const miss = (transaction: Y.Transaction) => {
      const isOurs = [...transaction.changed.keys()].some((type) => isWithin(type, [text, containers]));
      if (transaction === last || !isOurs) return;
      last = transaction;
      this.#report(new Error("A change of the text was not heard"));
      this.#repair(view);
    };
    // Yjs would never end a transaction that something throws in here.
    const settle = (transaction: Y.Transaction) => {
      if (this.#pushed || transaction.origin === this.#origin) return;
      try {
        view.settle?.();
      } catch (error) {
        this.#report(error);
      }
    };
    this.#doc.on("beforeTransaction", settle);
    text.observeDeep(once);
    containers.observeDeep(once);
    this.#doc.on("afterTransactionCleanup", miss);
    this.#redraw(view);
    return () => {
      this.#doc.off("beforeTransaction", settle);
      this.#doc.off("afterTransactionCleanup", miss);
      text.unobserveDeep(once);
      containers.unobserveDeep(once);
      this.#view = null;
    };
  }

  /** The plugins that a bound view's state needs. They come last: they see what all others did. */
  plugins(): Plugin[] {
    const isMoved = (id: BlockId) => this.#takenOut.has(id) && !this.#index.hasBlock(id);
    const countIn = (id: ContainerId) => this.#index.countIn(id);
    const hasContainer = (id: ContainerId) => countIn(id) > 0;
    return [canonicalPlugin({ isMoved, hasContainer, countIn, make: this.#makeId })];
  }

  /** Takes up what transactions, applied in this order, made of a state. To be called once for each dispatch. */
  changed(transactions: readonly Transaction[], after: EditorState): void {
    const [first] = transactions;
    const own = transactions.some((each) => each.docChanged && !each.getMeta(fromText));
    if (own && first && this.#view) this.#push(transactions, first.before, after.doc, this.#view);
    if (!this.#pushed) this.#selected = this.#readSelection(this.#view?.state ?? after);
  }

  /** Where the selection is, for others to see. */
  get selected(): Selected | null {
    return this.#selected;
  }

  /** The view's position for a relative position, or null where its place is not in this page. */
  position(doc: Node, relative: Y.RelativePosition): number | null {
    return positionOf(this.#doc, doc, this.#index, relative);
  }

  /** The relative position of a place in the view. */
  relative(doc: Node, position: number): Y.RelativePosition {
    return relativeOf(doc, this.#index, position);
  }

  /** The view's range for a place, or else for a quote, in a cell of a table. */
  rangeInCells(doc: Node, place: Place, quote: Quote): { from: number; to: number } | null {
    return rangeOfCell(this.#doc, doc, this.#index, place) ?? rangeOfQuoteInCells(doc, this.#index, quote);
  }

  /** The place and quote of a range of the view within one cell; null where it is not in one. */
  placeInCells(doc: Node, range: { from: number; to: number }): { place: Place; quote: Quote } | null {
    return placeOfSelection(doc, this.#index, range);
  }

  /** The range of the text that a thread's place spans now; null where it spans nothing. */
  rangeOf(place: Place): { start: number; end: number } | null {
    return rangeOf(this.#doc, place, (position) => this.#index.flatOf(this.#doc, position));
  }

  /** The text's characters, as quotes are looked for in them. */
  get flatText(): string {
    return flatText(bodyText(this.#doc));
  }

  #push(transactions: readonly Transaction[], before: Node, after: Node, view: View): void {
    const change = changeOf(transactions, before, after);
    if (!change) return;
    this.#pushed = change;
    this.#isAstray = false;
    try {
      push(this.#doc, this.#index, change, before, after, {
        origins: originsOf(transactions),
        as: this.#origin,
      });
    } catch (error) {
      this.#report(error);
      this.#repair(view);
    } finally {
      this.#pushed = null;
    }
  }

  #hear(transaction: Y.Transaction): void {
    const view = this.#view;
    if (!view) return;
    try {
      const changes = this.#index.update(transaction);
      this.#takenOut.hear(changes, this.#pushed !== null && transaction.origin === this.#origin);
      if (!this.#pushed) this.#show(view, changes);
      // Records of containers that are about to be stood in change nothing that is seen.
      else if (transaction.origin !== this.#origin) this.#isAstray ||= changes.length > 0;
      else this.#confirm(view, changes, this.#pushed);
    } catch (error) {
      this.#report(error);
      this.#repair(view);
    }
  }

  /** What was pushed is in the text: the view shows it already, unless the text makes something else of it. */
  #confirm(view: View, changes: readonly SegmentChange[], pushed: Change): void {
    const { doc } = view.state;
    const isShown =
      !this.#isAstray &&
      agrees(doc, this.#index, flatAt(doc, pushed.newFrom), flatAt(doc, pushed.newTo)) &&
      this.#shows(doc, changes);
    if (isShown) return;
    this.#selected = this.#readSelection(view.state);
    this.#redraw(view);
  }

  /** Draws what others changed. */
  #show(view: View, changes: readonly SegmentChange[]): void {
    if (changes.length === 0) return;
    const { doc } = view.state;
    if (this.#index.length === 0 || sizeOf(doc) === 0) return this.#redraw(view);
    const steps = changes.toReversed().map((change) => redraw(doc, this.#index, change));
    this.#dispatch(
      view,
      steps.filter((step) => step !== null),
    );
    if (!this.#shows(view.state.doc, changes)) throw new Error("The view does not show what was drawn");
  }

  #shows(doc: Node, changes: readonly SegmentChange[]): boolean {
    return changes.every(({ at, added }) => {
      const length = added.reduce((sum, segment) => sum + segment.length, 0);
      return agrees(doc, this.#index, at, at + length);
    });
  }

  #redraw(view: View): void {
    const { doc, schema } = view.state;
    const step = difference(doc, drawBody(schema, this.#index.body));
    this.#dispatch(view, step ? [step] : []);
  }

  /** Shows steps in one go, the last in the text first. */
  #dispatch(view: View, steps: readonly ReplaceStep[]): void {
    if (steps.length === 0) return;
    const selected = this.#selected;
    const transaction = view.state.tr.setMeta(fromText, true).setMeta("addToHistory", false);
    for (const step of steps) transaction.step(step);
    const { from, to } = view.state.selection;
    const isInside = steps.some((step) => to > step.from && from < step.to);
    if (selected && isInside) this.#restore(transaction, selected);
    view.dispatch(transaction);
  }

  /** What held the selection was drawn anew: it goes where its characters are now. */
  #restore(transaction: Transaction, selected: Selected): void {
    const anchor = this.position(transaction.doc, selected.anchor);
    const head = this.position(transaction.doc, selected.head);
    if (anchor === null || head === null) return;
    const [from, to] = [transaction.doc.resolve(anchor), transaction.doc.resolve(head)];
    transaction.setSelection(
      from.parent.isTextblock && to.parent.isTextblock ? TextSelection.between(from, to) : Selection.near(to),
    );
  }

  #repair(view: View): void {
    this.repairs += 1;
    this.#readAnew();
    this.#redraw(view);
  }

  #readAnew(): void {
    this.#index = new SegmentIndex(this.#doc);
    this.#takenOut.clear();
  }

  #readSelection(state: EditorState): Selected {
    const at = (position: number) => relativeOf(state.doc, this.#index, position);
    return { anchor: at(state.selection.anchor), head: at(state.selection.head) };
  }
}

/** Whether a shared type is, or is nested in, one of these. */
function isWithin(type: unknown, roots: readonly unknown[]): boolean {
  for (let each = type; each instanceof Y.AbstractType; each = each.parent)
    if (roots.includes(each)) return true;
  return false;
}

/** What the canonical plugin says was split. */
function originsOf(transactions: readonly Transaction[]): Origins {
  return new Map(transactions.flatMap((each) => [...((each.getMeta(split) as Origins | undefined) ?? [])]));
}
