import type { AssetId, PageId, SurveyId } from "../../shared/base/ids.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";
import type { SurveyState, TreeNode } from "../../shared/records/state.ts";
import { outward } from "./addresses.ts";
import { packArchive } from "./archive.ts";
import { bodyOf } from "./bodies.ts";
import { fileName } from "./page-paths.ts";
import { writeProject } from "./project.ts";
import type { Tools } from "./tools.ts";

/** The survey as a zip of a MkDocs project: what everyone in its rooms sees now. */
export async function exportSurvey(
  { records, bodies, assets, run }: Tools,
  survey: SurveyId,
): Promise<{ name: string; zip: Uint8Array }> {
  const zip = await run("writeArchive", async () =>
    contentOf(await records.state(survey), { bodies, assets }),
  );
  return { name: fileName((await records.state(survey)).title), zip };
}

/** Everything at once in memory: only for a job whose turn it is. */
async function contentOf(
  { title, tree, assets: known }: SurveyState,
  { bodies, assets }: Pick<Tools, "bodies" | "assets">,
): Promise<Content> {
  const content: Content = { title, tree: [...tree], states: new Map(), assets: [] };
  const files = [...known.values()]; // What is added from here on is in the next archive.
  for (const { id, kind } of content.tree) if (kind === "page") content.states.set(id, await bodies.read(id));
  for (const { id, path, hash } of files) {
    const bytes = await assets.get(hash);
    if (bytes) content.assets.push({ id, path, bytes });
  }
  return content;
}

/** All that goes into a survey's archive. */
export type Content = {
  title: string;
  tree: readonly TreeNode[];
  states: Map<PageId, Uint8Array>;
  assets: { id: AssetId; path: string; bytes: Uint8Array }[];
};

export function writeArchive({ title, tree, states, assets }: Content): Uint8Array {
  const markdown = new Map<PageId, string>();
  const toOutside = outward(tree, assets);
  for (const { id } of tree) {
    const state = states.get(id);
    if (state) markdown.set(id, writeMarkdown(toOutside(bodyOf(state), id), { flavour: "mkdocs" }));
  }
  return packArchive(writeProject({ title, tree, markdown, assets }));
}
