import type { Chance } from "../../shared/base/ids.ts";
import { writeArchive } from "./export-survey.ts";
import { prepareImport } from "./prepare.ts";
import type { Upload } from "./upload.ts";

const chance: Chance = (bytes) => crypto.getRandomValues(bytes);

/** The work that is too heavy to be done between two keystrokes: each is a function of plain values. */
export const jobs = {
  prepareImport: (upload: Upload) => prepareImport(upload, chance),
  writeArchive,
};

export type Jobs = typeof jobs;
