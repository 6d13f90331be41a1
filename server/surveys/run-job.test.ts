import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { makeJobs } from "./run-job.ts";

test("nothing is loaded for a job before it is its turn, and one that fails to load leaves its place", async () => {
  const run = makeJobs();
  const loads: PromiseWithResolvers<never>[] = [];
  const ask = () =>
    run("readPage", () => {
      const load = Promise.withResolvers<never>();
      loads.push(load);
      return load.promise;
    });
  const asked = Array.from({ length: limits.jobsAtOnce + 1 }, ask);
  await Promise.resolve();
  expect(loads).toHaveLength(limits.jobsAtOnce);
  loads[0]?.reject(new Error("gone"));
  await expect(asked[0]).rejects.toThrow("gone");
  await expect.poll(() => loads).toHaveLength(limits.jobsAtOnce + 1);
  for (const load of loads) load.reject(new Error("gone"));
  await Promise.allSettled(asked);
});

test("more jobs than may wait are refused, and hold nothing", async () => {
  const run = makeJobs();
  let loaded = 0;
  const held = Promise.withResolvers<never>();
  const ask = () =>
    run("readPage", () => {
      loaded += 1;
      return held.promise;
    });
  const asked = Array.from({ length: limits.jobsAtOnce + limits.jobsWaiting }, ask);
  await expect(ask()).rejects.toMatchObject({ refusal: { code: "too-fast" } });
  expect(loaded).toBe(limits.jobsAtOnce);
  held.reject(new Error("gone"));
  await Promise.allSettled(asked);
});

test("a job runs in a thread and answers what it made", async () => {
  expect(await makeJobs()("readPage", () => "# Hi\n")).toBeInstanceOf(Uint8Array);
});
