import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";

/** The small MkDocs project beside this file, zipped as a forge does it: under one folder with the project's name. */
export function zippedSite(): Buffer {
  const folder = join(import.meta.dirname, "site");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const entries = files.map((file) => {
    const path = join(file.parentPath, file.name);
    return [
      `ferry-and-bus/${path.slice(folder.length + 1).replaceAll("\\", "/")}`,
      readFileSync(path),
    ] as const;
  });
  return Buffer.from(zipSync(Object.fromEntries(entries)));
}
