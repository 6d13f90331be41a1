import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { JobEnd } from "./job-thread.ts";
import type { Jobs } from "./jobs.ts";

/** `load` is called when it is the job's turn, so that what waits holds nothing. */
export type RunJob = <Name extends keyof Jobs & string>(
  name: Name,
  load: () => JobInput<Name> | Promise<JobInput<Name>>,
) => Promise<JobOutput[Name]>;

type JobInput<Name extends keyof Jobs> = Parameters<Jobs[Name]>[0];
type JobOutput = { [Name in keyof Jobs]: Awaited<ReturnType<Jobs[Name]>> };

/**
 * Runs jobs beside the work of the server, each in a thread of its own, a few at once: whatever is in an upload,
 * nobody's typing waits for it, and what needs too long or too much memory is given up.
 */
export function makeJobs(): RunJob {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (name, load) => {
    if (running < limits.jobsAtOnce) running += 1;
    else await turn();
    try {
      return (await runInThread(name, await load())) as JobOutput[typeof name];
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };

  /** Resolves when a job that ended leaves its place. */
  function turn(): Promise<void> {
    if (waiting.length >= limits.jobsWaiting)
      throw new Refused("too-fast", "many files are being read and written already");
    return new Promise((resolve) => waiting.push(resolve));
  }
}

async function runInThread(name: string, input: unknown): Promise<unknown> {
  const thread = new Worker(new URL("./job-thread.ts", import.meta.url), {
    workerData: { name, input },
    resourceLimits: { maxOldGenerationSizeMb: limits.jobHeapMegabytes },
  });
  try {
    const [end]: JobEnd[] = await once(thread, "message", { signal: AbortSignal.timeout(limits.jobMs) });
    if (end && "refused" in end) throw new Refused(end.refused.code, end.refused.details);
    return end?.done;
  } catch (error) {
    throw whyGivenUp(error);
  } finally {
    await thread.terminate();
  }
}

function whyGivenUp(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refused) return error;
  if (error.name === "AbortError") return new Refused("too-large", "it takes too long to read or write");
  const isFull = "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isFull ? new Refused("too-large", "it takes too much memory to read or write") : error;
}
