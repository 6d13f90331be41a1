import { Spans } from "./update/spans.ts";
import type { Struct, StructId, Walked } from "./update/walk.ts";

/** What raises doubts of a page that was not read through, but for its beginning. */
export type Ground = {
  /** Whether anything stands in what stands in the text. */
  readonly isNested: boolean;
  /** What was folded away. */
  readonly garbage: ReadonlyMap<number, Spans>;
  /** False only of an id that no block of it came with. */
  readonly mayHoldId: (id: string) => boolean;
};

/**
 * Whether an edit may have killed words unseen (lost-words.ts), or doubled a block: what a look at the page is worth.
 * Judged by bytes alone, for each edit; it may be wrong by looking too often, never by looking too seldom.
 *
 * Words die unseen only in something that stands in the text, or as a key's value. A page with such text is always
 * looked at, another where a key is set anew, or where somebody writes into what was folded away. A block is doubled
 * only where one comes with an id that another came with: moved in one go, or cut here and pasted there.
 */
export class Doubt {
  #hasNested: boolean;
  readonly #garbage: Map<number, Spans>;
  readonly #mayHoldId: Ground["mayHoldId"];
  /** By id, what a block came with it in; null where several did. */
  readonly #ids = new Map<string, string | null>();

  /** `ground`: what is known of the page beside what is learnt here. */
  constructor({ isNested, garbage, mayHoldId }: Ground = nothing) {
    this.#hasNested = isNested;
    this.#garbage = new Map(Array.from(garbage, ([author, spans]) => [author, spans.copy()]));
    this.#mayHoldId = mayHoldId;
  }

  /** What is to be kept of all this, so that another can go on from it. */
  ground(): Omit<Ground, "mayHoldId"> {
    return { isNested: this.#hasNested, garbage: this.#garbage };
  }

  /** What the page is made of. */
  learn({ runs }: Walked): void {
    for (const run of runs)
      for (const struct of run) {
        if (isNested(struct)) this.#hasNested = true;
        if (struct.content === "garbage") this.#bury(struct);
        this.#count(struct);
      }
  }

  /** Whether this edit is worth a look; learns it. */
  raises(edit: Walked): boolean {
    this.learn(edit);
    const structs = edit.runs.flat();
    if (structs.some((struct) => this.#isInGarbage(struct))) this.#hasNested = true;
    if (this.#hasNested) return true;
    const opened = new Set(structs.filter(({ opens }) => opens !== null).map(keyOf));
    return structs.some((struct) => this.#isIdOfMany(struct) || setsKeyAnew(struct, opened));
  }

  /** Whatever is heard twice, from a journal and as an edit, counts once. */
  #count(struct: Struct): void {
    const id = idIn(struct);
    if (id === null) return;
    const own = keyOf(struct);
    const known = this.#ids.get(id);
    this.#ids.set(id, known === undefined || known === own ? own : null);
  }

  #isIdOfMany(struct: Struct): boolean {
    const id = idIn(struct);
    return id !== null && (this.#ids.get(id) === null || this.#mayHoldId(id));
  }

  #bury(struct: Struct): void {
    const spans = this.#garbage.get(struct.author) ?? new Spans();
    this.#garbage.set(struct.author, spans);
    spans.add(struct);
  }

  #isInGarbage({ after, before, parent }: Struct): boolean {
    const ids = [after, before, typeof parent === "string" ? null : parent].filter((id) => id !== null);
    return ids.some(({ author, clock }) =>
      this.#garbage.get(author)?.cover({ author, clock, end: clock + 1 }),
    );
  }
}

const nothing: Ground = { isNested: false, garbage: new Map(), mayHoldId: () => false };

const idIn = ({ key, value }: Struct): string | null => (key === "id" ? value : null);

/** In a list or text that is not a root: whoever writes first in one names it. */
function isNested({ parent, key }: Struct): boolean {
  return parent !== null && typeof parent !== "string" && key === null;
}

/** Whether a key is set of something that was there already. */
function setsKeyAnew({ content, parent, key }: Struct, opened: ReadonlySet<string>): boolean {
  if (content === "any") return parent === null || (typeof parent !== "string" && !opened.has(keyOf(parent)));
  return key !== null && parent !== null && typeof parent !== "string" && !opened.has(keyOf(parent));
}

const keyOf = ({ author, clock }: StructId): string => `${author} ${clock}`;
