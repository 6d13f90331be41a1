import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Question, Used } from "./programs/measured.ts";

const root = join(import.meta.dirname, "../..");

type Start = {
  /** From the project's folder. */
  program: string;
  args?: readonly string[];
  environment?: { readonly [name: string]: string };
};

/** What a server has used since it began. */
export type Meter = Used & { writtenBytes: number };

/** A contender's server as a process of its own, and what that uses. It prints where it listens. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly address: string;

  private constructor(child: ChildProcess, address: string) {
    this.#child = child;
    this.address = address;
  }

  /** Done when it has said where it is ready. Throws what it printed where it ends instead. */
  static async start({ program, args = [], environment = {} }: Start): Promise<ServerProcess> {
    const profile = process.env["BENCH_PROFILE"];
    const flags = profile ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
    const child = spawn(
      process.execPath,
      [
        ...flags,
        "--expose-gc",
        "--import",
        join(root, "bench/sync/programs/measured.ts"),
        join(root, program),
        ...args,
      ],
      {
        cwd: root,
        env: { PATH: process.env["PATH"], NODE_OPTIONS: process.env["BENCH_NODE_OPTIONS"], ...environment },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      },
    );
    return new ServerProcess(child, await addressOf(child));
  }

  /** Its port on this machine. */
  get port(): number {
    return Number(new URL(this.address).port);
  }

  async meter({ collect }: Question = { collect: false }): Promise<Meter> {
    const answered = once(this.#child, "message");
    this.#child.send({ collect });
    const [used] = (await answered) as [Used];
    return { ...used, writtenBytes: await writtenBy(this.#child.pid) };
  }

  /** Ends it with this signal; done when its process is gone. */
  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill(signal);
    await gone;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString();
      const ready = /ready at (http:\/\/[^\s"]*[^\s"/])/.exec(printed);
      if (ready?.[1]) resolve(ready[1]);
      if (printed.length > 100_000) printed = "";
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code, signal) =>
      reject(new Error(`A server ended with ${code ?? signal} before it was ready:\n${printed}`)),
    );
  });
}

/** Bytes that a process had written to disk, as Linux counts them; NaN elsewhere. */
async function writtenBy(pid = 0): Promise<number> {
  const told = await readFile(`/proc/${pid}/io`, "utf8").catch(() => "");
  return Number(/^write_bytes: (\d+)/m.exec(told)?.[1] ?? NaN);
}
