import { useSyncExternalStore } from "react";
import { limits } from "../../shared/base/limits.ts";
import { makeAnnouncer } from "./announcer.ts";

const announcer = makeAnnouncer({
  wait: (ms, ring) => void setTimeout(ring, ms),
  nowMs: () => Date.now(),
  gapMs: limits.announceMs,
});

/**
 * Says something to people who listen to the screen. Polite news (somebody came in, saved) is said at most once
 * in `limits.announceMs`, what comes between is merged; assertive news (access lost) is said at once.
 */
export const announce = announcer.say;

/** The two live regions; stands once, around every screen. */
export function LiveRegions() {
  const { polite, assertive } = useSyncExternalStore(announcer.subscribe, announcer.get);
  return (
    <>
      <div className="unseen" role="status" aria-live="polite">
        {polite}
      </div>
      <div className="unseen" role="alert" aria-live="assertive">
        {assertive}
      </div>
    </>
  );
}
