import { RateLimiterMemory } from "rate-limiter-flexible";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/** How often somebody may do something; above it they are refused until the minute is over. */
export type Allowances = {
  /** `by`: whoever the allowance is counted for. */
  take(what: "sessions" | "calls" | "upgrades", by: string): Promise<void>;
  /** Begins a heavy call, and answers how to end it; refused where this person has too many under way. */
  begin(by: PersonId): () => void;
};

export function makeAllowances(): Allowances {
  const perMinute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const left = {
    sessions: perMinute(limits.sessionsPerMinute),
    calls: perMinute(limits.callsPerMinute),
    upgrades: perMinute(limits.upgradesPerMinute),
  };
  const heavy = new Map<PersonId, number>();
  return {
    begin(by) {
      const underWay = heavy.get(by) ?? 0;
      if (underWay >= limits.heavyCallsAtOnce)
        throw new Refused("too-fast", `${underWay} imports and exports of yours are under way`);
      heavy.set(by, underWay + 1);
      return () => {
        const left = (heavy.get(by) ?? 1) - 1;
        if (left > 0) heavy.set(by, left);
        else heavy.delete(by);
      };
    },
    async take(what, by) {
      await left[what].consume(by).catch((used: { msBeforeNext?: number }) => {
        throw new Refused("too-fast", `again in ${Math.ceil((used.msBeforeNext ?? 0) / 1000)} s`);
      });
    },
  };
}
