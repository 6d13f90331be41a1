import { limits } from "../../shared/base/limits.ts";
import { bury } from "./dead-peers.stage.ts";
import {
  fillDisk,
  firstSync,
  killAndRejoin,
  killCold,
  restart,
  setClock,
  withHouse,
} from "./faults.stage.ts";

/** Something that a machine does to the server, and what must have come of it. */
export type FaultCase = {
  name: string;
  /** What holds, as a sentence. */
  promise: string;
  happen: (seed: number) => Promise<Befallen>;
  /** Its outcome where the promise holds. */
  expected: unknown;
  /** How soon, by what is timed: for the bench to judge, on a machine that is quiet. */
  withinMs?: Readonly<Record<string, number>>;
  /** A running process's limits are set on Linux alone. */
  isOnLinuxOnly?: true;
};

export type Befallen = { outcome: unknown; tookMs?: Readonly<Record<string, number>> };

const characters = 120_009;

/** It takes half a minute of waiting, beside which others can happen. */
export const deadPeers: FaultCase = {
  name: "conn.dead-peers",
  promise: "who answers no ping, or sends half a request, is cut off and not before their time",
  happen: async () => {
    const held = await withHouse(bury);
    const isEarly =
      (held["no pong"] ?? 0) <= 2 * limits.pingMs || (held["half a head"] ?? 0) <= limits.headersMs - 1_000;
    return { outcome: { cut: Object.keys(held).sort(), isEarly }, tookMs: held };
  },
  expected: { cut: ["half a body", "half a head", "half an upgrade", "no pong"], isEarly: false },
  // Half a request may come just after the server looked, and be cut off when it looks again.
  withinMs: {
    "no pong": 45_000,
    "half a body": limits.requestMs + limits.connectionsCheckedMs + 1_000,
    "half a head": 15_000,
    "half an upgrade": 15_000,
  },
};

export const faultCases: readonly FaultCase[] = [
  {
    name: "fault.kill9-cold",
    promise: "nothing that somebody saw, or was told is on disk, is lost by SIGKILL",
    happen: async (seed) => {
      const { promised, lost } = await killCold(6, seed);
      return { outcome: { lost, isMuchPromised: promised >= 1_000 } };
    },
    expected: { lost: [], isMuchPromised: true },
  },
  {
    name: "fault.kill9-rejoin",
    promise: "whoever comes back after SIGKILL brings what only they had",
    happen: async (seed) => ({ outcome: await killAndRejoin(seed) }),
    expected: { lost: [], texts: 1 },
  },
  {
    name: "fault.disk-full",
    promise: "writers are told, readers read on, nothing acknowledged is lost, and it recovers by itself",
    happen: async (seed) => {
      const { toldMs, recoveredMs: recovered, ...outcome } = await fillDisk(seed);
      return { outcome, tookMs: { told: toldMs, recovered } };
    },
    expected: {
      told: { code: 1013, reason: "cannot-save" },
      isUp: true,
      isReaderLeftAlone: true,
      lost: [],
    },
    withinMs: { told: 2_000 },
    isOnLinuxOnly: true,
  },
  {
    name: "fault.clock-skew",
    promise: "text, presence, records and newcomers do not mind a clock that jumps",
    happen: async () => ({ outcome: await setClock() }),
    expected: { jumps: [2, -4, 720, -720], working: ["all", "all", "all", "all"] },
  },
  {
    name: "fault.sigterm",
    promise: "everybody is told to come again, comes, and nothing is lost",
    happen: async (seed) => {
      const { readyMs: ready, backMs: back, ...outcome } = await restart(300, seed);
      return { outcome, tookMs: { ready, back } };
    },
    expected: { exitCode: 0, closeCodes: [1012], lost: [] },
    withinMs: { ready: 2_000, back: 10_000 },
  },
  {
    name: "fault.first-sync",
    promise: "who is told to be in sync right after a restart has the whole text",
    happen: async () => ({ outcome: await firstSync(characters) }),
    expected: characters,
  },
];
