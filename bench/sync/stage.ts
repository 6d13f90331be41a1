import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contender, House } from "./contender.ts";

/** Runs something with a contender's server that has a folder of its own, and nothing in it; both are gone after. */
export async function withHouse<T>(
  contender: Contender,
  run: (house: House, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "plenum-bench-"));
  const house = await contender.start(folder);
  try {
    return await run(house, folder);
  } finally {
    await house.server.stop(process.env["BENCH_PROFILE"] ? "SIGTERM" : "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  }
}
