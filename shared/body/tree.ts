import type { ContainerId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Block, Body, Container } from "./blocks.ts";

/** The body as people see it: what stands in what, with lists as nodes of their own. */
export type Tree = readonly Branch[];
export type Branch = { block: Block } | { quote: Container; children: Tree } | List;
export type List = { list: "bullet" | "ordered"; mark: string | null; items: readonly Item[] };
export type Item = { item: Container; children: Tree };

/**
 * The containers around a block, the outermost first. Accepts everything: a container that is unknown, of an
 * unknown kind, or met for the second time (a cycle) is passed over; at most `limits.containerDepth` are kept,
 * the outermost ones.
 */
export function pathOf(block: Block, containers: Body["containers"]): Container[] {
  const path: Container[] = [];
  const met = new Set<ContainerId>();
  for (let id = block.in; id !== null && !met.has(id);) {
    met.add(id);
    const container = containers.get(id);
    if (!container) break;
    if (isKnownKind(container.kind)) path.unshift(container);
    id = container.in;
  }
  return path.slice(0, limits.containerDepth);
}

/** The tree of a body: neighbouring blocks share the containers that both stand in. Nothing is left out. */
export function toTree(body: Body): Tree {
  const placed = body.blocks.map((block) => ({ block, path: pathOf(block, body.containers) }));
  return branches(placed, 0);
}

type Placed = { block: Block; path: readonly Container[] };

function branches(placed: readonly Placed[], depth: number): Tree {
  const result: (Branch | { list: List["list"]; mark: string | null; items: Item[] })[] = [];
  for (let start = 0; start < placed.length;) {
    const first = placed[start] as Placed;
    const container = first.path[depth];
    if (!container) {
      result.push({ block: first.block });
      start += 1;
      continue;
    }
    let end = start + 1;
    while (end < placed.length && placed[end]?.path[depth]?.id === container.id) end += 1;
    const children = branches(placed.slice(start, end), depth + 1);
    if (container.kind === "quote") result.push({ quote: container, children });
    else {
      const last = result.at(-1);
      const item = { item: container, children };
      if (last && "list" in last && isSameList(last, container)) (last.items as Item[]).push(item);
      else result.push({ list: listOf(container), mark: markOf(container), items: [item] });
    }
    start = end;
  }
  return result;
}

/** Which kind of list an item makes, whatever its attributes hold. */
export function listOf(item: Container): List["list"] {
  return item.attrs["list"] === "ordered" ? "ordered" : "bullet";
}

/** The delimiter that an item's list was written with, if that is known. */
export function markOf(item: Container): string | null {
  return typeof item.attrs["mark"] === "string" ? item.attrs["mark"] : null;
}

function isSameList(list: Pick<List, "list" | "mark">, item: Container): boolean {
  return list.list === listOf(item) && list.mark === markOf(item);
}

function isKnownKind(kind: string): boolean {
  return kind === "quote" || kind === "item";
}
