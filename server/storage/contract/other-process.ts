import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { onTestFinished } from "vitest";

/** Another process of this Node, for tests of what holds between two of them, or after the death of one. */
export class OtherProcess {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  readonly #said: AsyncIterator<string>;

  /** Runs the source, an ES module whose imports are URLs; it ends with the test at the latest. */
  constructor(source: string, { largestFileKiB }: { largestFileKiB?: number } = {}) {
    const node = [process.execPath, "--input-type=module", "--eval", source];
    // The limit is counted in blocks of 512 bytes.
    const limited = ["sh", "-c", `ulimit -f ${(largestFileKiB ?? 0) * 2} && exec "$@"`, "sh", ...node];
    const [program = "", ...given] = largestFileKiB === undefined ? node : limited;
    this.#child = spawn(program, given, { stdio: ["ignore", "pipe", "inherit"] });
    if (!this.#child.stdout) throw new Error("a pipe was asked for");
    this.#lines = createInterface({ input: this.#child.stdout });
    this.#said = this.#lines[Symbol.asyncIterator]();
    onTestFinished(() => void this.#child.kill("SIGKILL"));
  }

  /** The next line that it says on its standard output, or null once it has ended and all was heard. */
  async line(): Promise<string | null> {
    const next = await this.#said.next();
    return next.done ? null : next.value;
  }

  /** Sends SIGKILL; answers what it had said and nobody had heard. */
  async kill(): Promise<string[]> {
    const ended = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    const unheard: string[] = [];
    for (let line = await this.line(); line !== null; line = await this.line()) unheard.push(line);
    await ended;
    return unheard;
  }
}

/** The URL of a module beside this folder, as an other process imports it. */
export function storageModule(file: string): string {
  return JSON.stringify(new URL(`../${file}`, import.meta.url).href);
}
