import { afterAll, beforeAll, expect, test } from "vitest";
import { Scene, type Case } from "./scene.stage.ts";

/** Of one process, under any attack but those that say why it is more. */
const mostGrownBytes = 100 * 1024 * 1024;
/** Where everything else on the machine is busy, too. */
const patienceMs = 180_000;

/**
 * A test for each of the cases, all against one process: what comes of the attack, and that nobody else comes to
 * harm by it. How long the honest pair waits is measured by `npm run bench -- hostile`, on a machine that is quiet.
 */
export function testCases(cases: readonly Case[]): void {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.open();
  }, patienceMs);

  afterAll(() => scene.close());

  for (const each of cases)
    test(`${each.name}: ${each.promise}`, { timeout: patienceMs }, async () => {
      const { outcome, grownBytes, tripsMs, cpuSeconds: _, ...rest } = await scene.endure(each);
      expect(outcome).toEqual(each.expected);
      expect(rest).toEqual({ thrownOut: [], isOneText: true, unsound: [], isRunning: true });
      expect(grownBytes).toBeLessThan(each.mostGrownBytes ?? mostGrownBytes);
      expect(tripsMs.length).toBeGreaterThan(10);
    });
}
