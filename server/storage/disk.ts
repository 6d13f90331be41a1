import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/*
 * Files and folders that survive a loss of power. A file's bytes and its name are two things on a disk: the
 * bytes are safe after an fsync of the file, the name after an fsync of the folder that it stands in.
 */

/** Makes the folder and what is missing above it; only the server's own user may look into what is new. */
export async function makeFolder(folder: string): Promise<void> {
  const whole = resolve(folder);
  const first = await mkdir(whole, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  const above = dirname(resolve(first));
  for (let parent = dirname(whole); parent.length >= above.length; parent = dirname(parent)) {
    await syncFolder(parent);
    if (parent === above) return;
  }
}

/** Puts a file with these bytes at `path`, whole or not at all: they are written to `part` first. */
export async function writeWhole(path: string, part: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeSynced(part, bytes);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The names in the folder are on disk. Windows opens no folders, and keeps names in its own journal. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const opened = await open(folder, "r");
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}
