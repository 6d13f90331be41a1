import { expect, test } from "vitest";
import { makeAnnouncer } from "./announcer.ts";

/** An announcer in a world whose clock moves only when told. */
function world() {
  let now = 0;
  const timers: { at: number; ring: () => void }[] = [];
  const announcer = makeAnnouncer({
    wait: (ms, ring) => void timers.push({ at: now + ms, ring }),
    nowMs: () => now,
    gapMs: 5_000,
  });
  const heard: string[] = [];
  announcer.subscribe(() => heard.push(announcer.get().polite));
  const passes = (ms: number): void => {
    now += ms;
    for (const timer of timers.splice(0)) {
      if (timer.at <= now) timer.ring();
      else timers.push(timer);
    }
  };
  return { announcer, heard, passes };
}

test("the first polite news is said at once", () => {
  const { announcer, heard, passes } = world();
  announcer.say("Ana came in");
  passes(0);
  expect(heard).toEqual(["Ana came in"]);
});

test("what comes within the gap is merged and said once, in order, without repetitions", () => {
  const { announcer, heard, passes } = world();
  announcer.say("Ana came in");
  passes(0);
  announcer.say("Saved");
  announcer.say("Bo came in");
  announcer.say("Saved");
  passes(4_999);
  expect(heard).toEqual(["Ana came in"]);
  passes(1);
  expect(heard).toEqual(["Ana came in", "Saved. Bo came in"]);
});

test("assertive news waits for nothing", () => {
  const { announcer } = world();
  announcer.say("Ana came in");
  announcer.say("You can no longer write here", "assertive");
  expect(announcer.get().assertive).toBe("You can no longer write here");
});
