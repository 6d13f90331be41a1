import type { ContainerId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Block, Body, Container } from "./blocks.ts";
import { isKnownKind } from "./schema.ts";

/** The body as people see it: what stands in what, with lists and sets of tabs as nodes of their own. */
export type Tree = readonly Branch[];
export type Branch = { block: Block } | Box | List | TabSet;
/** A container, and what stands in it. */
export type Box = { container: Container; children: Tree };
export type List = { list: ListKind; mark: string | null; items: readonly Box[] };
export type ListKind = "bullet" | "ordered" | "task";
export type TabSet = { set: string | null; tabs: readonly Box[] };

/**
 * The containers around a block, the outermost first. Accepts everything: a container that is unknown, of an
 * unknown kind, or met for the second time (a cycle) is passed over; at most `limits.containerDepth` are kept,
 * the outermost ones.
 */
export function pathOf(block: Pick<Block, "in">, containers: Body["containers"]): Container[] {
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
  const result: Branch[] = [];
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
    put({ container, children: branches(placed.slice(start, end), depth + 1) }, result);
    start = end;
  }
  return result;
}

/** Puts a box behind what is there: into the list or set of tabs that ends there, if it belongs to it. */
function put(box: Box, result: Branch[]): void {
  const last = result.at(-1);
  if (box.container.kind === "item") {
    if (last && "list" in last && isOneGroup(last.items[0]!.container, box.container))
      (last.items as Box[]).push(box);
    else result.push({ list: listOf(box.container), mark: markOf(box.container), items: [box] });
  } else if (box.container.kind === "tab") {
    if (last && "tabs" in last && isOneGroup(last.tabs[0]!.container, box.container))
      (last.tabs as Box[]).push(box);
    else result.push({ set: setOf(box.container), tabs: [box] });
  } else result.push(box);
}

/** Whether two neighbouring containers of one parent are items of one list, or tabs of one set. */
export function isOneGroup(a: Container, b: Container): boolean {
  if (a.kind === "item" && b.kind === "item") return listOf(a) === listOf(b) && markOf(a) === markOf(b);
  return a.kind === "tab" && b.kind === "tab" && setOf(a) === setOf(b);
}

/** Which kind of list an item makes, whatever its attributes hold. */
export function listOf(item: Container): ListKind {
  const list = item.attrs["list"];
  return list === "ordered" || list === "task" ? list : "bullet";
}

/** The delimiter that an item's list was written with, if that is known. */
export const markOf = (item: Container): string | null => textOf(item, "mark");

/** What tells a tab's set from its neighbours, if anything does. */
export const setOf = (tab: Container): string | null => textOf(tab, "set");

function textOf(container: Container, name: string): string | null {
  const value = container.attrs[name];
  return typeof value === "string" ? value : null;
}
