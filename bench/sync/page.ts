import * as Y from "yjs";
import { chanceOf } from "../../shared/base/chance.ts";
import type { BlockId } from "../../shared/base/ids.ts";
import type { Block } from "../../shared/body/blocks.ts";
import { bodyText, writeBody } from "../../shared/body/format.ts";

type Id = { readonly client: number; readonly clock: number };

/** Where somebody types: behind this character and before that one. */
export type Place = { readonly after: Id; readonly before: Id | null };

export type Page = {
  /** The page as its writer sent it, in messages that every server takes. */
  readonly updates: readonly Uint8Array[];
  readonly places: readonly Place[];
};

/** Characters that are written with one update. */
const atOnce = 200_000;

/** A page of paragraphs of this many characters, in Plenum's format, and the end of each of them. */
export function makePage(paragraphs: number, characters: number, seed: number): Page {
  const doc = new Y.Doc();
  doc.clientID = 0x7000_0000 + seed;
  const chance = chanceOf(seed);
  const blocks = Array.from({ length: paragraphs }, (_, at) => paragraph(at, words(characters, chance)));
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const step = Math.max(1, Math.floor(atOnce / (characters + 40)));
  for (let from = 0; from < paragraphs; from += step)
    writeBody(doc, { blocks: blocks.slice(from, from + step), containers: new Map() });
  const page = { updates, places: endsIn(doc, characters) };
  doc.destroy();
  return page;
}

function paragraph(at: number, text: string): Block {
  return { id: `p${at}` as BlockId, type: "paragraph", attrs: {}, in: null, content: [{ text }] };
}

const letters = "etaoinshrdlucmfw";

function words(characters: number, chance: () => number): string {
  const letter = () => (chance() < 0.18 ? " " : letters[Math.floor(chance() * letters.length)]!);
  return Array.from({ length: characters }, letter).join("");
}

function endsIn(doc: Y.Doc, characters: number): Place[] {
  const text = bodyText(doc);
  const places: Place[] = [];
  for (let end = characters + 1; end <= text.length; end += characters + 1) {
    const after = Y.createRelativePositionFromTypeIndex(text, end, -1).item;
    const before = end < text.length ? Y.createRelativePositionFromTypeIndex(text, end, 0).item : null;
    if (after) places.push({ after, before });
  }
  return places;
}
