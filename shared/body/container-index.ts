import type * as Y from "yjs";
import type { ContainerId } from "../base/ids.ts";
import { Births } from "./births.ts";
import type { Container } from "./blocks.ts";
import { readContainer, type ContainerMap } from "./format.ts";

/** The containers of a page, kept up with its document, and which of them stand in which. */
export class ContainerIndex {
  readonly #map: ContainerMap;
  readonly #births = new Births<ContainerId>(() => 0);
  readonly #all = new Map<ContainerId, Container>();
  readonly #children = new Map<ContainerId, Set<ContainerId>>();

  constructor(map: ContainerMap) {
    this.#map = map;
    this.#read(new Set([...map.keys()] as ContainerId[]));
  }

  get all(): ReadonlyMap<ContainerId, Container> {
    return this.#all;
  }

  bornOf(id: ContainerId): readonly ContainerId[] {
    return this.#births.followersOf(id);
  }

  /** Takes up a transaction; answers the containers whose blocks may have to be drawn again. */
  update(transaction: Y.Transaction): Set<ContainerId> {
    const changed = new Set<ContainerId>();
    for (const [type, keys] of transaction.changed) {
      if ((type as unknown) === this.#map)
        for (const key of keys) if (key !== null) changed.add(key as ContainerId);
      const own = (type.parent as unknown) === this.#map ? type._item?.parentSub : null;
      if (own) changed.add(own as ContainerId);
    }
    return this.withInner(this.#read(changed));
  }

  #read(ids: ReadonlySet<ContainerId>): Set<ContainerId> {
    const read = new Map([...ids].map((id) => [id, readContainer(this.#map.get(id), id)]));
    const moved = this.#births.update(
      new Map([...read].map(([id, found]) => [id, found && { id, standing: found.standing }])),
    );
    for (const [id, found] of read) this.#set(id, found?.container ?? null);
    for (const id of moved) if (!read.has(id)) this.#set(id, this.#all.get(id)!);
    return new Set([...ids, ...moved]);
  }

  #set(id: ContainerId, container: Container | null): void {
    const before = this.#all.get(id)?.in;
    if (before) this.#children.get(before)?.delete(id);
    if (!container) {
      this.#all.delete(id);
      return;
    }
    const at = this.#births.at(id) ?? null;
    this.#all.set(id, { ...container, in: at });
    if (at !== null) this.#children.set(at, (this.#children.get(at) ?? new Set()).add(id));
  }

  /** These, and all that stand in them. */
  withInner(ids: Iterable<ContainerId>): Set<ContainerId> {
    const all = new Set<ContainerId>();
    const queue = [...ids];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      if (all.has(id)) continue;
      all.add(id);
      queue.push(...(this.#children.get(id) ?? []));
    }
    return all;
  }
}
