import type { Outcome } from "../../client/editor/binding/fuzz-round.stage.ts";

/** What became of the words of some rounds. */
export type Tally = {
  rounds: number;
  typed: number;
  lost: number;
  doubled: number;
  diverged: number;
  faulty: number;
};

export const none: Tally = { rounds: 0, typed: 0, lost: 0, doubled: 0, diverged: 0, faulty: 0 };

export const withOutcome = (tally: Tally, outcome: Outcome): Tally => ({
  rounds: tally.rounds + 1,
  typed: tally.typed + outcome.typed,
  lost: tally.lost + outcome.lost.length,
  doubled: tally.doubled + outcome.doubled.length,
  diverged: tally.diverged + (outcome.diverged ? 1 : 0),
  faulty: tally.faulty + (outcome.faults.length > 0 ? 1 : 0),
});

/** A row of the table: a contender under some settings. */
export type Row = { delay: number; share: number; name: string; tally: Tally };

/** The table as Markdown. */
export function table(rows: readonly Row[]): string {
  const head = [
    "steps late",
    "not typing",
    "editor",
    "words",
    "lost",
    "doubled",
    "rounds apart",
    "rounds with errors",
  ];
  const lines = rows.map(({ delay, share, name, tally }) => [
    String(delay),
    percent(share, 0),
    name,
    String(tally.typed),
    percent(tally.lost / tally.typed),
    percent(tally.doubled / tally.typed),
    `${tally.diverged} of ${tally.rounds}`,
    `${tally.faulty} of ${tally.rounds}`,
  ]);
  return aligned([head, ...lines]);
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]!.map((_, n) => Math.max(...lines.map((line) => line[n]!.length)));
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n]!)).join(" | ")} |`;
  const [head, ...rest] = lines.map(row);
  return [head, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest].join("\n");
}

const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`;
