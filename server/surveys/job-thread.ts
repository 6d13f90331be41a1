import { parentPort, workerData } from "node:worker_threads";
import { must } from "../../shared/base/assert.ts";
import { Refused, type Refusal } from "../../shared/protocol/refusals.ts";
import { jobs } from "./jobs.ts";

/*
 * What a thread of jobs.ts runs: one job, then it ends. A refusal is a result; anything else that is thrown ends the
 * thread, and run-job.ts passes it on.
 */
export type JobEnd = { done: unknown } | { refused: Refusal };

const { name, input } = workerData;
const job: (input: unknown) => unknown = must(Reflect.get(jobs, name), `there is a job ${name}`);

async function end(): Promise<JobEnd> {
  try {
    return { done: await job(input) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.refusal };
    throw error;
  }
}

must(parentPort, "a job runs in a thread").postMessage(await end());
