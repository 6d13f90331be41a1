import { RateLimiterMemory } from "rate-limiter-flexible";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/** How often somebody may do something; above it they are refused until the minute is over. */
export type Allowances = {
  /** `by`: whoever the allowance is counted for. */
  take(what: "sessions" | "calls" | "upgrades", by: string): Promise<void>;
};

export function makeAllowances(): Allowances {
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const left = {
    sessions: perMinute(limits.sessionsPerMinute),
    calls: perMinute(limits.callsPerMinute),
    upgrades: perMinute(limits.upgradesPerMinute),
  };
  return {
    async take(what, by) {
      await left[what].consume(by).catch((used: { msBeforeNext?: number }) => {
        throw new Refused("too-fast", `again in ${Math.ceil((used.msBeforeNext ?? 0) / 1000)} s`);
      });
    },
  };
}
