import type { Fragment, Node } from "@tiptap/pm/model";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Block, Body, Container } from "../../../shared/body/blocks.ts";
import { isContainer, readContainerNode, readHead, readLine } from "../binding/read-nodes.ts";
import { readTable } from "../binding/table-nodes.ts";
import { isBlock, isTable } from "../binding/tokens.ts";

/** Nodes of the view, as cut out of a page, as a body; its ids hold in it alone where the nodes have none. */
export function bodyOf(content: Fragment): Body {
  const blocks: Block[] = [];
  const containers = new Map<ContainerId, Container>();
  const read = (node: Node, parent: Node | null, outer: ContainerId | null): void => {
    if (isBlock(node)) return void blocks.push(blockOf(node, outer, blocks.length));
    // The row of a table that is cut in the middle of it, and words that are cut out of their block.
    if (node.isInline || node.inlineContent) return void blocks.push(looseBlock(node, outer, blocks.length));
    const inside = isContainer(node) ? containerOf(node, parent) : null;
    if (inside) {
      const id = inside.id ?? (`c${containers.size}` as ContainerId);
      containers.set(id, { ...inside, id, in: outer });
      node.forEach((child) => read(child, node, id));
    } else node.forEach((child) => read(child, node, outer));
  };
  content.forEach((node) => read(node, null, null));
  return { blocks, containers };

  function containerOf(node: Node, parent: Node | null): Container {
    return readContainerNode(node, parent ?? node, null);
  }
}

function blockOf(node: Node, outer: ContainerId | null, n: number): Block {
  const content = node.isTextblock ? readLine(node) : [];
  const table = isTable(node) ? { table: readTable(node) } : {};
  return { id: `b${n}` as BlockId, ...readHead(node), in: outer, content, ...table };
}

function looseBlock(node: Node, outer: ContainerId | null, n: number): Block {
  const content = node.isInline ? readLine(node.type.schema.node("paragraph", null, [node])) : readLine(node);
  return { id: `b${n}` as BlockId, type: "paragraph", attrs: {}, in: outer, content };
}
