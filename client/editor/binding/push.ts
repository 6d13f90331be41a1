import type { Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Born } from "../../../shared/body/births.ts";
import { raiseSchema } from "../../../shared/body/format.ts";
import type { Marker } from "../../../shared/body/segments.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import type { Change } from "./changes.ts";
import { editsOf, type Edit } from "./edits.ts";
import {
  changeContainers,
  containersIn,
  createContainers,
  creating,
  type Containers,
  type Standing,
} from "./push-containers.ts";
import { prepareTable } from "./table-push.ts";
import { flatAt } from "./tokens.ts";
import { isTableChange, markerAt, Writer } from "./writer.ts";

/** Which new ids of blocks and containers were made by splitting which: by the new id. */
export type Origins = ReadonlyMap<string, string>;

/**
 * Writes the change that made `after` of `before` into the page, which `before` shows: only what differs, and no
 * character again that a step left alone.
 */
export function push(
  doc: Y.Doc,
  index: SegmentIndex,
  change: Change,
  before: Node,
  after: Node,
  { origins, as }: { origins: Origins; as: object },
): void {
  const edits = editsOf(before, after, change);
  const stood = containersIn(before, change.oldFrom, change.oldTo);
  const stand = containersIn(after, change.newFrom, change.newTo);
  const created = createContainers(doc, stand, (container) =>
    bornContainer(container, stand, index, origins),
  );
  prepareTables(doc, index, before, edits);
  doc.transact(() => {
    raiseSchema(doc);
    const changed = [...stand.values()].filter((container) => !created.has(container.id));
    changeContainers(doc, index, stood, changed, created);
    settle(edits, index);
    new Writer(doc, index, flatAt(before, startOf(edits, change)), { origins, spans: change.spans }).write(
      edits,
    );
  }, as);
}

/** Where the edits begin in the old view: at its table's marker for a change that begins within a table. */
function startOf([first]: readonly Edit[], { oldFrom }: Change): number {
  return first && first.do !== "insert" ? Math.min(first.old.position, oldFrom) : oldFrom;
}

/** Makes the lines and cells of tables that a change needs: undo leaves them alone, as it does containers' records. */
function prepareTables(doc: Y.Doc, index: SegmentIndex, before: Node, edits: readonly Edit[]): void {
  const changes = edits.filter((edit) => edit.do === "keep").filter(isTableChange);
  if (changes.length === 0) return;
  doc.transact(() => {
    for (const { old, new: token } of changes)
      prepareTable(markerAt(index, flatAt(before, old.position)), { before: old.node, after: token.node });
  }, creating);
}

/** A new item, or tab, stands where the one does that it was split from, or else that it follows. */
function bornContainer(
  { id, in: outer, behind }: Standing,
  stand: Containers,
  index: SegmentIndex,
  origins: Origins,
): Born | null {
  const of = (origins.get(id) as ContainerId | undefined) ?? behind;
  const origin = of && (stand.get(of) ?? index.containers.get(of));
  return of && origin?.in === outer ? { of, in: outer } : null;
}

/** Blocks that are born of one that moves, goes or comes back, and do not move with it, say where they stand. */
function settle(edits: readonly Edit[], index: SegmentIndex): void {
  const moved = new Set<BlockId>();
  const told = new Set<BlockId>();
  for (const edit of edits) {
    if (edit.do === "insert") {
      if (edit.new.marker !== null) moved.add(edit.new.marker);
      continue;
    }
    if (edit.old.marker === null) continue;
    if (edit.do === "delete" || edit.old.block.in !== edit.new.block.in) moved.add(edit.old.marker);
    told.add(edit.old.marker);
  }
  for (const id of moved)
    for (const marker of index.bornOf(id))
      if (!isTold(marker, told, moved)) marker.set("in", index.placeOf(marker));
}

/** One that this change moves or deletes itself needs no word more. */
function isTold(marker: Marker, told: ReadonlySet<BlockId>, moved: ReadonlySet<BlockId>): boolean {
  const id = marker.get("id") as BlockId;
  return told.has(id) && moved.has(id);
}
