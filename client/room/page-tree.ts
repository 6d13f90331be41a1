type Placed = { id: string; parent: string | null };

/** A node with what stands under it. */
export type Nested<T> = { node: T; children: Nested<T>[] };

/** The tree of a flat list in the tree's order. A node whose parent is missing, or stands below it, is at the top. */
export function nest<T extends Placed>(nodes: readonly T[]): Nested<T>[] {
  const top: Nested<T>[] = [];
  const met = new Map<string, Nested<T>>();
  for (const node of nodes) {
    const nested = { node, children: [] };
    const parent = node.parent === null ? undefined : met.get(node.parent);
    (parent?.children ?? top).push(nested);
    met.set(node.id, nested);
  }
  return top;
}
