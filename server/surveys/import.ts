import { makeId, type SurveyId } from "../../shared/base/ids.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { Person } from "../storage/storage.ts";
import type { Prepared, PreparedNode } from "./prepare.ts";
import type { Tools } from "./tools.ts";
import type { Upload } from "./upload.ts";

/** Texts written at once: each opens a room for as long as it takes. */
const writtenAtOnce = 32;

/**
 * A new survey of what was uploaded, with its maker as the owner. Files and texts are kept first, and named by one
 * batch of records at the end: until then the survey does not exist, and after a failure it never did.
 */
export async function importSurvey(
  tools: Tools,
  by: Person,
  upload: Upload,
  title?: string,
): Promise<SurveyId> {
  const prepared = await tools.run("prepareImport", () => upload);
  for (const { hash, bytes } of prepared.assets) await tools.assets.put(hash, bytes);
  await writeTexts(tools, by, prepared.nodes);
  const survey = makeId<SurveyId>(tools.chance);
  await tools.records.say(survey, by.id, () => recordsOf(prepared, by, title ?? prepared.title));
  return survey;
}

async function writeTexts({ bodies }: Tools, by: Person, nodes: readonly PreparedNode[]): Promise<void> {
  for (let start = 0; start < nodes.length; start += writtenAtOnce) {
    const some = nodes.slice(start, start + writtenAtOnce);
    await Promise.all(some.map(({ id, update }) => update && bodies.write(id, update, by.id)));
  }
}

function recordsOf({ nodes, assets }: Prepared, by: Person, title: string): Ask[] {
  return [
    { type: "survey.created", title },
    { type: "member.joined", member: by.id, name: by.name, role: "owner" },
    ...assets.map(({ id, path, hash, mediaType, bytes }): Ask => {
      return { type: "asset.added", asset: id, path, hash, mediaType, bytes: bytes.length };
    }),
    ...nodes.map(({ id, update, title: named, path, parent }): Ask => {
      if (update) return { type: "page.added", page: id, title: named, path, parent };
      return { type: "group.added", page: id, title: named, parent };
    }),
  ];
}
