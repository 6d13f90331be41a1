import { z } from "zod/mini";

/** What one part of the whole test came to. `why` says in a line each what failed beyond single tests. */
export type Outcome = { passed: number; failed: number; why: readonly string[] };

/** How a program ended: one of the two is null. */
export type Exit = { code: number | null; signal: string | null };

/** A part that is one test in itself: it passed if its program ended well. */
export function ofCommand(name: string, exit: Exit): Outcome {
  return hasEndedWell(exit) ? { passed: 1, failed: 0, why: [] } : failure(howItEnded(name, exit));
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.unknown()) }),
  ),
});

/** Vitest's tests, by its JSON report; a file that could not be loaded counts as a failed test. */
export function ofVitest(report: unknown, exit: Exit): Outcome {
  const read = vitestReport.safeParse(report);
  if (!read.success) return failure(`vitest left no report that can be read; ${howItEnded("it", exit)}`);
  const { numPassedTests, numFailedTests, testResults } = read.data;
  const unloaded = testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const why = unloaded.map((file) => `${file.name} could not be run`);
  return complete("vitest", exit, { passed: numPassedTests, failed: numFailedTests + why.length, why });
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  errors: z.array(z.object({ message: z.optional(z.string()) })),
});

/** Playwright's stories, by its JSON report; one that passed only when tried again has failed. */
export function ofPlaywright(report: unknown, exit: Exit): Outcome {
  const read = playwrightReport.safeParse(report);
  if (!read.success) return failure(`playwright left no report that can be read; ${howItEnded("it", exit)}`);
  const { stats, errors } = read.data;
  const why = errors.map((error) => `playwright: ${error.message ?? "an error without a message"}`);
  const failed = stats.unexpected + stats.flaky + why.length;
  return complete("playwright", exit, { passed: stats.expected, failed, why });
}

/** A part that could not even be started. */
export function failure(why: string): Outcome {
  return { passed: 0, failed: 1, why: [why] };
}

/** Everything added up; at least one failure if there was nothing to add. */
export function total(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.length === 0) return failure("nothing was run");
  return {
    passed: outcomes.reduce((sum, outcome) => sum + outcome.passed, 0),
    failed: outcomes.reduce((sum, outcome) => sum + outcome.failed, 0),
    why: outcomes.flatMap((outcome) => outcome.why),
  };
}

/** The line that ends the whole test. */
export function closingLine(outcome: Pick<Outcome, "passed" | "failed">): string {
  return `${outcome.passed} passed, ${outcome.failed} failed`;
}

/** A report may look better than the run was: a runner that found nothing, or that broke, has failed. */
function complete(name: string, exit: Exit, outcome: Outcome): Outcome {
  if (outcome.passed + outcome.failed === 0) return failure(`${name} found no tests`);
  if (outcome.failed > 0 || hasEndedWell(exit)) return outcome;
  return { ...outcome, failed: 1, why: [...outcome.why, howItEnded(name, exit)] };
}

function hasEndedWell(exit: Exit): boolean {
  return exit.code === 0;
}

function howItEnded(name: string, exit: Exit): string {
  return exit.signal === null
    ? `${name} ended with code ${exit.code}`
    : `${name} was ended by ${exit.signal}`;
}
