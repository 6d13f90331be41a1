import { median } from "../editor/figures.ts";
import type { Bar, Figures, Row, Unit } from "./bar.ts";

/** What all rounds of one bar measured, by contender. */
export type Results = ReadonlyMap<string, readonly Figures[]>;

/** A bar's results as a table in Markdown: medians over the rounds, what is promised, and whether it holds. */
export function table({ contenders, rows }: Bar, results: Results): string {
  const names = contenders.map(({ name }) => name);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(["", ...names, "promised", ""]),
    line(["---", ...names.map(() => "---:"), "---", "---"]),
    ...rows.map((row) => line(cellsOf(row, names, results))),
  ].join("\n");
}

function cellsOf({ figure, unit, goals }: Row, names: readonly string[], results: Results): string[] {
  const of = (name: string) => middle(results.get(name) ?? [], figure);
  const [own = ""] = names;
  const isMissed = goals.some((goal) => !goal.holds(of(own), of));
  return [
    figure,
    ...names.map((name) => told(of(name), unit)),
    goals.map(({ text }) => text).join(", "),
    goals.length === 0 ? "" : isMissed ? "missed" : "holds",
  ];
}

function middle(rounds: readonly Figures[], figure: string): number {
  const values = rounds.map((round) => round[figure] ?? NaN).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? NaN : median(values);
}

function told(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return "–";
  if (unit === "count" || unit === "per s") return Math.round(value).toLocaleString("en");
  const digits = unit === "core" || Math.abs(value) < 1 ? 2 : Math.abs(value) < 100 ? 1 : 0;
  const amount = value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return unit === "core" ? amount : `${amount} ${unit}`;
}
