import { parseDocument, stringify } from "yaml";
import type { PageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { titleOf } from "../../shared/markdown/title.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { TreeNode } from "../../shared/records/state.ts";
import { imageType } from "./images.ts";
import { folderNav, listedNav, type NavEntry } from "./project-nav.ts";

/*
 * A MkDocs project as files, read into what a survey is made of, and written from it. Plain folders of Markdown,
 * and a single file, are projects without settings.
 */

export type ProjectNode =
  | { kind: "page"; path: string; title: string; markdown: string; parentIndex: number | null }
  | { kind: "group"; title: string; parentIndex: number | null };

export type Project = {
  title: string;
  /** In the tree's order; `parentIndex` is the place in this list of the node that it stands under. */
  nodes: ProjectNode[];
  /** All other files of the docs folder. */
  assets: { path: string; bytes: Uint8Array; mediaType: string }[];
};

/**
 * What a project holds. Every Markdown file of its docs folder is a page: those of the nav in its order, the others
 * after them. Titles are the nav's, else the page's own, else the file's name. Refused: no page (no-pages), files
 * or pages beyond the limits (too-large), settings that are no YAML (bad-request).
 */
export function readProject(files: ReadonlyMap<string, Uint8Array>): Project {
  const settings = readSettings(files);
  const docs = filesUnder(files, settings.docs);
  const pages = new Map<string, string>();
  const assets: Project["assets"] = [];
  for (const [path, bytes] of docs) {
    if (isPage(path)) pages.set(path, readText(path, bytes));
    else assets.push(readAsset(path, bytes));
  }
  if (pages.size === 0) throw new Refused("no-pages");
  const nodes: ProjectNode[] = [];
  addNodes(nodes, navOf(settings.nav, [...pages.keys()]), null, pages);
  if (nodes.length > limits.pagesPerSurvey)
    throw new Refused("too-large", `a survey has at most ${limits.pagesPerSurvey} pages`);
  const first = nodes.find((node) => node.kind === "page");
  return { title: asTitle(settings.title) ?? first?.title ?? "Survey", nodes, assets };
}

/** What a survey holds, to be written as a project. */
export type SurveyContent = {
  title: string;
  tree: readonly TreeNode[];
  /** Each page's Markdown, with relative paths as `pagePaths` has them. */
  markdown: ReadonlyMap<PageId, string>;
  assets: readonly { path: string; bytes: Uint8Array }[];
};

/** The survey as a MkDocs Material project: settings, pages and files. The same content gives the same files. */
export function writeProject({ title, tree, markdown, assets }: SurveyContent): Map<string, Uint8Array> {
  const paths = pagePaths(tree);
  const files = new Map<string, Uint8Array>();
  const settings = {
    site_name: title,
    theme: { name: "material" },
    markdown_extensions: [
      "admonition",
      "footnotes",
      "pymdownx.details",
      "pymdownx.superfences",
      { "pymdownx.tabbed": { alternate_style: true } },
    ],
    nav: navEntries(tree, null, (node) => navEntry(node, paths, markdown)),
  };
  files.set("mkdocs.yml", encode(stringify(settings, { lineWidth: 0 })));
  for (const [id, path] of paths) files.set(`docs/${path}`, encode(markdown.get(id) ?? ""));
  for (const { path, bytes } of assets) files.set(freePath(`docs/${plainPath(path)}`, files), bytes);
  return files;
}

/**
 * Where each page stands in the exported docs folder: its own path, unless that leads out of the folder or is
 * another page's already.
 */
export function pagePaths(tree: readonly TreeNode[]): Map<PageId, string> {
  const paths = new Map<PageId, string>();
  const taken = new Map<string, unknown>();
  for (const node of tree) {
    if (node.kind !== "page") continue;
    const plain = plainPath(node.path) || node.id;
    const path = freePath(isPage(plain) ? plain : `${plain}.md`, taken);
    taken.set(path, node);
    paths.set(node.id, path);
  }
  return paths;
}

type Settings = { title: unknown; nav: unknown; docs: string };

function readSettings(files: ReadonlyMap<string, Uint8Array>): Settings {
  const path = [...files.keys()]
    .filter((each) => /(?:^|\/)mkdocs\.ya?ml$/.test(each))
    .sort((a, b) => a.split("/").length - b.split("/").length)[0];
  if (path === undefined) return { title: undefined, nav: undefined, docs: "" };
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const settings = parseYaml(path, readText(path, files.get(path) ?? new Uint8Array()));
  const docs = typeof settings["docs_dir"] === "string" ? plainPath(settings["docs_dir"]) : "docs";
  return { title: settings["site_name"], nav: settings["nav"], docs: folder + (docs && `${docs}/`) };
}

/** Settings of any kind: tags such as `!ENV` and `!!python/name:` are passed over, their values stay. */
function parseYaml(path: string, text: string): { [key: string]: unknown } {
  try {
    const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
    const [error] = document.errors;
    if (error) throw error;
    const settings: unknown = document.toJS();
    return typeof settings === "object" && settings !== null ? { ...settings } : {};
  } catch (error) {
    // The parser's own errors say the line; a stack that overflows, or aliases of aliases, are no settings either.
    throw new Refused("bad-request", `${path}: ${error instanceof Error ? error.message : "not YAML"}`);
  }
}

/** The files of a folder, by their paths in it, without hidden ones and settings, in order. */
function filesUnder(files: ReadonlyMap<string, Uint8Array>, folder: string): [string, Uint8Array][] {
  return [...files]
    .filter(([path]) => path.startsWith(folder) && !/(?:^|\/)\.|(?:^|\/)mkdocs\.ya?ml$/.test(path))
    .map(([path, bytes]): [string, Uint8Array] => [path.slice(folder.length), bytes])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function isPage(path: string): boolean {
  return /\.(?:md|markdown)$/i.test(path);
}

/** UTF-8, or, where it is not, one character for each byte: nothing is lost. */
function readText(path: string, bytes: Uint8Array): string {
  if (bytes.length > limits.markdownBytes)
    throw new Refused("too-large", `${path} has more than ${limits.markdownBytes} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function readAsset(path: string, bytes: Uint8Array): Project["assets"][number] {
  if (bytes.length > limits.assetBytes)
    throw new Refused("too-large", `${path} has more than ${limits.assetBytes} bytes`);
  return { path, bytes, mediaType: imageType(bytes) ?? "application/octet-stream" };
}

function navOf(nav: unknown, paths: readonly string[]): NavEntry[] {
  return nav === undefined || nav === null ? folderNav(paths) : listedNav(nav, paths);
}

function addNodes(
  into: ProjectNode[],
  entries: readonly NavEntry[],
  parentIndex: number | null,
  pages: ReadonlyMap<string, string>,
): void {
  for (const entry of entries) {
    if ("children" in entry) {
      into.push({ kind: "group", title: asTitle(entry.title) ?? "…", parentIndex });
      addNodes(into, entry.children, into.length - 1, pages);
      continue;
    }
    const { path } = entry;
    const markdown = pages.get(path) ?? "";
    const title = asTitle(entry.title) ?? asTitle(titleOf(markdown)) ?? fileTitle(path);
    into.push({ kind: "page", path, title, markdown, parentIndex });
  }
}

function asTitle(value: unknown): string | null {
  const text = typeof value === "string" || typeof value === "number" ? `${value}`.trim() : "";
  return text === "" ? null : text.slice(0, limits.titleLength).toWellFormed().trim();
}

/** `build_steps.md` is called "Build steps", and an index file what its folder is called. */
function fileTitle(path: string): string {
  const parts = path.split("/");
  const name = parts.at(-1)?.replace(/\.\w+$/, "") ?? "";
  const telling = /^(?:index|readme)$/i.test(name) ? (parts.at(-2) ?? "Home") : name;
  const words = telling.replaceAll(/[-_]+/g, " ").trim() || telling;
  return asTitle(words.charAt(0).toUpperCase() + words.slice(1)) ?? path;
}

function navEntries(
  tree: readonly TreeNode[],
  parent: PageId | null,
  own: (node: TreeNode) => unknown,
): unknown[] {
  return tree
    .filter((node) => node.parent === parent)
    .map((node) => {
      const below = navEntries(tree, node.id, own);
      if (node.kind === "group") return { [node.title]: below };
      return below.length === 0 ? own(node) : { [node.title]: [own(node), ...below] };
    });
}

/** Without a title where that is the page's own: so it goes on following the page's heading. */
function navEntry(
  node: TreeNode,
  paths: ReadonlyMap<PageId, string>,
  markdown: ReadonlyMap<PageId, string>,
): unknown {
  const path = paths.get(node.id) ?? "";
  return titleOf(markdown.get(node.id) ?? "") === node.title ? path : { [node.title]: path };
}

/** A path without what leads out of its folder. */
function plainPath(path: string): string {
  const parts = path.split(/[/\\]+/).filter((part) => !/^\.*$/.test(part));
  // oxlint-disable-next-line no-control-regex -- they are in no file's name
  return parts.map((part) => part.replaceAll(/[\u0000-\u001f:]/g, "_")).join("/");
}

/** The path, with a number where it is taken, whatever the case of its letters. */
function freePath(path: string, taken: ReadonlyMap<string, unknown>): string {
  const lower = new Set(Array.from(taken.keys(), (each) => each.toLowerCase()));
  const dot = path.includes(".", path.lastIndexOf("/")) ? path.lastIndexOf(".") : path.length;
  for (let nth = 1; ; nth += 1) {
    const free = nth === 1 ? path : `${path.slice(0, dot)}-${nth}${path.slice(dot)}`;
    if (!lower.has(free.toLowerCase())) return free;
  }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
