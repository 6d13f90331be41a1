import { must } from "../../shared/base/assert.ts";
import { makeId, type AssetId, type Chance, type PageId } from "../../shared/base/ids.ts";
import type { TreeNode } from "../../shared/records/state.ts";
import { hashOf } from "../storage/asset-hash.ts";
import { inward } from "./addresses.ts";
import { openArchive } from "./archive.ts";
import { updateOf } from "./bodies.ts";
import { bodyFromMarkdown } from "./first-body.ts";
import { readProject, type Project, type ProjectNode } from "./project.ts";
import type { Uploaded } from "./upload.ts";

/** A page or group to be, and a page's text as the update that makes an empty page hold it; null for a group. */
export type PreparedNode = TreeNode & { update: Uint8Array | null };

/** What an upload amounts to, ready to be kept: all ids made, all texts written. */
export type Prepared = {
  title: string;
  nodes: readonly PreparedNode[];
  assets: readonly (Project["assets"][number] & { id: AssetId; hash: string })[];
};

export function prepareImport(upload: Uploaded, chance: Chance): Prepared {
  const project = readProject("zip" in upload ? openArchive(upload.zip) : upload.files);
  const ids = project.nodes.map(() => makeId<PageId>(chance));
  const assets = project.assets.map((asset) => {
    return { ...asset, id: makeId<AssetId>(chance), hash: hashOf(asset.bytes) };
  });
  const nodes = project.nodes.map((node, nth): TreeNode => {
    const path = node.kind === "page" ? node.path : "";
    return { id: idAt(ids, nth), kind: node.kind, title: node.title, path, parent: parentOf(node, ids) };
  });
  const toInside = inward(nodes, assets);
  const texts = project.nodes.map((node) => {
    if (node.kind === "group") return null;
    return updateOf(toInside(bodyFromMarkdown(node.markdown, chance), node.path));
  });
  return {
    title: project.title,
    nodes: nodes.map((node, nth) => ({ ...node, update: texts[nth] ?? null })),
    assets,
  };
}

const idAt = (ids: readonly PageId[], nth: number): PageId => must(ids[nth], "every node has an id");

function parentOf({ parentIndex }: ProjectNode, ids: readonly PageId[]): PageId | null {
  return parentIndex === null ? null : idAt(ids, parentIndex);
}
