import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const manifest = join(import.meta.dirname, "..", "..", "package.json");

/**
 * What `npm start` tells Node: with less room for young garbage, that of thousands of sockets is taken away before it
 * fills a hundred megabytes.
 */
const flags = (/"start": "node (.*) server/.exec(readFileSync(manifest, "utf8"))?.[1] ?? "").split(" ");

/**
 * The server as an operator runs it: a process of its own, with a data folder of its own that outlives every kill
 * and is gone after `close`. It is known by what it prints and answers, and by what the system says of it.
 */
export class Plenum {
  readonly data: string;
  readonly #options: PlenumOptions;
  #child: ChildProcess | null = null;
  #address = "";
  /** All that it has printed, over all its starts. */
  printed = "";

  private constructor(data: string, options: PlenumOptions) {
    this.data = data;
    this.#options = options;
  }

  /** Running, on a port that the system chose. */
  static async start(options: PlenumOptions = {}): Promise<Plenum> {
    const plenum = new Plenum(await mkdtemp(join(tmpdir(), "plenum-hostile-")), options);
    await plenum.start("0");
    return plenum;
  }

  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  get address(): string {
    return this.#address;
  }

  get port(): number {
    return Number(new URL(this.#address).port);
  }

  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts it on its data, by default where it was before. Done when it says that it is ready. */
  async start(port = String(this.port)): Promise<void> {
    const { importing } = this.#options;
    const program = join(import.meta.dirname, "..", "start.mjs");
    const child = spawn(
      process.execPath,
      [...flags, ...(importing ? ["--import", importing] : []), program],
      {
        // Each socket of a test may say that it is from another address, as behind a proxy.
        env: { PATH: "/usr/bin:/bin", PORT: port, PLENUM_DATA: this.data, PLENUM_TRUST_PROXY: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    this.#child = child;
    this.#address = await new Promise<string>((resolve, reject) => {
      let lines = "";
      const hear = (chunk: Buffer): void => {
        this.printed += String(chunk);
        lines += String(chunk);
        const ready = /Plenum is ready at (http:\/\/\S+)/.exec(lines);
        if (ready?.[1]) resolve(ready[1]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("exit", (code, signal) =>
        reject(new Error(`Plenum ended with ${code ?? signal}:\n${lines}`)),
      );
    });
  }

  /** Ends it with this signal, and answers its exit code once it is gone; null where the signal ended it. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, "exit");
    child.kill(signal);
    return (await gone)[0];
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /**
   * From now on no file of it may grow beyond this; null: as large as it likes. To the process that is a disk which
   * is full for a while: the system refuses in the middle of a write.
   */
  async limitFiles(bytes: number | null): Promise<void> {
    const soft = bytes ?? "unlimited";
    await promisify(execFile)("prlimit", ["--pid", String(this.#child?.pid), `--fsize=${soft}:unlimited`]);
  }

  /** Its memory now, and the most that it has had since `forgetPeak`; zeros where the system tells neither. */
  memory(): { now: number; peak: number } {
    const path = `/proc/${this.#child?.pid}/status`;
    if (!existsSync(path)) return { now: 0, peak: 0 };
    const status = readFileSync(path, "utf8");
    const of = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
    return { now: of("VmRSS"), peak: of("VmHWM") };
  }

  forgetPeak(): void {
    const path = `/proc/${this.#child?.pid}/clear_refs`;
    if (existsSync(path)) writeFileSync(path, "5");
  }

  /** Seconds of processor time that it has used. */
  cpuSeconds(): number {
    const path = `/proc/${this.#child?.pid}/stat`;
    if (!existsSync(path)) return 0;
    const fields = readFileSync(path, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async close(): Promise<void> {
    await this.end("SIGKILL");
    await rm(this.data, { recursive: true, force: true });
  }
}

export type PlenumOptions = {
  /** A module that the process loads before all else. */
  importing?: string;
};
