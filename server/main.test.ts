import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Outsider, textAt } from "./http/outside.ts";

let data: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "plenum-main-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) await ended(child, "SIGKILL");
  await rm(data, { recursive: true });
});

type Process = { child: ChildProcess; out: () => string; err: () => string };

function run(environment: Record<string, string> = {}): Process {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.mjs")], {
    env: { PATH: "/usr/bin:/bin", PORT: "0", PLENUM_DATA: data, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk) => (out += String(chunk)));
  child.stderr?.on("data", (chunk) => (err += String(chunk)));
  return { child, out: () => out, err: () => err };
}

/** A running Plenum, and what it said its address is. */
async function running(environment?: Record<string, string>): Promise<Process & { address: string }> {
  const started = run(environment);
  const exit = once(started.child, "exit").then(() => {
    throw new Error(started.err());
  });
  while (!started.out().includes("\n"))
    await Promise.race([once(started.child.stdout ?? started.child, "data"), exit]);
  exit.catch(() => {});
  return { ...started, address: /http:\/\/\S+/.exec(started.out())?.[0] ?? "" };
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  if (signal) child.kill(signal);
  const [code] = await once(child, "exit");
  return code;
}

test("it prints one line with its address once it can serve, and what was saved survives SIGKILL", async () => {
  const first = await running();
  expect(first.out()).toMatch(/^Plenum is ready at http:\/\/127\.0\.0\.1:\d+\n$/);
  const ana = await new Outsider(first.address).named("Ana");
  const made = await ana.post("/api/surveys", { title: "Native code", template: "problem-survey" });
  const page = textAt(made.json, "pages", 0, "id");
  const { text } = await ana.get(`/api/pages/${page}/export.md`);
  await ended(first.child, "SIGKILL");

  const second = await running();
  const again = new Outsider(second.address, ana.token);
  expect((await again.get(`/api/surveys/${textAt(made.json, "id")}`)).json).toEqual(made.json);
  expect((await again.get(`/api/pages/${page}/export.md`)).text).toBe(text);
});

test("told to stop, it says to every socket that it restarts, and ends with 0", async () => {
  const { child, address } = await running();
  const ana = await new Outsider(address).named("Ana");
  const made = await ana.post("/api/surveys", { title: "Native code" });
  const socket = ana.socket(`/sync/${textAt(made.json, "pages", 0, "id")}`);
  await once(socket, "open");
  const closed = once(socket, "close");
  expect(await ended(child, "SIGTERM")).toBe(0);
  expect((await closed)[0]).toBe(1012);
});

test("wrong settings are all named, and nothing starts", async () => {
  const { child, err, out } = run({ PORT: "none", PLENUM_LOG: "loud" });
  expect(await ended(child)).toBe(1);
  expect(err()).toContain("PORT should be a port");
  expect(err()).toContain("PLENUM_LOG should be");
  expect(out()).toBe("");
});

test("a port that is taken is named", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const { child, err } = run({ PORT: port });
  expect(await ended(child)).toBe(1);
  expect(err()).toContain(port);
  other.close();
});
