import { chanceOf } from "../../shared/base/chance.ts";
import type { Attrs, Inline, Marks } from "../../shared/body/blocks.ts";

/*
 * The pages to measure with: the same words in the same blocks from the same seed, on every machine. Sections of a
 * heading and what follows it: paragraphs of 25 to 60 words, some words in marks, nested lists, quotes, code.
 * Nested values, from which each editor's own storage is written (as-plenum.ts, as-tiptap.ts).
 */

export type Part = Leaf | { quote: readonly Part[] } | List;
export type Leaf = { type: "paragraph" | "heading" | "code"; attrs: Attrs; content: readonly Inline[] };
export type List = { list: "bullet" | "ordered"; items: readonly (readonly Part[])[] };

/** A page of at least this many words, and a paragraph at its end. */
export function randomPage(words: number, seed: number): Part[] {
  const author = new Author(seed);
  const page: Part[] = [];
  while (author.words < words) page.push(...section(author));
  return [...page, author.paragraph(25, 60)];
}

/** A page that is one list of this many items between two paragraphs. */
export function listPage(items: number, seed: number): Part[] {
  const author = new Author(seed);
  const list: List = {
    list: "bullet",
    items: Array.from({ length: items }, () => [author.paragraph(4, 12)]),
  };
  return [author.paragraph(25, 60), list, author.paragraph(25, 60)];
}

function section(author: Author): Part[] {
  const parts: Part[] = [
    { type: "heading", attrs: { level: author.between(2, 4) }, content: [{ text: author.sentence(3, 8) }] },
  ];
  // A list is never beside a list: the two would be one.
  for (let left = author.between(2, 5); left > 0; left -= 1)
    parts.push(other(author), author.paragraph(25, 60));
  return parts;
}

function other(author: Author): Part {
  const kind = author.chance();
  if (kind < 0.55) return author.paragraph(25, 60);
  if (kind < 0.8) return list(author, author.between(3, 7), 0.25);
  if (kind < 0.93) return { quote: [author.paragraph(25, 60)] };
  return { type: "code", attrs: { lang: "ts" }, content: [{ text: author.lines(5, 12) }] };
}

function list(author: Author, items: number, nested: number): List {
  const item = (): Part[] => {
    const first = author.paragraph(25, 35);
    return author.chance() < nested ? [first, list(author, author.between(1, 3), 0)] : [first];
  };
  return { list: author.chance() < 0.7 ? "bullet" : "ordered", items: Array.from({ length: items }, item) };
}

/** Writes words of a made-up language, and counts them. */
class Author {
  readonly chance: () => number;
  readonly #vocabulary: readonly string[];
  words = 0;

  constructor(seed: number) {
    this.chance = chanceOf(seed);
    this.#vocabulary = Array.from({ length: 2000 }, () => this.#newWord());
  }

  between(least: number, most: number): number {
    return least + Math.floor(this.chance() * (most - least + 1));
  }

  sentence(least: number, most: number): string {
    const words = this.#take(this.between(least, most)).join(" ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /** Sentences with some words in marks. */
  paragraph(least: number, most: number): Leaf {
    const content: Inline[] = [];
    for (let left = this.between(least, most); left > 0;) {
      const count = Math.min(left, this.between(6, 18));
      left -= count;
      content.push({ text: `${this.sentence(count, count)}${left > 0 ? ", " : "."}` });
      if (left === 0) break;
      left -= 1;
      content.push({ text: this.#take(1).join(""), marks: this.#marks() }, { text: " " });
    }
    return { type: "paragraph", attrs: {}, content };
  }

  lines(least: number, most: number): string {
    const line = () => `const ${this.#take(1).join("")} = ${this.#take(2).join("(")});`;
    return Array.from({ length: this.between(least, most) }, line).join("\n");
  }

  #marks(): Marks {
    const kind = this.chance();
    if (kind < 0.35) return { bold: true };
    if (kind < 0.7) return { italic: true };
    return kind < 0.85 ? { code: true } : { link: { href: `https://example.org/${this.#take(1).join("")}` } };
  }

  #take(count: number): string[] {
    this.words += count;
    // Few words are frequent and many are rare, as in any language.
    const word = () => this.#vocabulary[Math.floor(this.chance() ** 2.5 * this.#vocabulary.length)] ?? "";
    return Array.from({ length: count }, word);
  }

  #newWord(): string {
    const pick = (letters: string) => letters[Math.floor(this.chance() * letters.length)] ?? "";
    const syllable = () =>
      pick("bdfghklmnprstvw") + pick("aeiou") + (this.chance() < 0.3 ? pick("lnrst") : "");
    return Array.from({ length: 1 + Math.floor(this.chance() * 3.4) }, syllable).join("");
  }
}
