import { expect, test } from "vitest";
import { FakeClock } from "./fake-clock.ts";
import { FakeHouse } from "./fake-house.ts";
import { Tick } from "./tick.ts";

const hourMs = 60 * 60 * 1_000;

test("[ORDER-3] a clock set back during a commit holds nothing up of what waits behind it", async () => {
  let backMs = 0;
  const house: FakeHouse = new FakeHouse(undefined, { nowMs: () => house.clock.nowMs() - backMs });
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  house.journal.isHeld = true;
  ana.browser.write("One. ");
  await house.pass();
  ana.browser.write("Two.");
  await house.pass(1);
  backMs = hourMs;
  house.journal.isHeld = false;
  house.journal.commit();
  await house.pass();
  expect(house.disk.commits).toHaveLength(2);
  expect(ben.browser.text).toBe("One. Two.");
  expect(ana.browser.saved).toBe(ana.browser.textSent);
});

test("[TICK-1] a tick that was asked for before the clock was set back is at once", async () => {
  const clock = new FakeClock();
  let runs = 0;
  const tick = new Tick(
    () => (runs += 1),
    () => 4,
    clock.schedule,
    clock.nowMs,
  );
  tick.due(clock.nowMs() + hourMs);
  await clock.pass(1);
  expect(runs).toBe(1);
});
