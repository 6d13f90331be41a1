import type { CDPSession } from "@playwright/test";

/**
 * What the page's main thread did, in milliseconds: running scripts, finding styles and laying out, and all else
 * (painting, the browser's own work). Forced layout counts as layout, not as the script that forced it.
 */
export type Spent = { script: number; layout: number; rest: number };

/**
 * Reads Chromium's own counters of the main thread, in time that the thread had a processor: what else runs on the
 * machine does not count. Everything is in them that a key sets off: listeners, mutation observers, frames, timers.
 */
export class Meter {
  readonly #session: CDPSession;
  /** How many acts were measured. */
  acts = 0;
  /** What the driver itself costs in one turn; taken off. */
  #own: Spent = { script: 0, layout: 0, rest: 0 };

  constructor(session: CDPSession) {
    this.#session = session;
  }

  async start(): Promise<void> {
    await this.#session.send("Performance.enable", { timeDomain: "threadTicks" });
    const own: Spent[] = [];
    for (let n = 0; n < 9; n += 1) own.push(await this.#turn(async () => {}));
    const middle = (part: keyof Spent) => own.map((each) => each[part]).toSorted((a, b) => a - b)[4] ?? 0;
    this.#own = { script: middle("script"), layout: middle("layout"), rest: middle("rest") };
  }

  /** What was spent from the beginning of an act until it is quiet: `turnMs` later, and two frames at least. */
  async of(act: () => Promise<unknown>): Promise<Spent> {
    this.acts += 1;
    const spent = await this.#turn(act);
    const left = (part: keyof Spent) => Math.max(0, spent[part] - this.#own[part]);
    return { script: left("script"), layout: left("layout"), rest: left("rest") };
  }

  async #turn(act: () => Promise<unknown>): Promise<Spent> {
    const before = await this.#read();
    const quiet = new Promise((done) => setTimeout(done, turnMs));
    await act();
    await quiet;
    await this.#session.send("Runtime.evaluate", { expression: twoFrames, awaitPromise: true });
    const after = await this.#read();
    return {
      script: after.script - before.script,
      layout: after.layout - before.layout,
      rest: after.rest - before.rest,
    };
  }

  async #read(): Promise<Spent> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const ms = (name: string) => 1000 * (metrics.find((each) => each.name === name)?.value ?? NaN);
    const [script, layout] = [ms("ScriptDuration"), ms("LayoutDuration") + ms("RecalcStyleDuration")];
    return { script, layout, rest: ms("TaskDuration") - script - layout };
  }
}

/** The pace of somebody who types fast: ten keys a second. What a key puts off comes due in its turn or the next. */
const turnMs = 100;

const twoFrames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))";
