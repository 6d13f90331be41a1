import type { Image, PhrasingContent } from "mdast";
import type { Atom, Inline, Marks, Value } from "../body/blocks.ts";
import { isSafeAddress } from "../body/schema.ts";
import { isEqual, nested, pushText, withMarks, type Phrase } from "./phrases.ts";
import "./syntax/mdast.ts";

/** Where a text is written, and what its references to footnotes are written as. */
export type Setting = {
  /** Text that may go over several lines, a line of its own, or a line that pipes would divide. */
  readonly place: "lines" | "line" | "cell";
  readonly callOf: (footnote: Value | undefined) => string;
};

/** A block's text as mdast, as it can be written in its place: without space at edges. */
export function writePhrasing(content: readonly Inline[], setting: Setting): PhrasingContent[] {
  const known = content.flatMap((run) => knownPart(run, setting));
  return nested(merged(trimmed(spaceOutside(known)))).map(toMdast);
}

/** What Markdown can say of a run. */
function knownPart(run: Inline, setting: Setting): Inline[] {
  const marks = knownMarks(run.marks ?? {});
  if ("text" in run) return [textPart(run.text.replaceAll(/[\r\n]+/g, " "), marks, setting)];
  const atom = knownAtom(run.atom, setting);
  if (atom === null) return [];
  return [withMarks(typeof atom === "string" ? { text: atom } : { atom }, marks)];
}

/** In a cell, no code can hold a backslash before a pipe. */
function textPart(text: string, marks: Marks, { place }: Setting): Inline {
  const { code, ...others } = marks;
  return withMarks({ text }, code && place === "cell" && text.includes("\\|") ? others : marks);
}

/** The atom as it can be written, a text instead, or nothing. */
function knownAtom(atom: Atom, { place, callOf }: Setting): Atom | string | null {
  const oneLined = (text: string) => (place === "lines" ? text : text.replaceAll(/\s*[\r\n]\s*/g, " "));
  if (atom.type === "break" && place === "lines") return atom;
  if (atom.type === "break") return place === "cell" ? { type: "html", source: "<br>" } : " ";
  if (atom.type === "footnote") return { type: "raw", source: callOf(atom["to"]) };
  const [alt, title, source] = ["alt", "title", "source"].map((name) => oneLined(textAt(atom, name)));
  if (atom.type === "image")
    return isSafeAddress(textAt(atom, "src")) ? { ...atom, alt: alt ?? "", title: title ?? "" } : (alt ?? "");
  if (!source) return null;
  if (place !== "cell") return { ...atom, source };
  return { ...atom, source: source.replaceAll("|", atom.type === "html" ? "&#124;" : "\\|") };
}

function knownMarks(marks: Marks): Marks {
  const known: { [mark: string]: Value } = {};
  for (const [mark, value] of Object.entries(marks)) {
    if (mark === "link") {
      const link = linkOf(value);
      if (link && isSafeAddress(link.href)) known[mark] = link;
    } else if (value === true && ["bold", "italic", "strike", "code"].includes(mark)) known[mark] = true;
  }
  return known;
}

function linkOf(value: Value): { href: string; title?: string } | null {
  if (typeof value !== "object" || value === null || !("href" in value)) return null;
  const { href, title } = value;
  if (typeof href !== "string") return null;
  return typeof title === "string" && title !== "" ? { href, title } : { href };
}

/**
 * Space and breaks at the edge of emphasis cannot be written: they keep only the marks that the text on both their
 * sides has. Code keeps its spaces.
 */
function spaceOutside(runs: readonly Inline[]): Inline[] {
  const pieces = runs.flatMap((run): Inline[] => {
    if (!("text" in run) || run.marks?.["code"]) return [run];
    return (run.text.match(/[ \t]+|[^ \t]+(?:[ \t]+[^ \t]+)*/g) ?? []).map((text) => ({ ...run, text }));
  });
  const before = inkMarks(pieces);
  const after = inkMarks(pieces.toReversed()).toReversed();
  return pieces.map((piece, at) => {
    if (isInk(piece)) return piece;
    const shared = Object.entries(piece.marks ?? {}).filter(
      ([mark, value]) =>
        mark === "link" || (isEqual(before[at]?.[mark], value) && isEqual(after[at]?.[mark], value)),
    );
    const what = "text" in piece ? { text: piece.text } : { atom: piece.atom };
    return withMarks(what, Object.fromEntries(shared));
  });
}

/** For each piece, the marks of the last text up to it. */
function inkMarks(pieces: readonly Inline[]): Marks[] {
  let marks: Marks = {};
  return pieces.map((piece) => (isInk(piece) ? (marks = piece.marks ?? {}) : marks));
}

/** Without space and breaks at the edges, and without space around breaks: Markdown takes them away. */
function trimmed(runs: readonly Inline[]): Inline[] {
  const kept: Inline[] = [];
  const dropWhile = (isDropped: (run: Inline) => boolean) => {
    for (let last = kept.at(-1); last && isDropped(last); last = kept.at(-1)) kept.pop();
  };
  for (const run of runs) {
    const last = kept.at(-1);
    if (isBreak(run)) dropWhile(isSpace);
    if (isInk(run) || (isSpace(run) ? last && !isBreak(last) : kept.length > 0)) kept.push(run);
  }
  dropWhile((run) => !isInk(run));
  return kept;
}

function isSpace(run: Inline): boolean {
  return "text" in run && !run.marks?.["code"] && /^[ \t]*$/.test(run.text);
}

function isBreak(run: Inline): boolean {
  return "atom" in run && run.atom.type === "break";
}

/** Whether it is seen by itself: neither space nor a break. */
function isInk(run: Inline): boolean {
  return !isSpace(run) && !isBreak(run);
}

function merged(runs: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const run of runs) {
    if ("text" in run) pushText(result, run.text, run.marks ?? {});
    else result.push(run);
  }
  return result;
}

function toMdast(phrase: Phrase): PhrasingContent {
  if ("text" in phrase) return { type: "text", value: phrase.text };
  if ("code" in phrase) return { type: "inlineCode", value: phrase.code };
  if ("atom" in phrase) return atomNode(phrase.atom);
  const children = phrase.children.map(toMdast);
  switch (phrase.mark) {
    case "bold":
      return { type: "strong", children };
    case "italic":
      return { type: "emphasis", children };
    case "strike":
      return { type: "delete", children };
    case "link": {
      const link = linkOf(phrase.value);
      return { type: "link", url: link?.href ?? "", title: link?.title ?? null, children };
    }
  }
}

function atomNode(atom: Atom): PhrasingContent {
  if (atom.type === "break") return { type: "break" };
  if (atom.type === "image") return imageNode(atom);
  const value = textAt(atom, "source");
  return atom.type === "html" ? { type: "html", value } : { type: "inlineRaw", value };
}

function imageNode(atom: Atom): Image {
  const title = textAt(atom, "title");
  return { type: "image", url: textAt(atom, "src"), alt: textAt(atom, "alt"), title: title || null };
}

function textAt(atom: Atom, name: string): string {
  const value = atom[name];
  return typeof value === "string" ? value : "";
}
