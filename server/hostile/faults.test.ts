import { expect, test } from "vitest";
import { fillDisk, firstSync, killAndRejoin, killCold, restart, setClock } from "./faults.stage.ts";

/** Where everything else on the machine is busy, too. */
const timeout = 120_000;
/** Printed where a test fails; the long runs take others (`npm run bench -- hostile`). */
const seed = 1;

test(
  `fault.kill9-cold: nothing that somebody saw, or was told is on disk, is lost by SIGKILL (seed ${seed})`,
  { timeout },
  async () => {
    const { promised, lost } = await killCold(6, seed);
    expect(lost).toEqual([]);
    expect(promised).toBeGreaterThanOrEqual(1_000);
  },
);

test(
  `fault.kill9-rejoin: whoever comes back after SIGKILL brings what only they had (seed ${seed})`,
  { timeout },
  async () => {
    expect(await killAndRejoin(seed)).toEqual({ lost: [], texts: 1 });
  },
);

test.skipIf(process.platform !== "linux")(
  `fault.disk-full: writers are told, readers read on, nothing acknowledged is lost, and it recovers by itself (seed ${seed}; a running process's limits are set on Linux alone)`,
  { timeout },
  async () => {
    const { told, toldMs, recoveredMs: _, ...rest } = await fillDisk(seed);
    expect(told).toEqual({ code: 1013, reason: "cannot-save" });
    expect(toldMs).toBeLessThan(2_000);
    expect(rest).toEqual({ isUp: true, isReaderLeftAlone: true, lost: [] });
  },
);

test(
  "fault.clock-skew: text, presence, records and newcomers do not mind a clock that jumps",
  { timeout },
  async () => {
    expect(await setClock()).toEqual({ jumps: [2, -4, 720, -720], working: ["all", "all", "all", "all"] });
  },
);

test(
  `fault.sigterm: everybody is told to come again, comes, and nothing is lost (seed ${seed})`,
  { timeout },
  async () => {
    const { exitCode, closeCodes, lost } = await restart(300, seed);
    expect({ exitCode, closeCodes, lost }).toEqual({ exitCode: 0, closeCodes: [1012], lost: [] });
  },
);

test(
  "fault.first-sync: who is told to be in sync right after a restart has the whole text",
  { timeout },
  async () => {
    expect(await firstSync(120_009)).toBe(120_009);
  },
);
