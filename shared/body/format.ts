import * as Y from "yjs";
import type { BlockId, ContainerId } from "../base/ids.ts";
import type { Attrs, Block, Body, Container, Inline, Marks, Value } from "./blocks.ts";
import { Births, readStanding, type Born, type Standing } from "./births.ts";
import { compareMarkers, placed, readPieces, type Marker, type Piece } from "./segments.ts";
import { schemaVersion } from "./schema.ts";
import { writeTable } from "./table.ts";

/*
 * How a body is stored in a Y.Doc (docs/format.md says it for other programs):
 *
 *   body: Y.Text        M₁ characters… M₂ characters… M₃ …
 *   containers: Y.Map   id → Y.Map {kind, in?, …attributes}
 *   meta: Y.Map         schema: the version of the format
 *
 * M is a block's marker: an embedded Y.Map {type, id, in?, …attributes}. The block's text follows it, with
 * marks as format keys and atoms as embedded objects, up to the next marker. To split is to insert a marker, to
 * join is to delete one, everything else sets keys: no structural edit ever re-creates text, so two people can
 * do any two of them to one paragraph at once and every word stays.
 */

export type ContainerMap = Y.Map<Y.Map<Value>>;

export const bodyText = (doc: Y.Doc): Y.Text => doc.getText("body");
export const containerMap = (doc: Y.Doc): ContainerMap => doc.getMap("containers");

/** The body as it stands. Reading never writes, and accepts whatever is there. */
export function readBody(doc: Y.Doc): Body {
  const pieces = readPieces(bodyText(doc));
  const births = new Births<Marker>(compareMarkers);
  births.update(new Map(pieces.flatMap(entryOf)));
  const blocks = pieces.flatMap((piece) =>
    (piece.marker ? placed(piece, births.at(piece.marker) ?? null) : piece).segments.map(
      ({ block }) => block,
    ),
  );
  return { blocks, containers: readContainers(containerMap(doc)) };
}

/** What births are to know of a piece; nothing of the head. */
export function entryOf({ marker, segments, standing }: Piece) {
  return marker ? [[marker, { id: segments[0]!.block.id as string, standing }] as const] : [];
}

/** Writes a body behind whatever the page holds, in one transaction: for pages made by the server. */
export function writeBody(doc: Y.Doc, body: Body): void {
  doc.transact(() => {
    raiseSchema(doc);
    const containers = containerMap(doc);
    for (const container of body.containers.values()) containers.set(container.id, toContainer(container));
    const text = bodyText(doc);
    // As one delta: written run by run, each would be looked for from the text's start.
    text.applyDelta([{ retain: text.length }, ...body.blocks.flatMap(blockDelta)]);
  });
}

function blockDelta(block: Block): { insert: unknown; attributes?: Marks }[] {
  const runs = block.content.map((run) => ({
    insert: "text" in run ? run.text : run.atom,
    attributes: run.marks ?? {},
  }));
  return block.id === null ? runs : [{ insert: toMarker(block, block.id) }, ...runs];
}

/** Says in the page that it may hold what this version writes. To be called with every edit; writes once at most. */
export function raiseSchema(doc: Y.Doc): void {
  const meta = doc.getMap("meta");
  const now = meta.get("schema");
  if (typeof now !== "number" || now < schemaVersion) meta.set("schema", schemaVersion);
}

/** Puts a run into the text with exactly these format keys named; a key that is not named is taken away. */
export function insertInline(text: Y.Text, at: number, run: Inline, formats?: Attrs): void {
  if ("text" in run) text.insert(at, run.text, formats);
  else text.insertEmbed(at, run.atom, formats ?? {});
}

/** A new marker, not yet in any text; one that is born of another says nothing of where it stands itself. */
export function toMarker(
  block: Pick<Block, "type" | "attrs" | "in" | "table">,
  id: BlockId,
  born?: Born | null,
): Marker {
  const marker: Marker = new Y.Map();
  setAttrs(marker, block.attrs, ownOfMarkers);
  marker.set("type", block.type);
  marker.set("id", id);
  stand(marker, block.in, born);
  if (block.table) writeTable(marker, block.table);
  return marker;
}

/** A new container's record, not yet in any map. */
export function toContainer(container: Container, born?: Born | null): Y.Map<Value> {
  const map = new Y.Map<Value>();
  setAttrs(map, container.attrs, ownOfContainers);
  map.set("kind", container.kind);
  stand(map, container.in, born);
  return map;
}

/** What a marker, and a container's record, say of themselves: whatever attributes are called, they never say it. */
const ownOfMarkers: readonly string[] = ["type", "id", "in", "born"];
const ownOfContainers: readonly string[] = ["kind", "in", "born"];

function setAttrs(map: Y.Map<Value>, attrs: Attrs, own: readonly string[]): void {
  for (const [name, value] of Object.entries(attrs)) if (!own.includes(name)) map.set(name, value);
}

function stand(map: Y.Map<Value>, container: ContainerId | null, born?: Born | null): void {
  if (born) map.set("born", born);
  else if (container !== null) map.set("in", container);
}

function readContainers(map: ContainerMap): Map<ContainerId, Container> {
  const read = new Map(
    [...map.entries()].map(([id, each]) => [id as ContainerId, readContainer(each, id as ContainerId)]),
  );
  const births = new Births<ContainerId>(() => 0);
  births.update(new Map([...read].map(([id, found]) => [id, found && { id, standing: found.standing }])));
  const containers = new Map<ContainerId, Container>();
  for (const [id, found] of read)
    if (found) containers.set(id, { ...found.container, in: births.at(id) ?? null });
  return containers;
}

/** A container's record as values, or null where it is not one. `in` is as it says, or where it was born. */
export function readContainer(
  map: unknown,
  id: ContainerId,
): { container: Container; standing: Standing } | null {
  if (!(map instanceof Y.Map)) return null;
  const { kind, in: outer, born, ...attrs } = map.toJSON() as { [key: string]: Value };
  if (typeof kind !== "string") return null;
  const standing = readStanding(outer, born);
  return {
    container: { id, kind, attrs, in: "in" in standing ? standing.in : standing.born.in },
    standing,
  };
}
