import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { assertHash, isHash } from "./asset-hash.ts";
import { cannotSave } from "./cannot-save.ts";
import { makeFolder, writeWhole } from "./disk.ts";
import type { Entrance } from "./entrance.ts";
import type { Assets } from "./storage.ts";

const partSuffix = ".part";

/**
 * Assets as files named by their hash. A file appears under its name only when all of it is on disk, so a file
 * that is there is whole; a write that was cut off leaves a part, which the next opening sweeps away. The caller
 * sees to it that one process at a time has the folder.
 */
export async function openAssetFolder(folder: string, entrance: Entrance): Promise<Assets> {
  await makeFolder(folder);
  await sweepParts(folder);
  let parts = 0;
  return {
    put: (hash, bytes) =>
      entrance.run(() => {
        assertHash(hash, bytes);
        parts += 1;
        const path = join(folder, hash);
        return keep(path, `${path}.${parts}${partSuffix}`, new Uint8Array(bytes));
      }),
    get: (hash) => entrance.run(() => (isHash(hash) ? load(join(folder, hash)) : null)),
  };
}

async function sweepParts(folder: string): Promise<void> {
  const names = await readdir(folder);
  await Promise.all(names.filter((name) => name.endsWith(partSuffix)).map((name) => rm(join(folder, name))));
}

/**
 * The same bytes put again are written again, under the same name: an early answer because "it is there" could
 * be given while the other writer's fsync is still to come.
 */
async function keep(path: string, part: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeWhole(path, part, bytes);
  } catch (error) {
    throw cannotSave(error);
  }
}

async function load(path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
