import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as Y from "yjs";
import { z } from "zod/mini";
import { chanceOf } from "../../shared/base/chance.ts";
import type { BlockId } from "../../shared/base/ids.ts";
import { bodyText, writeBody } from "../../shared/body/format.ts";
import type { Page } from "./page.ts";

/*
 * A text as somebody really wrote it, key by key: what is deleted and moved about makes a page larger and slower than
 * its words. Recordings are not part of the project; without one, a page is made up.
 */

/** At this place, so many characters are deleted and these inserted. */
const patch = z.tuple([z.number(), z.number(), z.string()]);
const recording = z.object({ txns: z.array(z.object({ patches: z.array(patch) })) });
type Patch = z.infer<typeof patch>;

/** What was written, and where it comes from. */
export type Trace = { readonly name: string; readonly patches: readonly Patch[] };

/** The recording of a paper's writing, if it lies in this folder, or else one that is made up. */
export async function loadTrace(folder: string | null): Promise<Trace> {
  const name = "automerge-paper.json.gz";
  const packed = folder === null ? null : await readFile(join(folder, name)).catch(() => null);
  if (!packed) return { name: "a made-up recording", patches: madeUp(260_000) };
  const { txns } = recording.parse(JSON.parse(gunzipSync(packed).toString()));
  return { name: `the recording ${name}`, patches: txns.flatMap(({ patches }) => patches) };
}

/** Writing that goes on, jumps, and takes back every third character, as people do. */
function madeUp(keys: number): Patch[] {
  const chance = chanceOf(1);
  const patches: Patch[] = [];
  let length = 0;
  let at = 0;
  for (let key = 0; key < keys; key += 1) {
    if (chance() < 0.02) at = Math.floor(chance() * (length + 1));
    const isBack = at > 0 && chance() < 0.3;
    patches.push(isBack ? [at - 1, 1, ""] : [at, 0, "etaoin shrdlu "[Math.floor(chance() * 14)]!]);
    at += isBack ? -1 : 1;
    length += isBack ? -1 : 1;
  }
  return patches;
}

/** Keys that are sent with one message. */
const atOnce = 1_000;

/** The page that comes of it: one block, which may hold lines. */
export function pageOf(trace: Trace): Page {
  const doc = new Y.Doc();
  doc.clientID = 0x7000_0000;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const block = { id: "paper" as BlockId, type: "code", attrs: {}, in: null, content: [] };
  writeBody(doc, { blocks: [block], containers: new Map() });
  const text = bodyText(doc);
  for (let from = 0; from < trace.patches.length; from += atOnce)
    doc.transact(() => {
      for (const [at, deleted, inserted] of trace.patches.slice(from, from + atOnce)) {
        // The block's marker stands before its text.
        if (deleted > 0) text.delete(at + 1, deleted);
        if (inserted !== "") text.insert(at + 1, inserted);
      }
    });
  const { item } = Y.createRelativePositionFromTypeIndex(text, text.length, -1);
  const page = { updates, places: item ? [{ after: item, before: null }] : [] };
  doc.destroy();
  return page;
}
