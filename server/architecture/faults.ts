import { posix } from "node:path";
import { readFile, type File, type Import } from "./imports.ts";

/*
 * Judges a tree of sources against a table of who may import whom. Pure: texts in, sentences out. The table is in
 * architecture.test.ts, and only that test imports this.
 */

/** Sources by their path from the project's root: `shared/base/ids.ts`. */
export type Sources = ReadonlyMap<string, string>;

export type House = {
  /**
   * The rooms, and what each may import besides itself. A room is a folder (without the folders in it, which are
   * rooms of their own) or a single file; what it may import are rooms, and single files of other rooms.
   */
  rooms: { readonly [room: string]: readonly string[] };
  /** The packages, and the folders, files and endings (`*.test.ts`) for which each is; `node` is all of Node's own. */
  packages: { readonly [name: string]: readonly string[] };
  /** Implementations of an interface, each with the one file that may choose it. Tests may, too. */
  chosen: { readonly [file: string]: string };
  /** Who may read the environment. */
  environment: readonly string[];
};

/** What is wrong, a sentence each; empty for a house in order. */
export function faults(house: House, sources: Sources): string[] {
  const files = [...sources].map(([path, text]) => readFile(path, text));
  return [...files.flatMap((file) => faultsOf(house, file, sources)), ...cycles(files)];
}

/** Names that do not say what a file or folder owns. */
const emptyNames =
  /(^|\/)((index|common|types|constants|misc)|(.*-)?(utils?|helpers?|manager|service|handler)s?)(\.|\/|$)/;

function faultsOf(
  house: House,
  { path, imports, readsEnvironment, error }: File,
  sources: Sources,
): string[] {
  if (error !== null) return [`${path} cannot be read: ${error}`];
  const room = roomOf(house, path);
  if (room === null) return [`${path} stands in ${posix.dirname(path)}, which is not in the table`];
  const found = imports.flatMap((each) =>
    each.own ? ownImportFaults(house, { path, room }, each, sources) : packageFaults(house, path, each),
  );
  if (emptyNames.test(path)) found.push(`${path} has a name that does not say what it owns`);
  if (readsEnvironment && !isWithin(path, house.environment))
    found.push(`${path} reads the environment: that is for ${house.environment.join(", ")}`);
  return found;
}

function ownImportFaults(
  house: House,
  from: { path: string; room: string },
  { to, written, kind }: Import,
  sources: Sources,
): string[] {
  const says = `${from.path} imports ${to}`;
  if (!/\.\w+$/.test(written) || written.endsWith(".js")) return [`${says}, not by its file's name`];
  if (isSource(to) && !sources.has(to)) return [`${says}, which does not exist`];
  if (kind === "re-export") return [`${from.path} passes on what ${to} owns: import it from there`];
  const builder = house.chosen[to];
  if (builder !== undefined && ![builder, to].includes(from.path) && !isTest(from.path) && kind !== "type")
    return [`${says}: only ${builder} chooses it`];
  return mayImport(house, from, to) ? [] : [`${says}: ${from.room} may not`];
}

function mayImport(house: House, { path, room }: { path: string; room: string }, to: string): boolean {
  if (to === "package.json") return true;
  const itsRoom = roomOf(house, to);
  if (itsRoom === room) return true;
  const allowed = house.rooms[room] ?? [];
  if (allowed.includes(to) || (itsRoom !== null && allowed.includes(itsRoom))) return true;
  return isTest(path) && maySide(house, sideOf(path), sideOf(to));
}

/** Whether anything on one side may import anything of the other: a test may use whatever its side may. */
function maySide(house: House, side: string, other: string): boolean {
  const rooms = Object.entries(house.rooms).filter(([room]) => sideOf(room) === side);
  return side === other || rooms.some(([, allowed]) => allowed.some((each) => sideOf(each) === other));
}

function packageFaults(house: House, path: string, { to }: Import): string[] {
  const places = house.packages[to];
  if (!places) return [`${path} imports the package ${to}, which is not in the table`];
  return isWithin(path, places) ? [] : [`${path} imports ${to}: that is for ${places.join(", ")}`];
}

/** The room that a file is, or else its folder's; null where the table has neither. */
function roomOf(house: House, path: string): string | null {
  return [path, posix.dirname(path)].find((room) => Object.hasOwn(house.rooms, room)) ?? null;
}

function sideOf(path: string): string {
  return path.split("/", 1)[0] ?? path;
}

function isWithin(path: string, places: readonly string[]): boolean {
  return places.some((place) =>
    place.startsWith("*") ? path.endsWith(place.slice(1)) : path === place || path.startsWith(`${place}/`),
  );
}

function isTest(path: string): boolean {
  return /\.(test|stage)\.tsx?$/.test(path);
}

function isSource(path: string): boolean {
  return /\.(tsx?|mjs)$/.test(path);
}

/** The cycles among imports that are there while the program loads. */
function cycles(files: readonly File[]): string[] {
  const next = new Map(files.map((file) => [file.path, file.imports.filter(isLoaded).map(({ to }) => to)]));
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`these import each other: ${[...trail.slice(start), path].join(" → ")}`);
    if (start >= 0 || done.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}

function isLoaded({ own, kind }: Import): boolean {
  return own && (kind === "value" || kind === "re-export");
}
