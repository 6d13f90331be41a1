import type { Content, Range, Struct, StructId } from "./walk.ts";

/*
 * The order of everything in a page, found as Yjs finds it, without the text: each struct stands behind one neighbour
 * and before another, and where others have come between the two since, Yjs goes through them one by one. How many
 * steps that takes is what this is for: some thousand structs that were forged for it keep every browser busy for minutes.
 */

/** Some clocks of one author that stand in a row. */
type Item = {
  readonly author: number;
  readonly clock: number;
  end: number;
  readonly content: Content;
  readonly after: StructId | null;
  readonly before: StructId | null;
  readonly row: Row;
  left: Item | null;
  right: Item | null;
  /** Deletions that Yjs cut it into pieces for, at most. */
  cuts: number;
};

/** What stands in one type, or under one key of it. */
type Row = { first: Item | null };
type Kept = { readonly items: Item[]; end: number };
type Undo = () => void;

/** What Yjs keeps as one where it was written in one go. */
const joining: ReadonlySet<Content> = new Set(["string", "deleted", "any"]);

export class Order {
  readonly #most: number;
  readonly #authors = new Map<number, Kept>();
  readonly #rows = new Map<string, Row>();
  #steps = 0;
  /** Up to how many steps are gone at the moment. */
  #until: number;

  /** Once this many steps were taken, nothing is gone through any more: the order is not known any further. */
  constructor(most: number) {
    this.#most = most;
    this.#until = most;
  }

  /** Steps that all that was put in here took. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether it is not known any further, since so many steps were taken. */
  get isLost(): boolean {
    return this.#steps > this.#most;
  }

  /** Puts a struct where it stands. Each stands behind all that it builds on; what is known already is passed over. */
  put(struct: Struct): void {
    this.#put(struct, () => {});
  }

  /** How many steps these would take, put in one after another; it is not counted on from where they are too many. */
  stepsOf(structs: readonly Struct[], most: number): number {
    if (structs.length === 1 && this.#isBetween(structs[0]!)) return 0;
    const undos: Undo[] = [];
    const before = this.#steps;
    this.#until = before + most;
    for (const struct of structs) {
      if (this.#steps > this.#until) break;
      this.#put(struct, (undo) => undos.push(undo));
    }
    const steps = this.#steps - before;
    for (const undo of undos.reverse()) undo();
    this.#steps = before;
    this.#until = this.#most;
    return steps;
  }

  /** Hears of a deletion: it cuts what was in one piece. */
  cut({ author, clock, end }: Range): void {
    for (const at of [clock, end - 1]) {
      const item = this.#at({ author, clock: at });
      if (item) item.cuts += 1;
    }
  }

  #isBetween({ author, clock, after, before }: Struct): boolean {
    if (!after || clock !== (this.#authors.get(author)?.end ?? 0)) return false;
    const left = this.#at(after);
    if (!left) return false;
    if (after.clock < left.end - 1)
      return before?.author === after.author && before.clock === after.clock + 1;
    return before ? left.right?.author === before.author && left.right.clock === before.clock : !left.right;
  }

  #put(struct: Struct, keep: (undo: Undo) => void): void {
    const { author, content, before } = struct;
    const kept = this.#keptOf(author);
    const { end } = kept;
    if (struct.end <= end) return;
    kept.end = struct.end;
    keep(() => forget(kept, end));
    if (content === "garbage") return;
    const clock = Math.max(struct.clock, end);
    const after = clock > struct.clock ? { author, clock: clock - 1 } : struct.after;
    const left = after && this.#endingAt(after);
    const right = before && this.#startingAt(before);
    // Beside what was collected as garbage, Yjs makes garbage of it, too.
    if ((after && !left) || (before && !right)) return;
    if (left && left.right === right && continues(left, struct)) {
      left.end = struct.end;
      return;
    }
    const row = left?.row ?? right?.row ?? this.#rowOf(struct);
    const item: Item = { author, clock, end: struct.end, content, after, before, row, left, right, cuts: 0 };
    this.#link(item, this.#leftOf(item));
    kept.items.push(item);
  }

  /** Behind what it comes to stand, as Yjs decides it (Item.integrate). */
  #leftOf(item: Item): Item | null {
    let { left } = item;
    const passed = new Set<Item>();
    const rivals = new Set<Item>();
    let other = left ? left.right : item.row.first;
    for (; other && other !== item.right && this.#steps <= this.#until; other = other.right) {
      this.#steps += Math.min(other.end - other.clock, 1 + other.cuts);
      passed.add(other);
      rivals.add(other);
      if (isOne(item.after, other.after)) {
        if (other.author < item.author) {
          left = other;
          rivals.clear();
        } else if (isOne(item.before, other.before)) break;
      } else {
        const origin = other.after && this.#at(other.after);
        if (!origin || !passed.has(origin)) break;
        if (!rivals.has(origin)) {
          left = other;
          rivals.clear();
        }
      }
    }
    return left;
  }

  #link(item: Item, left: Item | null): void {
    item.left = left;
    item.right = left ? left.right : item.row.first;
    if (left) left.right = item;
    else item.row.first = item;
    if (item.right) item.right.left = item;
  }

  #endingAt(id: StructId): Item | null {
    const item = this.#at(id);
    if (item && id.clock < item.end - 1) this.#split(item, id.clock + 1);
    return item;
  }

  #startingAt(id: StructId): Item | null {
    const item = this.#at(id);
    return item && id.clock > item.clock ? this.#split(item, id.clock) : item;
  }

  #split(item: Item, clock: number): Item {
    const { author, end } = item;
    const rest: Item = { ...item, clock, end, after: { author, clock: clock - 1 } };
    item.end = clock;
    this.#link(rest, item);
    const { items } = this.#keptOf(author);
    items.splice(lastBy(items, clock) + 1, 0, rest);
    return rest;
  }

  #at({ author, clock }: StructId): Item | null {
    const { items } = this.#authors.get(author) ?? { items: [] };
    const item = items[lastBy(items, clock)];
    return item && clock < item.end ? item : null;
  }

  #keptOf(author: number): Kept {
    const kept = this.#authors.get(author) ?? { items: [], end: 0 };
    this.#authors.set(author, kept);
    return kept;
  }

  #rowOf({ parent, key }: Struct): Row {
    const name = JSON.stringify([typeof parent === "string" ? parent : [parent?.author, parent?.clock], key]);
    const row = this.#rows.get(name) ?? { first: null };
    this.#rows.set(name, row);
    return row;
  }
}

/** All that is kept of an author from this clock on. */
function forget(kept: Kept, end: number): void {
  const { items } = kept;
  while (items.length > 0 && items.at(-1)!.clock >= end) unlink(items.pop()!);
  const last = items.at(-1);
  if (last) last.end = Math.min(last.end, end);
  kept.end = end;
}

function unlink({ row, left, right }: Item): void {
  if (left) left.right = right;
  else row.first = right;
  if (right) right.left = left;
}

/** Whether a struct goes on in one row with this. */
function continues(left: Item, { author, clock, content, before }: Struct): boolean {
  const isNext = left.author === author && left.end === clock && left.content === content;
  return isNext && joining.has(content) && isOne(left.before, before);
}

function isOne(one: StructId | null, other: StructId | null): boolean {
  return one === other || (one?.author === other?.author && one?.clock === other?.clock);
}

/** The last that does not begin behind this clock. */
function lastBy(items: readonly Item[], clock: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.clock <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
