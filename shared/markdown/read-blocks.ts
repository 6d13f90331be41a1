import type { Code, List, ListItem, Nodes, Root, RootContent } from "mdast";
import { blockId, containerId, type ContainerId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Attrs, Block, Container, Inline } from "../body/blocks.ts";
import type { Flavour } from "./flavour.ts";
import { definitionsIn, depthOf, isLoose, offsetOf } from "./nodes.ts";
import { readPhrasing, type Definitions } from "./read-phrasing.ts";
import { columnsOf, dedent } from "./syntax/mdast.ts";
import { parse } from "./syntax/parse.ts";

/** A body in the making: takes syntax trees, one after another, and has their blocks and containers. */
export class BodyReader {
  readonly blocks: Block[] = [];
  readonly containers = new Map<ContainerId, Container>();
  readonly #flavour: Flavour;
  readonly #makeId: () => string;
  #source = "";
  #definitions: Definitions = new Map();

  constructor(flavour: Flavour, makeId: () => string) {
    this.#flavour = flavour;
    this.#makeId = makeId;
  }

  /** Adds what this part of a page holds; `root` is how `source` reads. */
  part(source: string, root: Root): void {
    this.#source = source;
    this.#definitions = definitionsIn(root);
    for (const node of root.children) {
      if (depthOf(node) > limits.containerDepth) this.raw(this.#sliceOf(node), null);
      else this.#flow(node, null);
    }
  }

  /** Adds a text as it is. Its own indent is not part of it: it is written where its container's text begins. */
  raw(source: string, inside: ContainerId | null): void {
    const text = source.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
    const indent = columnsOf(/^[ \t]*/.exec(text)?.[0] ?? "");
    if (text !== "") this.#block("raw", {}, inside, [{ text: dedent(text, indent).trimStart() }]);
  }

  #flow(node: RootContent, inside: ContainerId | null): void {
    switch (node.type) {
      case "paragraph":
      case "heading": {
        const source = node.data?.source ?? this.#sliceOf(node);
        const content = readPhrasing(node, this.#definitions);
        if (this.#hidesList(source, inside)) return this.#again(withoutIndent(source), inside);
        if (content === null) return this.raw(source, inside);
        const attrs = node.type === "heading" ? { level: node.depth } : {};
        return this.#block(node.type, attrs, inside, content);
      }
      case "code":
        return this.#isShallow(node, inside) ? this.#again(node.value, inside) : this.#code(node, inside);
      case "thematicBreak":
        return this.#block("rule", {}, inside, []);
      case "blockquote":
        return this.#children(node.children, this.#container("quote", {}, inside));
      case "list":
        return this.#list(node, inside);
      case "html":
      case "raw":
        return this.raw(node.value, inside);
      case "definition":
        return this.raw(node.data?.source ?? this.#sliceOf(node), inside);
      default:
        return this.raw(this.#sliceOf(node), inside);
    }
  }

  #code({ lang, meta, value }: Code, inside: ContainerId | null): void {
    const attrs = { ...(lang ? { lang } : {}), ...(meta ? { meta } : {}) };
    this.#block("code", attrs, inside, value === "" ? [] : [{ text: value }]);
  }

  #list(list: List, inside: ContainerId | null): void {
    const shape = this.#shapeOf(list);
    list.children.forEach((item, index) => {
      const start = index === 0 && list.ordered ? { start: list.start ?? 1 } : {};
      const loose = isLoose(list, index) ? { loose: true } : {};
      const first = this.blocks.length;
      this.#children(item.children, this.#container("item", { ...shape, ...start, ...loose }, inside));
      this.#boxOf(item, first);
    });
  }

  #shapeOf(list: List): Attrs {
    const marker = /^\d*([-*+.)])/.exec(this.#source.slice(offsetOf(list), offsetOf(list) + 12));
    return { list: list.ordered ? "ordered" : "bullet", ...(marker?.[1] ? { mark: marker[1] } : {}) };
  }

  #children(nodes: readonly RootContent[], inside: ContainerId): void {
    const first = this.blocks.length;
    for (const node of nodes) this.#flow(node, inside);
    // A container exists by the blocks in it.
    if (this.blocks.length === first) this.#block("paragraph", {}, inside, []);
  }

  /** A task's box is not understood: it stays in front of the item's text as it was written. */
  #boxOf(item: ListItem, first: number): void {
    const paragraph = item.children[0];
    const block = this.blocks[first];
    if (paragraph?.type !== "paragraph" || block?.type !== "paragraph") return;
    const box = /^\[[ xX]\](?=[ \t\n]|\\\n|$)/.exec(paragraph.data?.source ?? "")?.[0];
    const [text, ...rest] = block.content;
    if (!box || !text || !("text" in text) || !text.text.startsWith(box) || text.marks) return;
    const after = text.text === box ? [] : [{ text: text.text.slice(box.length) }];
    this.blocks[first] = { ...block, content: [{ atom: { type: "raw", source: box } }, ...after, ...rest] };
  }

  /** Whether Python-Markdown sees items where CommonMark sees an item's text that goes on, indented far. */
  #hidesList(source: string, inside: ContainerId | null): boolean {
    const isItem = inside !== null && this.containers.get(inside)?.kind === "item";
    return this.#flavour === "mkdocs" && isItem && hiddenItem.test(source);
  }

  /**
   * Whether CommonMark sees indented code where Python-Markdown, which counts an item's indent in fours, sees
   * more of the item's text.
   */
  #isShallow(code: Code, inside: ContainerId | null): boolean {
    const { start } = code.position ?? {};
    if (this.#flavour !== "mkdocs" || inside === null || !start) return false;
    const levels = this.#pathTo(inside);
    if (levels.some((each) => each.kind !== "item") || /^[`~]/.test(this.#sliceOf(code))) return false;
    const column = start.column - 1 + 4 + (/^ */.exec(code.value)?.[0].length ?? 0);
    return column < 4 * levels.length + 4;
  }

  /** Adds text that stands in a container, read by itself. */
  #again(source: string, inside: ContainerId | null): void {
    const reader = new BodyReader(this.#flavour, this.#makeId);
    reader.part(source, parse(source, this.#flavour, false));
    for (const block of reader.blocks) this.blocks.push({ ...block, in: block.in ?? inside });
    for (const [id, each] of reader.containers) this.containers.set(id, { ...each, in: each.in ?? inside });
  }

  #pathTo(id: ContainerId | null): Container[] {
    const container = id === null ? undefined : this.containers.get(id);
    return container ? [...this.#pathTo(container.in), container] : [];
  }

  #block(type: string, attrs: Attrs, inside: ContainerId | null, content: readonly Inline[]): void {
    this.blocks.push({ id: blockId.parse(this.#makeId()), type, attrs, in: inside, content });
  }

  #container(kind: string, attrs: Attrs, inside: ContainerId | null): ContainerId {
    const id = containerId.parse(this.#makeId());
    this.containers.set(id, { id, kind, attrs, in: inside });
    return id;
  }

  #sliceOf(node: Nodes): string {
    return this.#source.slice(offsetOf(node), node.position?.end.offset);
  }
}

const hiddenItem = /\n[ \t]{2,}(?:[-*+]|1\.) +\S/;

/** A text whose first hidden item, and what is indented as far, begins where the text does. */
function withoutIndent(source: string): string {
  return dedent(source, columnsOf(/\n([ \t]{2,})(?=[-*+]|1\.)/.exec(source)?.[1] ?? ""));
}
