import type { ContainerId } from "../base/ids.ts";
import type { Value } from "./blocks.ts";

/*
 * Where blocks and containers stand. Most say it (`in`). One that was made by splitting another does not: it was
 * born of it, and stands wherever its origin does, until it is put somewhere itself. So a line that is made by Enter
 * while somebody else quotes, lists or indents the line before it goes along.
 *
 *   stands(x) = x.in where x says it, else stands(origin) while there is an origin, else x.born.in
 *
 * (In a circle of origins, which no program should write, each stands in its own `born.in`.)
 *
 * Whoever moves or deletes an origin says for those born of it where they stand; else they would go along, too.
 */

/** What a marker or record says of the place of what it stands for. */
export type Standing = { readonly in: ContainerId | null } | { readonly born: Born };
export type Born = { readonly of: string; readonly in: ContainerId | null };

/** What the keys `in` and `born` of a marker or record say, whatever they hold. */
export function readStanding(own: Value | undefined, born: Value | undefined): Standing {
  if (own !== undefined) return { in: idOf(own) };
  if (typeof born === "object" && born !== null && "of" in born && typeof born["of"] === "string")
    return { born: { of: born["of"], in: idOf(born["in"]) } };
  return { in: null };
}

const idOf = (value: Value | undefined): ContainerId | null =>
  typeof value === "string" ? (value as ContainerId) : null;

type Entry = { id: string; standing: Standing; at?: ContainerId | null };

/**
 * Where all of them stand, kept up as they come, go and change. A key stands for one marker or record; several keys
 * can have one id (a block that two people moved at once): the first by `compare` is the one that others are born of.
 */
export class Births<Key> {
  readonly #compare: (a: Key, b: Key) => number;
  readonly #entries = new Map<Key, Entry>();
  readonly #keys = new Map<string, Key[]>();
  readonly #followers = new Map<string, Set<Key>>();

  constructor(compare: (a: Key, b: Key) => number) {
    this.#compare = compare;
  }

  /** Where this one stands; undefined where nothing is known of it. */
  at(key: Key): ContainerId | null | undefined {
    return this.#entries.get(key)?.at;
  }

  /** Where what has this id stands: of several with it the first. */
  atId(id: string): ContainerId | null | undefined {
    const [first] = this.#keys.get(id) ?? [];
    return first === undefined ? undefined : this.at(first);
  }

  has(id: string): boolean {
    return this.#keys.has(id);
  }

  /** Those born of what has this id that do not say where they stand. */
  followersOf(id: string): readonly Key[] {
    return [...(this.#followers.get(id) ?? [])];
  }

  /** Takes up what came, changed (a value) or went (null); answers all that stand somewhere else now. */
  update(changes: ReadonlyMap<Key, { id: string; standing: Standing } | null>): Set<Key> {
    const unsettled: Key[] = [];
    for (const [key, value] of changes) {
      const before = this.#entries.get(key);
      if (before && value && before.id === value.id && sameStanding(before.standing, value.standing))
        continue;
      if (before) this.#remove(key, before, unsettled);
      if (value) this.#add(key, value, unsettled);
    }
    return this.#settle(unsettled);
  }

  #add(key: Key, { id, standing }: { id: string; standing: Standing }, unsettled: Key[]): void {
    this.#entries.set(key, { id, standing });
    const keys = [...(this.#keys.get(id) ?? []), key].toSorted(this.#compare);
    this.#keys.set(id, keys);
    if ("born" in standing) {
      const of = this.#followers.get(standing.born.of) ?? new Set();
      this.#followers.set(standing.born.of, of.add(key));
    }
    unsettled.push(key);
    if (keys[0] === key) unsettled.push(...this.followersOf(id));
  }

  #remove(key: Key, { id, standing }: Entry, unsettled: Key[]): void {
    this.#entries.delete(key);
    const keys = this.#keys.get(id)!.filter((each) => each !== key);
    if (keys.length > 0) this.#keys.set(id, keys);
    else this.#keys.delete(id);
    if ("born" in standing) {
      const of = this.#followers.get(standing.born.of)!;
      of.delete(key);
      if (of.size === 0) this.#followers.delete(standing.born.of);
    }
    unsettled.push(...this.followersOf(id));
  }

  /** Finds anew where these stand, and all that follow them. */
  #settle(changed: readonly Key[]): Set<Key> {
    const pending = this.#withFollowers(changed);
    const moved = new Set<Key>();
    for (const key of pending) {
      if (!pending.has(key)) continue;
      for (const [each, place] of this.#find(key, pending)) {
        pending.delete(each);
        const entry = this.#entries.get(each)!;
        if (entry.at !== place) moved.add(each);
        entry.at = place;
      }
    }
    return moved;
  }

  #withFollowers(changed: readonly Key[]): Set<Key> {
    const all = new Set<Key>();
    const queue = [...changed];
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const entry = this.#entries.get(key);
      if (!entry || all.has(key)) continue;
      all.add(key);
      queue.push(...this.followersOf(entry.id));
    }
    return all;
  }

  /** Where a key stands, and all pending origins on the way. In a circle of origins each stands where it was born. */
  #find(key: Key, pending: ReadonlySet<Key>): [Key, ContainerId | null][] {
    const way: Key[] = [];
    const met = new Set<Key>();
    for (let each = key; ;) {
      way.push(each);
      met.add(each);
      const { standing } = this.#entries.get(each)!;
      const origin = "born" in standing ? this.#keys.get(standing.born.of)?.[0] : undefined;
      if (origin === undefined) return stretch(way, this.#born(each));
      if (met.has(origin)) return this.#circle(way, way.indexOf(origin));
      if (!pending.has(origin)) return stretch(way, this.#entries.get(origin)!.at ?? null);
      each = origin;
    }
  }

  #circle(way: readonly Key[], start: number): [Key, ContainerId | null][] {
    const circle = way.slice(start).map((key): [Key, ContainerId | null] => [key, this.#born(key)]);
    return [...stretch(way.slice(0, start), circle[0]![1]), ...circle];
  }

  #born(key: Key): ContainerId | null {
    const { standing } = this.#entries.get(key)!;
    return "born" in standing ? standing.born.in : standing.in;
  }
}

const stretch = <Key>(way: readonly Key[], place: ContainerId | null) =>
  way.map((key): [Key, ContainerId | null] => [key, place]);

function sameStanding(a: Standing, b: Standing): boolean {
  if ("in" in a || "in" in b) return "in" in a && "in" in b && a.in === b.in;
  return a.born.of === b.born.of && a.born.in === b.born.in;
}
