import { Fragment, type Node, type Schema } from "@tiptap/pm/model";
import { must } from "../../../shared/base/assert.ts";
import type { Attrs, Block, Body, Container } from "../../../shared/body/blocks.ts";
import { holds, isKnownBlock } from "../../../shared/body/schema.ts";
import {
  listOf,
  markOf,
  setOf,
  toTree,
  type Box,
  type Branch,
  type Tree,
} from "../../../shared/body/tree.ts";
import { drawLine } from "./draw-line.ts";
import { drawAttrs, nodeOfBlock, nodeOfContainer } from "./nodes.ts";
import { drawTable } from "./table-nodes.ts";

/* What a body looks like in the view. Drawing is a function of the body alone. */

/** The characters that stand for a thing which a block holds but cannot show. */
const placeholder = "\uFFFC";

/** The document of a body; an empty one is drawn as one paragraph, which is not written. */
export function drawBody(schema: Schema, body: Body): Node {
  const children = drawTree(schema, toTree(body));
  return schema.node("doc", null, children.length > 0 ? children : [schema.node("paragraph")]);
}

/** The nodes of a tree, side by side. */
export function drawTree(schema: Schema, tree: Tree): Node[] {
  return tree.map((branch) => drawBranch(schema, branch));
}

function drawBranch(schema: Schema, branch: Branch): Node {
  if ("block" in branch) return drawBlock(schema, branch.block);
  if ("container" in branch) return drawBox(schema, branch);
  const boxes = "list" in branch ? branch.items : branch.tabs;
  const children = boxes.map((box) => drawBox(schema, box));
  const { name, attrs } = must(groupOf(boxes[0]!.container), "Items and tabs stand in groups");
  return schema.node(name, attrs, children);
}

/** The name and attributes of the list, or set of tabs, that a container makes with its neighbours. */
export function groupOf(container: Container): { name: string; attrs: Attrs } | null {
  if (container.kind === "tab") return { name: "tabSet", attrs: { set: setOf(container) } };
  if (container.kind !== "item") return null;
  return { name: `${listOf(container)}List`, attrs: { mark: markOf(container) } };
}

const grouping: { readonly [kind: string]: readonly string[] } = { item: ["list", "mark"], tab: ["set"] };

/** The name and attributes of a container's own node. */
export function boxOf({ id, kind, attrs }: Container): { name: string; attrs: Attrs } {
  const name = nodeOfContainer[kind as keyof typeof nodeOfContainer];
  return { name, attrs: { cid: id, ...drawAttrs(name, attrs, grouping[kind]) } };
}

function drawBox(schema: Schema, { container, children }: Box): Node {
  const { name, attrs } = boxOf(container);
  return schema.node(name, attrs, drawTree(schema, children));
}

const drawn = new WeakMap<Block, Node>();

/** The node of a block; the same block is always the same node. */
export function drawBlock(schema: Schema, block: Block): Node {
  const known = drawn.get(block);
  if (known && known.type.schema === schema) return known;
  const node = blockNode(schema, block);
  drawn.set(block, node);
  return node;
}

function blockNode(schema: Schema, block: Block): Node {
  const { id, type, attrs } = block;
  if (!isKnownBlock(type))
    return schema.node("unknownBlock", { id, type, more: attrs }, drawContent(schema, block));
  const name = nodeOfBlock[type]!;
  const content = type === "table" ? drawTable(schema, block) : drawContent(schema, block);
  return schema.nodes[name]!.create({ id, ...drawAttrs(name, attrs) }, content);
}

function drawContent(schema: Schema, block: Block): Fragment {
  switch (holds(block.type)) {
    case "none":
      return Fragment.empty;
    case "plain": {
      const text = block.content.map((run) => ("text" in run ? run.text : placeholder)).join("");
      return text ? Fragment.from(schema.text(text)) : Fragment.empty;
    }
    case "inline":
      return drawLine(schema, block.content);
  }
}
