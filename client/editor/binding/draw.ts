import { Fragment, type Mark, type Node, type Schema } from "@tiptap/pm/model";
import type { ContainerId } from "../../../shared/base/ids.ts";
import type {
  Atom,
  Attrs,
  Block,
  Body,
  Container,
  Inline,
  Marks,
  Value,
} from "../../../shared/body/blocks.ts";
import { holds, isKnownBlock, levelOf } from "../../../shared/body/schema.ts";
import { toTree, type Branch, type Item, type Tree } from "../../../shared/body/tree.ts";

/*
 * What a body looks like in the view, and back: the one place that knows which node stands for which block, atom,
 * mark and container. Drawing is a function of the body alone.
 */

/** The characters that stand for a thing which a block holds but cannot show. */
const placeholder = "\uFFFC";

/** The document of a body; an empty one is drawn as one paragraph, which is not written. */
export function drawBody(schema: Schema, body: Body): Node {
  const children = drawTree(schema, toTree(body));
  return schema.node("doc", null, children.length > 0 ? children : [schema.node("paragraph")]);
}

function drawTree(schema: Schema, tree: Tree): Node[] {
  return tree.map((branch) => drawBranch(schema, branch));
}

function drawBranch(schema: Schema, branch: Branch): Node {
  if ("block" in branch) return drawBlock(schema, branch.block);
  if ("quote" in branch) {
    const attrs = { cid: branch.quote.id, more: branch.quote.attrs };
    return schema.node("blockquote", attrs, drawTree(schema, branch.children));
  }
  const items = branch.items.map((item) => drawItem(schema, item));
  return schema.node(`${branch.list}List`, { mark: branch.mark }, items);
}

function drawItem(schema: Schema, { item, children }: Item): Node {
  const { list: _list, mark: _mark, start, loose, ...more } = item.attrs;
  const attrs = {
    cid: item.id,
    start: typeof start === "number" ? start : null,
    loose: loose === true ? true : null,
    more,
  };
  return schema.node("listItem", attrs, drawTree(schema, children));
}

const drawn = new WeakMap<Block, Node>();

/** The node of a block; the same block is always the same node. */
export function drawBlock(schema: Schema, block: Block): Node {
  const known = drawn.get(block);
  if (known && known.type.schema === schema) return known;
  const { name, attrs } = headNode(block);
  const type = schema.nodes[name]!;
  const node = type.create({ id: block.id, ...attrs }, drawContent(schema, block));
  drawn.set(block, node);
  return node;
}

function headNode(block: Block): { name: string; attrs: { [name: string]: unknown } } {
  if (!isKnownBlock(block.type))
    return { name: "unknownBlock", attrs: { type: block.type, more: block.attrs } };
  switch (block.type) {
    case "heading": {
      const { level: _, ...more } = block.attrs;
      return { name: "heading", attrs: { level: levelOf(block.attrs), more } };
    }
    case "code": {
      const { lang, meta, ...more } = block.attrs;
      return { name: "codeBlock", attrs: { lang: textOf(lang), meta: textOf(meta), more } };
    }
    case "raw":
      return { name: "rawBlock", attrs: { more: block.attrs } };
    case "rule":
      return { name: "horizontalRule", attrs: { more: block.attrs } };
    default:
      return { name: "paragraph", attrs: { more: block.attrs } };
  }
}

const textOf = (value: Value | undefined): string | null => (typeof value === "string" ? value : null);

function drawContent(schema: Schema, block: Block): Fragment {
  switch (holds(block.type)) {
    case "none":
      return Fragment.empty;
    case "plain": {
      const text = block.content.map((run) => ("text" in run ? run.text : placeholder)).join("");
      return text ? Fragment.from(schema.text(text)) : Fragment.empty;
    }
    case "inline":
      return Fragment.fromArray(block.content.map((run) => drawInline(schema, run)));
  }
}

function drawInline(schema: Schema, run: Inline): Node {
  const marks = drawMarks(schema, run.marks ?? {});
  if ("text" in run) return schema.text(run.text, marks);
  const { atom } = run;
  if (atom.type === "break") return schema.node("hardBreak", null, [], marks);
  return schema.node(atom.type === "image" ? "image" : "inlineAtom", { atom }, [], marks);
}

function drawMarks(schema: Schema, marks: Marks): readonly Mark[] {
  return Object.entries(marks).reduce<readonly Mark[]>((set, [name, value]) => {
    const type = schema.marks[name];
    return type ? type.create(name === "link" ? (value as Attrs) : null).addToSet(set) : set;
  }, []);
}

/** The format keys of the view's marks. */
export function readMarks(marks: readonly Mark[]): Marks {
  const read: { [name: string]: Value } = {};
  for (const mark of marks) read[mark.type.name] = mark.type.name === "link" ? readLink(mark) : true;
  return read;
}

function readLink(mark: Mark): Value {
  const href = String(mark.attrs["href"]);
  const title: unknown = mark.attrs["title"];
  return typeof title === "string" ? { href, title } : { href };
}

/** The atom of an inline node that is not text. */
export function readAtom(node: Node): Atom {
  return node.type.name === "hardBreak" ? { type: "break" } : (node.attrs["atom"] as Atom);
}

/** A block's type and attributes, of its node. */
export function readHead(node: Node): { type: string; attrs: Attrs } {
  const more = node.attrs["more"] as Attrs;
  switch (node.type.name) {
    case "heading":
      return { type: "heading", attrs: { ...more, level: node.attrs["level"] as number } };
    case "codeBlock":
      return { type: "code", attrs: { ...more, ...given("lang", node), ...given("meta", node) } };
    case "rawBlock":
      return { type: "raw", attrs: more };
    case "horizontalRule":
      return { type: "rule", attrs: more };
    case "unknownBlock":
      return { type: String(node.attrs["type"]), attrs: more };
    default:
      return { type: "paragraph", attrs: more };
  }
}

function given(name: string, node: Node): Attrs {
  const value = node.attrs[name] as Value;
  return value === null ? {} : { [name]: value };
}

/** Whether a node stands for a container's record. A list does not: it is drawn around neighbouring items. */
export const isContainer = (node: Node): boolean => "cid" in node.attrs;

/** The container that a node stands for, given the node around it and the container outside it. */
export function readContainerNode(node: Node, parent: Node, outer: ContainerId | null): Container {
  const id = node.attrs["cid"] as ContainerId;
  const more = node.attrs["more"] as Attrs;
  if (node.type.name === "blockquote") return { id, kind: "quote", attrs: more, in: outer };
  const list = parent.type.name === "orderedList" ? "ordered" : "bullet";
  const mark = parent.attrs["mark"] as string | null;
  const attrs = {
    ...more,
    list,
    ...(mark === null ? {} : { mark }),
    ...given("start", node),
    ...given("loose", node),
  };
  return { id, kind: "item", attrs, in: outer };
}
