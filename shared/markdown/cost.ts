import { limits } from "../base/limits.ts";

/*
 * Markdown's grammar is not linear: a megabyte of brackets, of emphasis that never closes, or of quotes in quotes
 * keeps any parser busy for minutes. This look at the lines, which is linear, estimates what reading would cost.
 * The factors are measured; they are right within a factor of three, which is all that is needed.
 */

/** Containers deeper than what a body has, and items indented as far as they would be, are not tried. */
const depthMost = 2 * limits.containerDepth;
const indentMost = 5 * limits.containerDepth;

/** About how many milliseconds it takes to read this; Infinity where it should not even be tried. */
export function costOf(source: string): number {
  let [cost, containers, closings] = [0, 0, 0];
  for (const run of runsOf(source)) {
    if (run.depth > depthMost || run.indent > indentMost) return Infinity;
    containers += run.containers;
    closings += run.closings;
    cost += 0.03 + 0.02 * run.lines + 0.002 * run.special + 0.0001 * run.length;
    cost += 0.01 * run.references + 0.02 * run.pipes + 5e-7 * run.pipes ** 2;
    cost += 1.5e-4 * run.attention ** 2 + 6e-7 * run.brackets ** 2;
    cost += 3e-5 * (run.openings + run.ticks.size) * run.length;
  }
  // To close a container costs in proportion to all that was read before it.
  return cost + 0.1 * containers + 2.5e-4 * closings * containers;
}

/** Lines that can be one paragraph, and what is in them that costs. */
type Run = {
  length: number;
  lines: number;
  depth: number;
  indent: number;
  containers: number;
  closings: number;
  special: number;
  /** Starts of character references and escapes. */
  references: number;
  /** Edges of cells, perhaps. */
  pipes: number;
  /** Stars, underscores and tildes that may open or close emphasis. */
  attention: number;
  brackets: number;
  /** Starts of tags, comments and addresses: each may look for its end in vain. */
  openings: number;
  /** The lengths of the runs of backticks: each length looks for its like. */
  ticks: Set<number>;
};

function* runsOf(source: string): Generator<Run> {
  let run = newRun();
  let indentBefore = 0;
  for (const line of source.split("\n")) {
    const prefix = isRule(line) ? "" : (containerPrefix.exec(line)?.[0] ?? "");
    const markers = prefix.match(/>|[-*+]|\d+/g)?.length ?? 0;
    const isBlank = line.trim() === "";
    if (isBlank || (markers > 0 && !prefix.includes(">"))) {
      yield run;
      run = newRun();
    }
    const indent = columnsOf(prefix);
    if (!isBlank && indent < indentBefore) run.closings += 1;
    if (prefix.includes(">") || !isBlank) indentBefore = indent;
    if (isBlank && indentBefore > 0) run.closings += 1;
    run.length += line.length + 1;
    run.lines += isBlank ? 0 : 1;
    run.depth = Math.max(run.depth, markers);
    run.containers += markers;
    if (markers > 0) run.indent = Math.max(run.indent, indent);
    count(line, run);
  }
  yield run;
}

const containerPrefix = /^[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))[ \t]*)*/;

/** A thematic break looks like lists in lists, and costs nothing. */
function isRule(line: string): boolean {
  return /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/.test(line);
}

function newRun(): Run {
  const sizes = { length: 0, lines: 0, depth: 0, indent: 0, containers: 0, closings: 0 };
  return {
    ...sizes,
    special: 0,
    references: 0,
    pipes: 0,
    attention: 0,
    brackets: 0,
    openings: 0,
    ticks: new Set(),
  };
}

function columnsOf(prefix: string): number {
  return prefix.length + 3 * (prefix.split("\t").length - 1);
}

function count(text: string, run: Run): void {
  run.special += text.match(/[*_`[\]<&!|\\~]/g)?.length ?? 0;
  run.references += text.match(/[&\\]/g)?.length ?? 0;
  run.pipes += text.match(/\|/g)?.length ?? 0;
  run.attention += text.match(/\*+|~+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9_])/g)?.length ?? 0;
  run.brackets += text.match(/[[\]]/g)?.length ?? 0;
  run.openings += text.match(/<[A-Za-z!?/]|\]\(/g)?.length ?? 0;
  for (const ticks of text.match(/`+/g) ?? []) run.ticks.add(ticks.length);
}
