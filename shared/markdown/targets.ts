import type { Atom, Attrs, Block, Body, Inline, Marks, Table } from "../body/blocks.ts";

/*
 * Where links and images of a body lead. Inside Plenum they name pages and files by id (`page:<id>#anchor`,
 * `asset:<id>#fragment`), so that they follow renames and moves; in a project's files they are paths relative to
 * the page's own. What is in raw blocks and raw atoms is source, which is left as it is both ways.
 */

/** Another address for this one, or null to leave it as it is. */
export type MapTarget = (address: string) => string | null;

/**
 * The body with the address of every link and image mapped, in texts, titles, captions and cells, and those of
 * figures; what stays as it is, is the same value.
 */
export function mapTargets(body: Body, map: MapTarget): Body {
  return { ...body, blocks: body.blocks.map((block) => mapBlock(block, map)) };
}

/** From a project's files to ids: relative paths, seen from a page at `from`, become what `idAt` knows there. */
export function toIds(
  from: string,
  idAt: { page: (path: string) => string | undefined; asset: (path: string) => string | undefined },
): MapTarget {
  return (address) => {
    const { path, rest } = divide(address);
    if (path === "" || path.startsWith("/") || /^[^/?#]*:/.test(path)) return null;
    const found = resolve(from, decoded(path));
    if (found === null) return null;
    const [page, asset] = [idAt.page(found), idAt.asset(found)];
    if (page !== undefined) return `page:${page}${rest}`;
    return asset === undefined ? null : `asset:${asset}${rest}`;
  };
}

/** From ids to a project's files: what `pathOf` knows becomes a path relative to a page at `from`. */
export function toPaths(
  from: string,
  pathOf: { page: (id: string) => string | undefined; asset: (id: string) => string | undefined },
): MapTarget {
  return (address) => {
    const { path, rest } = divide(address);
    const [, kind, id] = /^(page|asset):(.+)$/.exec(path) ?? [];
    if (!id) return null;
    const found = kind === "page" ? pathOf.page(id) : pathOf.asset(id);
    return found === undefined ? null : encoded(relative(from, found)) + rest;
  };
}

function mapBlock(block: Block, map: MapTarget): Block {
  const content = mapEach(block.content, (run) => mapRun(run, map));
  const attrs = block.type === "figure" ? mapFigure(block.attrs, map) : block.attrs;
  const table = block.table && mapTable(block.table, map);
  if (content === block.content && attrs === block.attrs && table === block.table) return block;
  return { ...block, content, attrs, ...(table ? { table } : {}) };
}

function mapFigure(attrs: Attrs, map: MapTarget): Attrs {
  const { src, dark } = attrs;
  const [light, other] = [src, dark].map((each) => (typeof each === "string" ? map(each) : null));
  if (!light && !other) return attrs;
  return { ...attrs, ...(light ? { src: light } : {}), ...(other ? { dark: other } : {}) };
}

function mapTable(table: Table, map: MapTarget): Table {
  const rows = mapEach(table.rows, (row) => {
    const cells = mapEach(row.cells, (cell) => mapEach(cell, (run) => mapRun(run, map)));
    return cells === row.cells ? row : { ...row, cells };
  });
  return rows === table.rows ? table : { ...table, rows };
}

/** Each mapped; the same list where each stays the same. */
function mapEach<T>(all: readonly T[], map: (each: T) => T): readonly T[] {
  const mapped = all.map(map);
  return mapped.every((each, at) => each === all[at]) ? all : mapped;
}

function mapRun(run: Inline, map: MapTarget): Inline {
  const marks = mapMarks(run.marks, map);
  if ("text" in run) return marks === run.marks ? run : { text: run.text, ...(marks ? { marks } : {}) };
  const atom = mapAtom(run.atom, map);
  return marks === run.marks && atom === run.atom ? run : { atom, ...(marks ? { marks } : {}) };
}

function mapMarks(marks: Marks | undefined, map: MapTarget): Marks | undefined {
  const link = marks?.["link"];
  if (typeof link !== "object" || link === null || !("href" in link)) return marks;
  const href = typeof link.href === "string" ? map(link.href) : null;
  return href === null ? marks : { ...marks, link: { ...link, href } };
}

function mapAtom(atom: Atom, map: MapTarget): Atom {
  const { src } = atom;
  const mapped = atom.type === "image" && typeof src === "string" ? map(src) : null;
  return mapped === null ? atom : { ...atom, src: mapped };
}

/** An address's path, and its query and anchor with their marks. */
function divide(address: string): { path: string; rest: string } {
  const at = address.search(/[?#]/);
  return at < 0 ? { path: address, rest: "" } : { path: address.slice(0, at), rest: address.slice(at) };
}

/** Where a relative path leads from the folder of `from`; null outside of everything. */
function resolve(from: string, path: string): string | null {
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function relative(from: string, to: string): string {
  const folders = from.split("/").slice(0, -1);
  const target = to.split("/");
  let shared = 0;
  while (shared < folders.length && shared < target.length - 1 && folders[shared] === target[shared])
    shared += 1;
  return [...folders.slice(shared).map(() => ".."), ...target.slice(shared)].join("/");
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What would end the path or be decoded into something else. */
function encoded(path: string): string {
  return path.replaceAll(/[%?#]/g, (each) => encodeURIComponent(each)).replace(/^(?=[^/]*:)/, "./");
}
