import type { StructId } from "./walk.ts";

type Kept<Place> = { readonly starts: number[]; readonly places: Place[]; end: number };

/**
 * In which place each struct of a page stands, by author and clock. Neighbours in one place count as one, so it costs
 * with the page's blocks and not with its characters.
 */
export class Places<Place> {
  readonly #below: Places<Place> | null;
  readonly #authors = new Map<number, Kept<Place>>();

  /** `below`: what is known beside what is put in here; it is not changed. */
  constructor(below: Places<Place> | null = null) {
    this.#below = below;
  }

  /** An author's first clock whose place is not known. */
  end(author: number): number {
    return this.#authors.get(author)?.end ?? this.#below?.end(author) ?? 0;
  }

  at(id: StructId): Place | null {
    const own = this.#authors.get(id.author);
    if (!own || id.clock < own.starts[0]!) return this.#below?.at(id) ?? null;
    return id.clock < own.end ? own.places[lastBy(own.starts, id.clock)]! : null;
  }

  /** From where its author's places end, a struct up to this clock stands in this one. */
  put(author: number, end: number, place: Place): void {
    const own = this.#authors.get(author);
    if (!own) {
      this.#authors.set(author, { starts: [this.end(author)], places: [place], end });
      return;
    }
    if (own.places.at(-1) !== place) {
      own.starts.push(own.end);
      own.places.push(place);
    }
    own.end = end;
  }
}

/** The place of the last that is not above this. */
function lastBy(starts: readonly number[], clock: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
