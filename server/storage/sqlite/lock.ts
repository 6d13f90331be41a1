import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Takes the folder for this process, or throws if another opening has it. The lock is one of the operating
 * system's (through SQLite, on a small file of its own), so it ends with its process, however that ends.
 *
 * Nothing else in this process may open the file: on POSIX systems, closing any handle on it ends the lock.
 */
export function lockFolder(folder: string): { release: () => void } {
  const lock = new DatabaseSync(join(folder, "plenum.lock"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw isBusy(error) ? inUse(folder, error) : error;
  }
  return { release: () => lock.close() };
}

function inUse(folder: string, cause: unknown): Error {
  return new Error(
    `The data folder ${folder} is in use: another Plenum has it open. ` +
      "Stop that one first, or give this one a folder of its own (PLENUM_DATA).",
    { cause },
  );
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
