import type { Contender } from "./contender.ts";

/** What one round measured, by name; NaN where there was nothing to measure. */
export type Figures = { readonly [figure: string]: number };

/** What is promised of one of Plenum's figures, beside the others' in the same run. */
export type Goal = {
  readonly text: string;
  /** `of` answers what a contender's figure of this name is. */
  readonly holds: (own: number, of: (contender: string) => number) => boolean;
};

export type Row = { readonly figure: string; readonly unit: Unit; readonly goals: readonly Goal[] };
export type Unit = "µs" | "ms" | "s" | "core" | "count" | "per s" | "kB" | "MB" | "B" | "%" | "×";

/** One of the promises that are measured. */
export type Bar = {
  readonly number: number;
  readonly title: string;
  /** What is done, in a sentence or two. */
  readonly work: string;
  readonly contenders: readonly Contender[];
  readonly rows: readonly Row[];
  /** One round of one of them. */
  readonly measure: (contender: Contender, scale: Scale) => Promise<Figures>;
};

/** How much is done: all of it, or just so much that each part runs once. */
export type Scale = {
  readonly isQuick: boolean;
  /** How long a crowd types. */
  readonly forMs: number;
  /** Whether to measure what takes many minutes, too. */
  readonly isLong: boolean;
  /** How often the process is killed in a round. */
  readonly kills: number;
  /** Where recorded writing may lie, beside the project; null where there is none. */
  readonly traces: string | null;
};

export const atMost = (most: number, unit: Unit): Goal => ({
  text: `≤ ${most} ${unit === "core" ? "of a core" : unit === "count" ? "" : unit}`.trim(),
  holds: (own) => own <= most,
});

export const none: Goal = { text: "none", holds: (own) => own === 0 };

export const atMostOf = (contender: string, share: number): Goal => ({
  text: `≤ ${share < 1 ? `1/${Math.round(1 / share)} of` : `${share} ×`} ${contender}`,
  holds: (own, of) => own <= share * of(contender),
});

export const atLeastOf = (contender: string, times: number): Goal => ({
  text: `≥ ${times} × ${contender}`,
  holds: (own, of) => own >= times * of(contender),
});
