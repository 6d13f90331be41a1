import * as encoding from "lib0/encoding";
import { lackOf } from "./merge.ts";
import { Spans } from "./spans.ts";
import type { Laid } from "./splice.ts";
import type { Range, Struct, StructId, Walked } from "./walk.ts";

/** What of an update is not known yet. All zero: nothing. */
export type News = { structs: readonly Struct[]; deletes: number; authors: number };

/**
 * Which structs and deletions a state holds, without the text. Whatever was learnt is whole: each author's
 * structs are known from their first to some clock.
 */
export class Known {
  /** Each author's first clock that is not known. */
  readonly clocks: Map<number, number>;
  readonly #deleted: Map<number, Spans>;

  constructor(clocks = new Map<number, number>(), deleted = new Map<number, Spans>()) {
    this.clocks = clocks;
    this.#deleted = deleted;
  }

  /** What a state without a hole holds, of which it is known where everything lies. */
  static of({ stretches, deletes }: Pick<Laid, "stretches" | "deletes">): Known {
    const deleted = Array.from(deletes, ([author, spans]) => [author, spans.copy()] as const);
    return new Known(new Map(stretches.map(({ author, end }) => [author, end])), new Map(deleted));
  }

  /** Another that knows the same. What one of the two learns from here on, the other does not. */
  copy(): Known {
    const deleted = Array.from(this.#deleted, ([author, spans]) => [author, spans.copy()] as const);
    return new Known(new Map(this.clocks), new Map(deleted));
  }

  knows({ author, clock }: StructId): boolean {
    return clock < this.end(author);
  }

  end(author: number): number {
    return this.clocks.get(author) ?? 0;
  }

  newsIn({ runs, deletes }: Walked): News {
    const structs = runs.flatMap((run) => run.filter((struct) => struct.end > this.end(struct.author)));
    const isNew = (range: Range) => !this.#deleted.get(range.author)?.cover(range);
    const authors = runs.filter(([first]) => first && !this.clocks.has(first.author)).length;
    return { structs, deletes: deletes.filter(isNew).length, authors };
  }

  /**
   * A copy of an update, without the structs, or parts of structs, that are known: so that of what is kept nothing
   * says twice, and perhaps differently, what stands at one clock.
   */
  newPartOf(update: Uint8Array, { runs }: Walked): Uint8Array {
    const repeats = runs.some(([first]) => first && first.clock < this.end(first.author));
    return repeats ? lackOf(update, this.vector()) : update.slice();
  }

  /** The state vector, as Yjs encodes it. */
  vector(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.clocks.size);
      for (const [author, clock] of this.clocks) {
        encoding.writeVarUint(encoder, author);
        encoding.writeVarUint(encoder, clock);
      }
    });
  }

  /** Only what has no hole (isWhole) may be learnt. Learning twice changes nothing. */
  learn({ runs, deletes }: Walked): void {
    for (const run of runs) {
      const last = run.at(-1);
      if (last && last.end > this.end(last.author)) this.clocks.set(last.author, last.end);
    }
    for (const range of deletes) {
      const spans = this.#deleted.get(range.author) ?? new Spans();
      this.#deleted.set(range.author, spans);
      spans.add(range);
    }
  }
}

/**
 * Whether everything that an update builds on is known or in the update itself. Yjs would keep an update with a
 * hole aside for ever, and send it to every newcomer. Says every struct of the update behind what that builds on.
 */
export function isWhole(
  { runs, deletes }: Walked,
  known: Pick<Known, "end">,
  onSettled: (struct: Struct) => void = () => {},
): boolean {
  const only = runs.length === 1 && runs[0]!.length === 1 ? runs[0]![0]! : null;
  if (only && deletes.length === 0) return isOneWhole(only, known, onSettled);
  const authors = new Map<number, Progress>();
  for (const run of runs) {
    const [first] = run;
    if (!first) continue;
    if (first.clock > known.end(first.author) || run.some((struct) => struct.content === "gap")) return false;
    authors.set(first.author, { run, next: 0, end: known.end(first.author), isWaiting: false });
  }
  const endOf = (author: number) => authors.get(author)?.end ?? known.end(author);
  for (const progress of authors.values()) if (!settle(progress, authors, endOf, onSettled)) return false;
  return deletes.every((range) => range.end <= endOf(range.author));
}

/** As a keystroke: most updates are so, and the way through many is long for them. */
function isOneWhole(struct: Struct, known: Pick<Known, "end">, onSettled: (struct: Struct) => void): boolean {
  const { author, clock, content, after, before, parent } = struct;
  if (content === "gap" || clock > known.end(author)) return false;
  if (after && after.clock >= known.end(after.author)) return false;
  if (before && before.clock >= known.end(before.author)) return false;
  if (parent !== null && typeof parent !== "string" && parent.clock >= known.end(parent.author)) return false;
  onSettled(struct);
  return true;
}

/** How far one author's run of the update is settled. */
type Progress = { readonly run: readonly Struct[]; next: number; end: number; isWaiting: boolean };

/** Settles a run, and of the other runs as much as it builds on; false where it builds on nothing or on itself. */
function settle(
  start: Progress,
  authors: ReadonlyMap<number, Progress>,
  endOf: (author: number) => number,
  onSettled: (struct: Struct) => void,
): boolean {
  const waiting: Progress[] = [];
  let current: Progress | undefined = start;
  while (current) {
    const struct: Struct | undefined = current.run[current.next];
    const missing: StructId | undefined =
      struct && buildsOn(struct).find((id) => id.clock >= endOf(id.author));
    if (missing) {
      const needed = authors.get(missing.author);
      if (!needed || needed === current || needed.isWaiting || needed.next >= needed.run.length) return false;
      current.isWaiting = true;
      waiting.push(current);
      current = needed;
      continue;
    }
    if (struct) {
      current.end = Math.max(current.end, struct.end);
      current.next += 1;
      onSettled(struct);
    }
    if (struct && waiting.length === 0) continue;
    current = waiting.pop();
    if (current) current.isWaiting = false;
  }
  return true;
}

function buildsOn({ after, before, parent }: Struct): StructId[] {
  return [after, before, typeof parent === "string" ? null : parent].filter((id) => id !== null);
}
