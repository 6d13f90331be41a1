import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { test as bare } from "@playwright/test";

const root = join(import.meta.dirname, "..");

/**
 * The built program as an operator runs it, with a data folder of its own that outlives every kill and is gone
 * after `close`. It is known by what it prints and answers alone.
 */
export class Plenum {
  readonly #data: string;
  #child: ChildProcess | null = null;
  #address = "";
  /** All that it has printed, over all its starts. */
  printed = "";

  private constructor(data: string) {
    this.#data = data;
  }

  /** Running, on a port that the system chose. */
  static async start(): Promise<Plenum> {
    const plenum = new Plenum(await mkdtemp(join(tmpdir(), "plenum-")));
    try {
      await plenum.start("0");
      return plenum;
    } catch (error) {
      await plenum.close();
      throw error;
    }
  }

  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  get address(): string {
    return this.#address;
  }

  /** Starts it on its data, by default where it was before. Done when it says that it is ready. */
  async start(port = new URL(this.#address).port): Promise<void> {
    const child = spawn(process.execPath, ["server/start.mjs"], {
      cwd: root,
      // Nothing else of the environment: what is set for somebody's own Plenum is not for this one.
      env: { PATH: process.env["PATH"], HOST: "127.0.0.1", PORT: port, PLENUM_DATA: this.#data },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#address = await new Promise<string>((resolve, reject) => {
      let lines = "";
      const hear = (chunk: Buffer): void => {
        this.printed += chunk.toString();
        lines += chunk.toString();
        const ready = /Plenum is ready at (http:\/\/[^\s"]*[^\s"/])/.exec(lines);
        if (ready?.[1]) resolve(ready[1]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code, signal) =>
        reject(new Error(`Plenum ended with ${code ?? signal} before it was ready:\n${lines}`)),
      );
    });
  }

  /** Ends it with this signal; done when its process is gone. */
  async stop(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  /**
   * Puts on its disk what only another version of the program would have taken into a page: nobody can send it. It is
   * started again then.
   */
  async findsOnDisk(page: string, update: Uint8Array): Promise<void> {
    await this.stop("SIGTERM");
    const database = new DatabaseSync(join(this.#data, "plenum.db"));
    const add = database.prepare("INSERT INTO log (page, at, author, data) VALUES (?, ?, ?, ?)");
    add.run(page, 0, "another-version", update);
    database.close();
    await this.start();
  }

  /** Whether the program is still there. */
  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async close(): Promise<void> {
    await this.stop("SIGKILL");
    await rm(this.#data, { recursive: true, force: true });
  }
}

/** Playwright's test, with a running Plenum of its own; what that printed is kept where the test fails. */
export const test = bare.extend<{ plenum: Plenum }>({
  // Playwright reads from the first parameter what a fixture needs: nothing, here.
  // oxlint-disable-next-line no-empty-pattern
  plenum: async ({}, lend, info) => {
    const plenum = await Plenum.start();
    await lend(plenum);
    await plenum.close();
    if (info.status !== info.expectedStatus)
      await info.attach("what Plenum printed", { body: plenum.printed, contentType: "text/plain" });
  },
});

export { expect } from "@playwright/test";
