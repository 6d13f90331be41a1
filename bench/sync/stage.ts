import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contender, House, HouseRoom } from "./contender.ts";

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

/** Starts a contender's server again on what it kept, and finds the same rooms there; it is ended after. */
export async function startedAgain<T>(
  contender: Contender,
  folder: string,
  rooms: readonly HouseRoom[],
  run: (house: House, rooms: readonly HouseRoom[]) => Promise<T>,
): Promise<T> {
  const house = await contender.start(folder);
  const { port } = house.server;
  const moved = rooms.map((room) => ({
    ...room,
    seat: (client: number) => ({ ...room.seat(client), port }),
  }));
  try {
    return await run(house, moved);
  } finally {
    await house.server.stop("SIGKILL");
  }
}
