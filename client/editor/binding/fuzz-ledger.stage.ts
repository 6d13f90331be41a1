/*
 * The book that says which words may be missing at the end, and which may stand twice. It knows nothing of Yjs: it
 * is kept from what a person's own view shows just before and just after each of their own acts.
 *
 *   typing w             puts w
 *   pasting              puts what was copied, as far as it arrives
 *   acting on selected   takes the words that were selected and no others, where the act is one that replaces them
 *   a block as a whole   is taken, or put once more, with the words in it
 *   undo, redo           take what this person put, and put back what this person took; what they moved is both
 *   anything else        changes no word at all
 *
 * What an act does beyond that is not booked; `book` says so. At the end a word stands at least as often as it was
 * put less the times it was taken: so a word is lost only if nobody deliberately deleted it, and it may be missing
 * only if the very people who saw it on their screen deleted it there. It stands at most as often as it was put.
 */

/** How often each word stands somewhere. */
export type Words = ReadonlyMap<string, number>;

/**
 * What an act may at most do to the words. With `cells`, that of undo: take what this person put, and put back what
 * they took; and a table that they made goes with all that stands in its cells.
 */
export type Licence = { puts: Words; takes: Words } | { cells: Words };

export const noWords: Words = new Map();
export const nothing: Licence = { puts: noWords, takes: noWords };

/** The words of a text. Neighbouring words need no space between them: each begins and ends in its own way. */
export function wordsIn(text: string): Words {
  const words = new Map<string, number>();
  for (const [word] of text.matchAll(/(?:w|start)\d+x/g)) add(words, word, 1);
  return words;
}

type Verdict = { lost: string[]; buried: string[]; doubled: string[]; twice: string[] };
type Own = { put: Map<string, number>; taken: Map<string, number> };

export class Ledger {
  readonly #puts = new Map<string, number>();
  readonly #takes = new Map<string, number>();
  readonly #own = new Map<number, Own>();
  readonly #movers = new Map<string, Set<number>>();

  /** The words that stood there before anybody acted. */
  constructor(start: Words) {
    for (const [word, count] of start) add(this.#puts, word, count);
  }

  /**
   * Books what a person's act did to what they see. `erased`: words that it took out of the document; those that are
   * shown as before were moved. Answers the words that it had no business to touch.
   */
  book(person: number, licence: Licence, erased: Words, before: Words, after: Words): string[] {
    const own = this.#ownOf(person);
    const strange: string[] = [];
    for (const word of new Set([...before.keys(), ...after.keys()])) {
      const change = count(after, word) - count(before, word);
      if (change === 0 && erased.has(word)) this.#move(person, word);
      if (change === 0) continue;
      if (!isLicensed(licence, own, word, change)) {
        strange.push(word);
        continue;
      }
      add(change > 0 ? this.#puts : this.#takes, word, Math.abs(change));
      add(change > 0 ? own.put : own.taken, word, Math.abs(change));
    }
    return strange;
  }

  /**
   * What is wrong with the words of the page that all came to. `twice`: words that stand too often, but were moved by
   * two people: a move is a deletion and an insertion. `buried`: words that are missing, but whole in a cell
   * that somebody took away who had not seen them; the server keeps those, and offers them to who wrote them.
   */
  judge(page: Words, inCells: Words): Verdict {
    const words = [...this.#puts.keys()];
    const least = (word: string) => Math.max(0, count(this.#puts, word) - count(this.#takes, word));
    const tooOften = words.filter((word) => count(page, word) > count(this.#puts, word));
    const missing = words.filter((word) => count(page, word) < least(word));
    return {
      lost: missing.filter((word) => count(page, word) + count(inCells, word) < least(word)),
      buried: missing.filter((word) => count(page, word) + count(inCells, word) >= least(word)),
      doubled: tooOften.filter((word) => !this.#isMovedByTwo(word)),
      twice: tooOften.filter((word) => this.#isMovedByTwo(word)),
    };
  }

  #isMovedByTwo(word: string): boolean {
    return (this.#movers.get(word)?.size ?? 0) > 1;
  }

  #move(person: number, word: string): void {
    this.#movers.set(word, (this.#movers.get(word) ?? new Set()).add(person));
    add(this.#ownOf(person).put, word, 1);
    add(this.#ownOf(person).taken, word, 1);
  }

  #ownOf(person: number): Own {
    const own = this.#own.get(person) ?? { put: new Map(), taken: new Map() };
    this.#own.set(person, own);
    return own;
  }
}

function isLicensed(licence: Licence, own: Own, word: string, change: number): boolean {
  if ("cells" in licence)
    return change <= count(own.taken, word) && -change <= count(own.put, word) + count(licence.cells, word);
  return -change <= count(licence.takes, word) && change <= count(licence.puts, word);
}

const count = (words: Words, word: string): number => words.get(word) ?? 0;

function add(words: Map<string, number>, word: string, more: number): void {
  words.set(word, count(words, word) + more);
}
