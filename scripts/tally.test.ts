import { expect, test } from "vitest";
import { closingLine, ofCommand, ofPlaywright, ofVitest, total, type Outcome } from "./tally.ts";

const well = { code: 0, signal: null };
const badly = { code: 1, signal: null };
const killed = { code: null, signal: "SIGKILL" };

function vitestReport(numPassedTests: number, numFailedTests: number, unloaded: readonly string[] = []) {
  const ran = { name: "a.test.ts", status: numFailedTests > 0 ? "failed" : "passed", assertionResults: [{}] };
  const testResults = [ran, ...unloaded.map((name) => ({ name, status: "failed", assertionResults: [] }))];
  return { numPassedTests, numFailedTests, testResults };
}

function playwrightReport(expected: number, unexpected: number, flaky = 0, errors: object[] = []) {
  return { stats: { expected, unexpected, flaky, skipped: 0 }, errors };
}

const counts = ({ passed, failed }: Outcome) => [passed, failed];

test("a command counts as one test, passed only if it ended with code 0", () => {
  expect(counts(ofCommand("types", well))).toEqual([1, 0]);
  expect(counts(ofCommand("types", badly))).toEqual([0, 1]);
  expect(counts(ofCommand("types", killed))).toEqual([0, 1]);
});

test("every test of a report counts", () => {
  expect(counts(ofVitest(vitestReport(12, 0), well))).toEqual([12, 0]);
  expect(counts(ofVitest(vitestReport(10, 2), badly))).toEqual([10, 2]);
  expect(counts(ofPlaywright(playwrightReport(5, 1), badly))).toEqual([5, 1]);
});

test("a test file that cannot be loaded is a failure", () => {
  const outcome = ofVitest(vitestReport(12, 0, ["broken.test.ts"]), badly);
  expect(counts(outcome)).toEqual([12, 1]);
  expect(outcome.why).toEqual([expect.stringContaining("broken.test.ts")]);
});

test("a story that passed only when tried again is a failure", () => {
  expect(counts(ofPlaywright(playwrightReport(5, 0, 1), well))).toEqual([5, 1]);
});

test("an error outside of any story is a failure", () => {
  const report = playwrightReport(5, 0, 0, [{ message: "cannot find module" }]);
  expect(counts(ofPlaywright(report, badly))).toEqual([5, 1]);
});

test("a runner that crashes after a perfect report has failed", () => {
  expect(counts(ofVitest(vitestReport(12, 0), killed))).toEqual([12, 1]);
  expect(counts(ofPlaywright(playwrightReport(5, 0), badly))).toEqual([5, 1]);
});

test("a runner that finds no tests has failed, however well it ended", () => {
  expect(counts(ofVitest({ ...vitestReport(0, 0), testResults: [] }, well))).toEqual([0, 1]);
  expect(counts(ofPlaywright(playwrightReport(0, 0), well))).toEqual([0, 1]);
});

test("a missing or unreadable report is a failure, however well the runner ended", () => {
  for (const report of [null, "", {}, { stats: {} }]) {
    expect(counts(ofVitest(report, well))).toEqual([0, 1]);
    expect(counts(ofPlaywright(report, well))).toEqual([0, 1]);
  }
});

test("the closing line adds everything up, and says a failure even where nothing was run", () => {
  const all = [
    ofCommand("types", well),
    ofVitest(vitestReport(10, 2), badly),
    ofPlaywright(playwrightReport(5, 0), well),
  ];
  expect(closingLine(total(all))).toBe("16 passed, 2 failed");
  expect(closingLine(total([]))).toBe("0 passed, 1 failed");
});
