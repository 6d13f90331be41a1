import { plenumKeys } from "../client/editor/binding/fuzz-commands.stage.ts";
import { makePlan as planActs, type Act } from "../client/editor/binding/fuzz-plan.stage.ts";
import type { Role } from "../shared/access/roles.ts";
import { chanceOf } from "../shared/base/chance.ts";

/*
 * What happens in one run, decided before anything does. A plan is data and a function of its seed and setting; each
 * step has a time and chances of its own, so a plan can be played twice with one outcome, and with steps left out.
 */

/**
 * What goes wrong, and who is there. `storm`: all that networks, disks, clocks and processes do to people. `byzantine`:
 * the same, with somebody among them who wishes them ill. `honest`: nothing but six people, their offline spells and
 * their undo. `nodes`: a storm over two nodes of one journal.
 */
export type Setting = "storm" | "byzantine" | "honest" | "nodes";

export type Fault = "full" | "flaky" | "doubtful" | "slow" | "unreadable";

export type Deed =
  /** Somebody writes, by a command of the editor; where they may not just then, nothing happens. */
  | { do: "edit"; act: Act }
  /** As much text as makes readers slow and journals long. */
  | { do: "chapter"; words: number }
  | { do: "ask"; ask: "open" | "add" | "resolve" | "reopen" | "rename"; lot: number }
  /** Shuts the tab; the device keeps what it has. Opens one, of the same page or another. */
  | { do: "shut" }
  | { do: "visit"; page: number }
  /** The network goes, for that person, and both sides notice. */
  | { do: "cut" }
  /** Nothing arrives any more in one direction, and nobody is told. */
  | { do: "half-open"; way: "up" | "down"; forMs: number }
  /** Reads nothing for a while. */
  | { do: "stall"; forMs: number }
  | { do: "offline"; forMs: number }
  /** The role of that person, or of whoever wishes everybody ill, where there is such a one. */
  | { do: "role"; role: Role }
  /** The server dies; what was on its way to the disk just then has arrived there, or not. */
  | { do: "crash"; hasArrived: boolean; offMs: number }
  | { do: "restart" }
  | { do: "disk"; fault: Fault; forMs: number }
  | { do: "clock"; jumpMs: number }
  /** Whoever wishes everybody ill does one of their tricks. */
  | { do: "mischief"; lot: number };

export type Step = { atMs: number; by: number; deed: Deed };

export type Plan = {
  seed: number;
  setting: Setting;
  people: number;
  pages: number;
  nodes: number;
  /** Whether the last of the people has a program of an older format. */
  hasOld: boolean;
  steps: readonly Step[];
};

type Pick = (below: number) => number;

/** The plan of this seed, always the same one. */
export function makePlan(setting: Setting, seed: number): Plan {
  const chance = chanceOf(seed);
  const pick: Pick = (below) => Math.floor(chance() * below);
  const isHonest = setting === "honest";
  const people = isHonest ? 6 : 3 + pick(2);
  const pages = !isHonest && pick(4) === 0 ? 2 : 1;
  const nodes = setting === "nodes" ? 2 : 1;
  const hasOld = !isHonest && pick(5) === 0;
  const length = isHonest ? 180 : 140;
  const { steps: written } = planActs({ seed, steps: length, delay: 0, share: 0.3, keys: plenumKeys });
  const steps: Step[] = [];
  let atMs = 1_000;
  for (let n = 0; n < length; n += 1) {
    atMs += pick(40) === 0 ? pick(8_000) : pick(60);
    const deed = chooseDeed(setting, pick, written[n]!.act, pages);
    steps.push({ atMs, by: pick(people), deed });
  }
  return { seed, setting, people, pages, nodes, hasOld, steps };
}

function chooseDeed(setting: Setting, pick: Pick, act: Act, pages: number): Deed {
  const edit: Deed = { do: "edit", act };
  if (setting === "honest") return pick(100) < 6 ? away(pick) : edit;
  const lot = pick(100);
  if (setting === "byzantine" && lot < 12) return { do: "mischief", lot: pick(1_000_000) };
  if (setting === "byzantine" && lot < 15) return changingRole(pick);
  if (lot < 68) return edit;
  if (lot < 75) return askSomething(pick);
  if (lot < 89) return trouble(pick);
  if (lot < 93) return moving(pick, pages);
  if (lot < 95) return changingRole(pick);
  if (lot < 96) return { do: "chapter", words: 500 + pick(2_500) };
  return failing(pick);
}

const away = (pick: Pick): Deed =>
  pick(3) === 0 ? { do: "cut" } : { do: "offline", forMs: 200 + pick(8_000) };

const askSomething = (pick: Pick): Deed => ({
  do: "ask",
  ask: (["open", "open", "add", "add", "resolve", "reopen", "rename"] as const)[pick(7)]!,
  lot: pick(1_000_000),
});

const changingRole = (pick: Pick): Deed => ({
  do: "role",
  role: (["reader", "commenter", "editor", "editor"] as const)[pick(4)]!,
});

function trouble(pick: Pick): Deed {
  const forMs = 100 + pick(5_000);
  const which = pick(10);
  if (which < 4) return { do: "cut" };
  if (which < 6) return { do: "offline", forMs };
  if (which < 8) return { do: "stall", forMs };
  return { do: "half-open", way: pick(2) === 0 ? "up" : "down", forMs: forMs * 8 };
}

const moving = (pick: Pick, pages: number): Deed =>
  pick(2) === 0 ? { do: "shut" } : { do: "visit", page: pick(pages) };

function failing(pick: Pick): Deed {
  const which = pick(10);
  if (which < 4) return { do: "crash", hasArrived: pick(2) === 0, offMs: pick(1_500) };
  if (which < 5) return { do: "restart" };
  if (which < 6) return { do: "clock", jumpMs: (pick(2) === 0 ? 1 : -1) * pick(7_200_000) };
  const fault = (["full", "flaky", "doubtful", "slow", "unreadable"] as const)[pick(5)]!;
  return { do: "disk", fault, forMs: 50 + pick(3_000) };
}
