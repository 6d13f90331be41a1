import { chanceOf } from "../../../shared/base/chance.ts";

/*
 * What the fuzz does, decided before anything happens: who acts at which step, how, and how late each of the others
 * hears of it. A plan is data and a function of its settings, so it can be played by any editor, twice with one
 * outcome, and with steps left out: every step carries its own chances. Where on the page it acts is a share of the
 * places that are there by then.
 */

export type Settings = {
  seed: number;
  steps: number;
  /** How many steps late an update may arrive. */
  delay: number;
  /** Which share of the steps is anything but typing. */
  share: number;
  /** What to press, each as often as it is to be tried. */
  keys: readonly Key[];
};

/** A command by its name, and where the caret has to be for it. */
export type Key = { name: string; where: Where; effect: Effect };

/** At a line's start or end, where Backspace and Delete cut no word; or in a line that stands in such a node. */
export type Where = "anywhere" | "start" | "end" | { in: string };

/**
 * What a command may do to words: nothing · nothing, but blocks become one · put something in the place of those
 * selected · remove, double or move the block, or item, with the selection.
 */
export type Effect = "keeps" | "joins" | "replaces" | "removes" | "doubles" | "moves";

/** `at`: where among the places, from 0 to 1; `reach`: how many places further the selection goes. */
export type Act =
  | { do: "type"; word: string; at: number; reach: number }
  | { do: "press"; key: Key; at: number; reach: number }
  | { do: "copy" | "cut"; at: number; reach: number }
  | { do: "paste"; at: number; reach: number }
  | { do: "undo" | "redo" }
  | { do: "leave"; steps: number };

/** `late`: after how many steps each person gets what this one makes. */
export type Step = { at: number; by: number; act: Act; late: readonly number[] };

export type Plan = { settings: Settings; people: number; steps: readonly Step[] };

/** Out of a hundred steps that are not typing. */
const weights: readonly (readonly [number, Exclude<Act["do"], "type">])[] = [
  [65, "press"],
  [12, "undo"],
  [4, "redo"],
  [5, "copy"],
  [5, "paste"],
  [6, "cut"],
  [3, "leave"],
];

/** The plan of these settings, always the same one. */
export function makePlan(settings: Settings): Plan {
  const chance = chanceOf(settings.seed);
  const pick = (count: number): number => Math.floor(chance() * count);
  // Alone, too: then nothing that others send wakes Yjs from what it remembers of its last search.
  const people = pick(6) === 0 ? 1 : 3 + pick(3);
  const late = () => Array.from({ length: people }, () => pick(settings.delay + 1));
  const steps: Step[] = [];
  while (steps.length < settings.steps) {
    const at = steps.length;
    const by = pick(people);
    const act = chance() >= settings.share ? typing(at, chance, pick) : anything(settings, chance, pick);
    steps.push({ at, by, act, late: late() });
    // Half of what is taken back is brought back at once, so that pages do not run empty.
    if (act.do === "undo" && chance() < 0.5)
      steps.push({ at: at + 1, by, act: { do: "redo" }, late: late() });
  }
  return { settings, people, steps };
}

type Pick = (count: number) => number;

/** Now and then over selected words. */
const typing = (step: number, chance: () => number, pick: Pick): Act => ({
  do: "type",
  word: `w${step}x`,
  at: chance(),
  reach: chance() < 0.03 ? 1 + pick(4) : 0,
});

function anything({ keys }: Settings, chance: () => number, pick: Pick): Act {
  const kind = weighted(pick(100));
  switch (kind) {
    case "press":
      return pressing(keys, chance, pick);
    case "copy":
      return { do: kind, at: chance(), reach: 1 + pick(8) };
    case "cut":
      return { do: kind, at: chance(), reach: 1 + pick(4) };
    case "paste":
      return { do: kind, at: chance(), reach: chance() < 0.3 ? 1 + pick(4) : 0 };
    case "leave":
      return { do: kind, steps: 1 + pick(100) };
    case "undo":
    case "redo":
      return { do: kind };
  }
}

function pressing(keys: readonly Key[], chance: () => number, pick: Pick): Act {
  const key = keys[pick(keys.length)]!;
  const reach = chance() < 0.4 ? 1 + pick(12) : 0;
  return { do: "press", key, at: chance(), reach };
}

function weighted(lot: number): Exclude<Act["do"], "type"> {
  let rest = lot;
  for (const [weight, kind] of weights) {
    if (rest < weight) return kind;
    rest -= weight;
  }
  return "press";
}

/** How many words a plan types. */
export const wordsOf = (plan: Plan): number => plan.steps.filter(({ act }) => act.do === "type").length;
