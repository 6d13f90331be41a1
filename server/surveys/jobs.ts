import type { Chance } from "../../shared/base/ids.ts";
import { placeIn, updateOf } from "./bodies.ts";
import { writePage, type PageContent } from "./export-page.ts";
import { writeArchive } from "./export-survey.ts";
import { bodyFromMarkdown } from "./first-body.ts";
import { prepareImport } from "./prepare.ts";
import { parseUpload, type Upload } from "./upload.ts";

const chance: Chance = (bytes) => crypto.getRandomValues(bytes);

/** The work that is too heavy to be done between two keystrokes: each is a function of plain values. */
export const jobs = {
  prepareImport: async (upload: Upload) => prepareImport(await parseUpload(upload), chance),
  writeArchive,
  readPage: (markdown: string) => updateOf(bodyFromMarkdown(markdown, chance)),
  writePage: (content: PageContent) => writePage(content, chance),
  placeIn: ({ state, quote }: { state: Uint8Array; quote: Parameters<typeof placeIn>[1] }) =>
    placeIn(state, quote),
};

export type Jobs = typeof jobs;
