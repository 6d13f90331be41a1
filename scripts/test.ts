/*
 * `npm test`: everything that says whether Plenum is whole, one part after the other, with their output as it
 * comes. The last line is `N passed, N failed`, over all parts; the exit code is 0 only if nothing failed.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { chooseBrowser, type Choice } from "./browser.ts";
import { closingLine, failure, ofCommand, ofPlaywright, ofVitest, total } from "./tally.ts";
import type { Exit, Outcome } from "./tally.ts";
import { thisMachine } from "./this-machine.ts";

const root = join(import.meta.dirname, "..");
const reports = join(root, "node_modules", ".cache", "reports");

const parts: readonly [name: string, run: () => Promise<Outcome>][] = [
  ["types", () => command("types", "tsc", ["-b"])],
  ["lint", () => command("lint", "oxlint", ["--deny-warnings"])],
  ["format", () => command("format", "prettier", ["--check", "--log-level", "warn", "."])],
  ["build", () => command("build", "vite", ["build", "--logLevel", "warn"])],
  ["tests", unitTests],
  ["stories", stories],
];

async function command(name: string, program: string, args: readonly string[]): Promise<Outcome> {
  return ofCommand(name, await run(tool(program), args));
}

async function unitTests(): Promise<Outcome> {
  const report = freshReport("vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exit = await run(tool("vitest"), ["run", ...reporters]);
  return ofVitest(readReport(report), exit);
}

async function stories(): Promise<Outcome> {
  const choice = await browser();
  if (!("use" in choice)) return failure(`no browser for the stories. ${choice.advice}`);
  const report = freshReport("playwright.json");
  const environment = { CHROMIUM: choice.use, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const exit = await run(tool("playwright"), ["test", "--reporter=list,json"], environment);
  return ofPlaywright(readReport(report), exit);
}

/** The browser of this machine; where there is none and it is allowed, Debian's is installed first. */
async function browser(): Promise<Choice> {
  const choice = chooseBrowser(thisMachine());
  if ("use" in choice || !choice.install) return choice;
  say("installing Debian's chromium");
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-q"], quiet);
  await run("apt-get", ["install", "-q", "-y", "--no-install-recommends", "chromium"], quiet);
  return chooseBrowser(thisMachine());
}

function tool(name: string): string {
  return join(root, "node_modules", ".bin", name);
}

/** Runs a program to its end, its output passed through. Never rejects: what cannot be started has ended badly. */
function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Exit> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    child.on("error", (error) => {
      say(`${program} cannot be started: ${error.message}`);
      resolve({ code: 127, signal: null });
    });
    child.on("exit", (code, signal) => resolve({ code, signal }));
  });
}

/** Where a runner is to leave its report; what an earlier run left there is gone. */
function freshReport(name: string): string {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, name);
  rmSync(path, { force: true });
  return path;
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const outcomes: Outcome[] = [];
for (const [name, runPart] of parts) {
  say(`\n── ${name}`);
  const startMs = performance.now();
  const outcome = await runPart();
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  say(`── ${name}: ${outcome.failed === 0 ? "good" : `${outcome.failed} wrong`}, ${seconds} s`);
  outcomes.push(outcome);
}
const whole = total(outcomes);
for (const why of whole.why) say(`✗ ${why}`);
say(closingLine(whole));
process.exitCode = whole.failed === 0 ? 0 : 1;
