import type { Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { ContainerId } from "../../../shared/base/ids.ts";
import type { Born } from "../../../shared/body/births.ts";
import type { Attrs, Container } from "../../../shared/body/blocks.ts";
import { containerMap, toContainer } from "../../../shared/body/format.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import { isContainer, isGroup, readContainerNode } from "./read-nodes.ts";
import { setKeys } from "./record-keys.ts";
import { eachBetween } from "./tokens.ts";

/** A container in the view; `behind` is the one that it follows in the same list or set of tabs. */
export type Standing = Container & {
  readonly behind: ContainerId | null;
  readonly node: Node;
  readonly position: number;
};
export type Containers = ReadonlyMap<ContainerId, Standing>;

/** The containers that begin between two positions of the view. */
export function containersIn(doc: Node, from: number, to: number): Containers {
  const found = new Map<ContainerId, Standing>();
  const outer: { id: ContainerId; end: number }[] = [];
  eachBetween(doc, from, to, (node, position, parent) => {
    while (outer.length > 0 && outer.at(-1)!.end <= position) outer.pop();
    if (!isContainer(node)) return;
    const container = readContainerNode(node, parent, outer.at(-1)?.id ?? null);
    outer.push({ id: container.id, end: position + node.nodeSize });
    const before = isGroup(parent) ? doc.resolve(position).nodeBefore : null;
    const behind = (before?.attrs["cid"] ?? null) as ContainerId | null;
    if (position >= from) found.set(container.id, { ...container, behind, node, position });
  });
  return found;
}

/**
 * Makes the records of containers that are not there yet; answers which. In a transaction of its own, which undo does
 * not take back: else undoing a wrap would take the container from under the block that somebody else put into it.
 */
export function createContainers(
  doc: Y.Doc,
  stand: Containers,
  bornOf: (container: Standing) => Born | null,
): Set<ContainerId> {
  const map = containerMap(doc);
  const missing = [...stand.values()].filter((container) => !map.has(container.id));
  if (missing.length > 0)
    doc.transact(() => {
      for (const container of missing) map.set(container.id, toContainer(container, bornOf(container)));
    }, creating);
  return new Set(missing.map((container) => container.id));
}

/** The origin of transactions that are this person's and that undo leaves alone. */
export const creating = { name: "containers" };

/**
 * Sets what became of containers that were there; those born of one that moves are told where they stand, but for
 * those that were created with this change.
 */
export function changeContainers(
  doc: Y.Doc,
  index: SegmentIndex,
  stood: Containers,
  stand: Iterable<Container>,
  created: ReadonlySet<ContainerId>,
): void {
  const map = containerMap(doc);
  const moved = new Set<ContainerId>();
  const changes = [...stand].flatMap((container) => {
    const was = stood.get(container.id) ?? index.containers.get(container.id);
    if (!was) return [];
    if (was.in !== container.in) moved.add(container.id);
    return [{ record: map.get(container.id), was, is: container }];
  });
  for (const id of moved)
    for (const born of index.containersBornOf(id))
      if (!moved.has(born) && !created.has(born))
        map.get(born)?.set("in", index.containers.get(born)?.in ?? null);
  for (const { record, was, is } of changes) if (record) setKeys(record, keysOf(was), keysOf(is));
}

const keysOf = ({ kind, attrs, in: outer }: Container): Attrs => ({ ...attrs, kind, in: outer });
