import { expect, test } from "vitest";
import { faultCases } from "./fault-cases.stage.ts";

/** Where everything else on the machine is busy, too. */
const timeout = 120_000;
/** Printed where a test fails; the long runs take others (`npm run bench -- hostile`). */
const seed = 1;

for (const { name, promise, happen, expected, isOnLinuxOnly } of faultCases) {
  const reason = isOnLinuxOnly ? "; a running process's limits are set on Linux alone" : "";
  test.skipIf(isOnLinuxOnly === true && process.platform !== "linux")(
    `${name}: ${promise} (seed ${seed}${reason})`,
    { timeout },
    async () => {
      expect((await happen(seed)).outcome).toEqual(expected);
    },
  );
}
