import type { AssetId, PageId } from "../../shared/base/ids.ts";
import type { Body } from "../../shared/body/blocks.ts";
import { mapTargets, toIds, toPaths } from "../../shared/markdown/targets.ts";
import type { TreeNode } from "../../shared/records/state.ts";
import { pagePaths } from "./project.ts";

type Pages = Iterable<Pick<TreeNode, "id" | "kind" | "path">>;
type Files = Iterable<{ id: AssetId; path: string }>;

/*
 * Where links and pictures of a survey's pages lead: inside by id, so that they follow renames, outside by path.
 */

/** Gives what was read from files the ids of the pages and files that its links and pictures name. */
export function inward(pages: Pages, files: Files): (body: Body, path: string) => Body {
  const pageAt = new Map<string, PageId>();
  for (const { id, kind, path } of pages) if (kind === "page") pageAt.set(path, id);
  const fileAt = new Map([...files].map(({ id, path }) => [path, id]));
  const idAt = { page: (at: string) => pageAt.get(at), asset: (at: string) => fileAt.get(at) };
  return (body, path) => mapTargets(body, toIds(path, idAt));
}

/**
 * Gives a page of what is to be written to files the paths, as seen from that page, of what its links and pictures
 * name. Where pages stand is `pagePaths` to say.
 */
export function outward(tree: readonly TreeNode[], files: Files): (body: Body, page: PageId) => Body {
  const pagePath = new Map<string, string>(pagePaths(tree));
  const filePath = new Map<string, string>([...files].map(({ id, path }) => [id, path]));
  const pathOf = { page: (id: string) => pagePath.get(id), asset: (id: string) => filePath.get(id) };
  return (body, page) => mapTargets(body, toPaths(pagePath.get(page) ?? "", pathOf));
}
