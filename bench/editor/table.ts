import { median } from "./figures.ts";
import type { Figures } from "./trials.ts";

/** What all runs of one trial measured, of both contenders. */
export type Result = { trial: string; plenum: readonly Figures[]; tiptap: readonly Figures[] };

/** The results of one page as a table in Markdown: medians over the runs. */
export function table(results: readonly Result[], budgets: { readonly [trial: string]: string }): string {
  const rows = results.map((result) => row(result, budgets[result.trial] ?? ""));
  return [
    "| what | budget | Plenum | Tiptap | ratio | layout: Plenum, Tiptap | rest: Plenum, Tiptap |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function row({ trial, plenum, tiptap }: Result, budget: string): string {
  const ours = middle(plenum);
  const theirs = middle(tiptap);
  const beside = (figure: string) =>
    figure in ours ? `${number(ours[figure])}, ${number(theirs[figure])}` : "";
  const [own, other, ratio] = cells(ours, theirs);
  return `| ${[trial, budget, own, other, ratio, beside("layout p50"), beside("rest p50")].join(" | ")} |`;
}

function cells(ours: Figures, theirs: Figures): string[] {
  const both = (show: (figures: Figures) => string) => [show(ours), show(theirs)];
  const times = (figure: string) => `${number((theirs[figure] ?? NaN) / (ours[figure] ?? NaN))} ×`;
  if ("script p95" in ours) {
    const pair = (each: Figures) => `${number(each["script p50"])} / ${number(each["script p95"])} ms`;
    return [...both(pair), times("script p95")];
  }
  if ("fps" in ours) {
    const pace = (each: Figures) => `${number(each["fps"])} fps, slow frame ${number(each["slow frame"])} ms`;
    return [...both(pace), `${number((ours["fps"] ?? NaN) / (theirs["fps"] ?? NaN))} ×`];
  }
  return [...both((each) => `${number(each["open"])} ms`), times("open")];
}

function middle(runs: readonly Figures[]): Figures {
  const names = Object.keys(runs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? NaN))]));
}

const number = (value = NaN): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));
