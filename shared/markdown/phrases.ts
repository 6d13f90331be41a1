import type { Atom, Inline, Marks, Value } from "../body/blocks.ts";

/*
 * Text two ways: nested, as Markdown has it (emphasis that holds strong that holds text), and flat, as a body has
 * it (runs with marks). `nested(flat(x))` is x wherever the flat form can hold x; what it cannot hold, read.ts
 * keeps as raw.
 */

export type Phrase =
  | { text: string }
  | { code: string }
  | { atom: Atom }
  | { mark: Wrap; value: Value; children: readonly Phrase[] };

/** The marks that stand around others; code stands around text alone. */
export type Wrap = "link" | "bold" | "italic" | "strike";

const wraps: ReadonlySet<string> = new Set<Wrap>(["link", "bold", "italic", "strike"]);

function isWrap(mark: string): mark is Wrap {
  return wraps.has(mark);
}

/** Runs with marks, neighbours with equal marks as one. A run's marks stand in the order of their nesting. */
export function flat(phrases: readonly Phrase[]): Inline[] {
  const runs: Inline[] = [];
  flatten(phrases, {}, runs);
  return runs;
}

function flatten(phrases: readonly Phrase[], marks: Marks, into: Inline[]): void {
  for (const phrase of phrases) {
    if ("mark" in phrase) flatten(phrase.children, { ...marks, [phrase.mark]: phrase.value }, into);
    else if ("atom" in phrase) into.push(withMarks({ atom: phrase.atom }, marks));
    else if ("code" in phrase) pushText(into, phrase.code, { ...marks, code: true });
    else pushText(into, phrase.text, marks);
  }
}

/** Adds text to the runs: to the last of them where its marks are the same. */
export function pushText(into: Inline[], text: string, marks: Marks): void {
  if (text === "") return;
  const last = into.at(-1);
  if (last && "text" in last && isEqual(last.marks ?? {}, marks))
    into[into.length - 1] = withMarks({ text: last.text + text }, marks);
  else into.push(withMarks({ text }, marks));
}

export function withMarks<T extends object>(what: T, marks: Marks): T & { marks?: Marks } {
  return Object.keys(marks).length === 0 ? what : { ...what, marks };
}

/**
 * The runs, nested: of the marks that begin at a place, the one that reaches farthest stands outside, and the one
 * that is named first where they reach equally far. A link is never cut in two by a mark that ends within it.
 */
export function nested(runs: readonly Inline[]): Phrase[] {
  return nest(runs, new Set());
}

function nest(runs: readonly Inline[], inside: ReadonlySet<Wrap>): Phrase[] {
  const phrases: Phrase[] = [];
  for (let start = 0; start < runs.length;) {
    const first = runs[start] as Inline;
    const wrap = outermost(runs, start, inside);
    if (wrap === null) {
      phrases.push(leaf(first));
      start += 1;
      continue;
    }
    const { mark, end } = wrap;
    const children = nest(runs.slice(start, end), new Set([...inside, mark]));
    phrases.push({ mark, value: first.marks?.[mark] ?? true, children });
    start = end;
  }
  return phrases;
}

function outermost(runs: readonly Inline[], start: number, inside: ReadonlySet<Wrap>) {
  let best: { mark: Wrap; end: number } | null = null;
  for (const mark of Object.keys(runs[start]?.marks ?? {})) {
    if (!isWrap(mark) || inside.has(mark)) continue;
    const end = reach(runs, start, mark, inside);
    if (best === null || end > best.end) best = { mark, end };
  }
  return best;
}

/** Where the mark at `start` ends: at another value, or before a link that goes on beyond it. */
function reach(runs: readonly Inline[], start: number, mark: Wrap, inside: ReadonlySet<Wrap>): number {
  const end = endOf(runs, start, mark);
  if (mark === "link" || inside.has("link") || end === runs.length) return end;
  let linkStart = end;
  const link = runs[end]?.marks?.["link"];
  if (link === undefined) return end;
  while (linkStart > start && isEqual(runs[linkStart - 1]?.marks?.["link"], link)) linkStart -= 1;
  return linkStart > start ? linkStart : start + 1;
}

function endOf(runs: readonly Inline[], start: number, mark: Wrap): number {
  const value = runs[start]?.marks?.[mark];
  let end = start + 1;
  while (end < runs.length && isEqual(runs[end]?.marks?.[mark], value)) end += 1;
  return end;
}

function leaf(run: Inline): Phrase {
  if ("atom" in run) return { atom: run.atom };
  return run.marks?.["code"] === true ? { code: run.text } : { text: run.text };
}

/** Whether two plain values are the same; the order of keys does not matter. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (Array.isArray(a) !== Array.isArray(b) || keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => key in b && isEqual(Reflect.get(a, key), Reflect.get(b, key)));
}
