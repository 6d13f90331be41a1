import { makeId, type AssetId, type Chance, type PageId } from "../../shared/base/ids.ts";
import type { TreeNode } from "../../shared/records/state.ts";
import { openArchive } from "./archive.ts";
import { hashOf } from "./assets.ts";
import { updateOf } from "./bodies.ts";
import { bodyFromMarkdown } from "./first-body.ts";
import { readProject, type Project, type ProjectNode } from "./project.ts";
import type { Upload } from "./upload.ts";

/** A page or group to be, and a page's text as the update that makes an empty page hold it; null for a group. */
export type PreparedNode = TreeNode & { update: Uint8Array | null };

/** What an upload amounts to, ready to be kept: all ids made, all texts written. */
export type Prepared = {
  title: string;
  nodes: readonly PreparedNode[];
  assets: readonly (Project["assets"][number] & { id: AssetId; hash: string })[];
};

export function prepareImport(upload: Upload, chance: Chance): Prepared {
  const project = readProject("zip" in upload ? openArchive(upload.zip) : upload.files);
  const ids = project.nodes.map(() => makeId<PageId>(chance));
  const nodes = project.nodes.map((node, nth) => {
    const parent = node.parentIndex === null ? null : (ids[node.parentIndex] ?? null);
    return prepareNode(node, ids[nth] ?? makeId<PageId>(chance), parent, chance);
  });
  const assets = project.assets.map((asset) => {
    return { ...asset, id: makeId<AssetId>(chance), hash: hashOf(asset.bytes) };
  });
  return { title: project.title, nodes, assets };
}

function prepareNode(node: ProjectNode, id: PageId, parent: PageId | null, chance: Chance): PreparedNode {
  const { title } = node;
  if (node.kind === "group") return { id, kind: "group", title, path: "", parent, update: null };
  const update = updateOf(bodyFromMarkdown(node.markdown, chance));
  return { id, kind: "page", title, path: node.path, parent, update };
}
