import type { Code, List, ListItem, Nodes, Root, RootContent } from "mdast";
import { blockId, containerId, type ContainerId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import type { Attrs, Block, Body, Container, Inline, Table } from "../body/blocks.ts";
import { costOf } from "./cost.ts";
import type { Flavour } from "./flavour.ts";
import { callOfLabel, Footnotes } from "./footnotes.ts";
import { definitionsIn, depthOf, isBelow, isLoose, isTight, offsetOf } from "./nodes.ts";
import { captionIn, figureOf } from "./read-figure.ts";
import { alertIn, detailsIn, summaryIn, titleInBold } from "./read-github.ts";
import { readPhrasing, type Definitions } from "./read-phrasing.ts";
import { readTable } from "./read-table.ts";
import { columnsOf, dedent, unindent } from "./syntax/mdast.ts";
import { openingOf } from "./syntax/openers.ts";
import { parse } from "./syntax/parse.ts";
import { taskIn } from "./tasks.ts";
import { writeCaption } from "./write-figure.ts";

/** What is left of the time that reading may take; whoever reads takes from it. */
export type Budget = { leftMs: number };

/** A text that is read by itself: a part of a page, or what stands in a container. */
type Scope = {
  source: string;
  definitions: Definitions;
  /** The container that the text is of. */
  inside: ContainerId | null;
};

/** A body in the making: takes syntax trees, one after another, and has their blocks and containers. */
export class BodyReader {
  readonly #blocks: Block[] = [];
  readonly #containers = new Map<ContainerId, Container>();
  readonly #footnotes: Footnotes;
  readonly #flavour: Flavour;
  readonly #makeId: () => string;
  readonly #budget: Budget;
  #scope: Scope = { source: "", definitions: new Map(), inside: null };
  /** How many sets of tabs stand directly behind each other at the end of what is read. */
  #sets = 0;
  /** Whether no blank line parts the text being read from the code before it, or the code from the text. */
  #isTight = false;

  constructor(flavour: Flavour, makeId: () => string, budget: Budget) {
    this.#flavour = flavour;
    this.#makeId = makeId;
    this.#budget = budget;
    this.#footnotes = new Footnotes(flavour);
  }

  /** What has been read, all in all. */
  body(): Body {
    return {
      blocks: this.#blocks.map((each) => this.#footnotes.withCalls(each)),
      containers: this.#containers,
    };
  }

  /** Adds what this part of a page holds; `root` is how `source` reads. */
  part(source: string, root: Root): void {
    this.#read(source, root, null);
  }

  /** Adds a text as it is. Its own indent is not part of it: it is written where its container's text begins. */
  raw(source: string, inside: ContainerId | null): void {
    const text = source.replace(/^(?:[ \t]*\n)+/, "").trimEnd();
    const indent = columnsOf(/^[ \t]*/.exec(text)?.[0] ?? "");
    if (text !== "") this.#block("raw", {}, inside, [{ text: dedent(text, indent).trimStart() }]);
  }

  #read(source: string, root: Root, inside: ContainerId | null): void {
    const outer = this.#scope;
    const own = definitionsIn(root);
    const definitions = own.size > 0 ? new Map([...outer.definitions, ...own]) : outer.definitions;
    this.#scope = { source, definitions, inside };
    if (inside === null) this.#siblings(root.children, null);
    else this.#children(root.children, inside);
    this.#scope = outer;
  }

  #siblings(nodes: readonly RootContent[], inside: ContainerId | null): void {
    const details = this.#flavour === "gfm" ? detailsIn(nodes) : new Map<number, number>();
    for (let at = 0; at < nodes.length; at += 1) {
      const node = nodes[at] as RootContent;
      const end = details.get(at);
      this.#isTight = this.#hasGaps(inside) && isTight(nodes[at - 1], node);
      if (node.type !== "indented") this.#sets = 0;
      if (this.#isTooDeep(node, inside)) this.raw(this.#sliceOf(node), inside);
      else if (end !== undefined && this.#details(nodes.slice(at, end), inside)) at = end;
      else if (this.#figure(node, nodes[at + 1], inside) || this.#dash(node, nodes[at + 1], inside)) at += 1;
      else this.#flow(node, inside);
    }
  }

  /** Whether blank lines part what stands here: in an item that is not loose they never do. */
  #hasGaps(inside: ContainerId | null): boolean {
    const container = inside === null ? undefined : this.#containers.get(inside);
    return container?.kind !== "item" || container.attrs["loose"] === true;
  }

  /** Asked where a text begins, whose source is a part of the page's. */
  #isTooDeep(node: RootContent, inside: ContainerId | null): boolean {
    if (inside !== this.#scope.inside) return false;
    return this.#pathTo(inside).length + depthOf(node) > limits.containerDepth;
  }

  #flow(node: RootContent, inside: ContainerId | null): void {
    switch (node.type) {
      case "paragraph":
      case "heading": {
        const source = node.data?.source ?? this.#sliceOf(node);
        const content = readPhrasing(node, this.#scope.definitions);
        if (this.#hidesList(source, inside)) return this.#again(withoutIndent(source), inside);
        if (content === null) return this.raw(source, inside);
        if (node.type === "heading") return this.#block("heading", { level: node.depth }, inside, content);
        const figure = figureOf(content);
        if (figure) return this.#block("figure", figure, inside, []);
        return this.#block("paragraph", this.#isTight ? { tight: true } : {}, inside, content);
      }
      case "code":
        return this.#isShallow(node, inside) ? this.#again(node.value, inside) : this.#code(node, inside);
      case "thematicBreak":
        return this.#block("rule", {}, inside, []);
      case "blockquote": {
        const alert = this.#flavour === "gfm" ? alertIn(node) : null;
        if (alert) return this.#alert(alert.type, alert.children, inside);
        return this.#children(node.children, this.#container("quote", {}, inside));
      }
      case "list":
        return this.#list(node, inside);
      case "indented":
        return this.#indented(node.value, inside);
      case "table": {
        const table = readTable(node, this.#scope.definitions, this.#flavour, this.#makeId);
        if (!table) return this.raw(node.data?.source ?? this.#sliceOf(node), inside);
        return this.#block("table", {}, inside, [], table);
      }
      case "yaml": {
        const lines = node.value.split("\n").slice(1, -1).join("\n");
        if (lines.trim() === "") return this.raw(node.value, inside);
        return this.#block("properties", {}, inside, [{ text: lines }]);
      }
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
    const tight = this.#isTight ? { tight: true } : {};
    const attrs = { ...(lang ? { lang } : {}), ...(meta ? { meta } : {}), ...tight };
    this.#block("code", attrs, inside, value === "" ? [] : [{ text: value }]);
  }

  #list(list: List, inside: ContainerId | null): void {
    const shape = this.#shapeOf(list);
    list.children.forEach((item, index) => {
      const task = this.#taskIn(item);
      const kind: Attrs = task ? { list: "task", ...(task.checked ? { checked: true } : {}) } : {};
      const start = index === 0 && list.ordered ? { start: list.start ?? 1 } : {};
      const loose = isLoose(list, index) ? { loose: true } : {};
      const container = this.#container("item", { ...shape, ...kind, ...start, ...loose }, inside);
      this.#children(task?.children ?? item.children, container);
    });
  }

  #shapeOf(list: List): Attrs {
    const marker = /^\d*([-*+.)])/.exec(this.#scope.source.slice(offsetOf(list), offsetOf(list) + 12));
    return { list: list.ordered ? "ordered" : "bullet", ...(marker?.[1] ? { mark: marker[1] } : {}) };
  }

  /** The task that an item is; none where its text stays raw, and the box with it. */
  #taskIn(item: ListItem): { checked: boolean; children: RootContent[] } | null {
    const task = taskIn(item);
    const [text] = task?.children ?? [];
    if (text?.type !== "paragraph") return null;
    const hides = this.#flavour === "mkdocs" && hiddenItem.test(text.data?.source ?? "");
    return hides || readPhrasing(text, this.#scope.definitions) === null ? null : task;
  }

  #children(nodes: readonly RootContent[], inside: ContainerId): void {
    const first = this.#blocks.length;
    const outer = this.#sets;
    this.#sets = 0;
    this.#siblings(nodes, inside);
    this.#sets = outer;
    // A container exists by the blocks in it.
    if (this.#blocks.length === first) this.#block("paragraph", {}, inside, []);
  }

  /** A construct with an indented body; raw where a body could not hold it. */
  #indented(source: string, inside: ContainerId | null): void {
    const end = source.includes("\n") ? source.indexOf("\n") : source.length;
    const opening = openingOf(source.slice(0, end));
    const sets = this.#sets;
    this.#sets = 0;
    if (!opening || this.#pathTo(inside).length >= limits.containerDepth) return this.raw(source, inside);
    const { kind, attrs } = opening;
    const text = `${opening.text}\n${unindent(source.slice(end + 1), 4)}`;
    const title = opening.title === null ? null : this.#line(opening.title);
    const isHeld = opening.title === null || title !== null;
    const root = text.trim() === "" ? empty : isHeld && this.#affords(text) ? this.#parse(text) : null;
    // A definition in a container is one for the whole page, which is not asked here.
    if (!isHeld || !root || definitionsIn(root).size > 0) return this.raw(source, inside);
    const { label } = attrs;
    if (kind === "footnote" && !this.#footnotes.isFree(label)) return this.raw(source, inside);
    const set = sets + (opening.isNewSet || sets === 0 ? 1 : 0);
    const inSet = kind === "tab" && set > 1 ? { set: String(set) } : {};
    const container = this.#container(kind, { ...attrs, ...inSet }, inside);
    if (typeof label === "string") this.#footnotes.add(label, container);
    if (title) this.#block("title", {}, container, title);
    if (text.trim() !== "" || !title) this.#read(text, root, container);
    if (kind === "tab") this.#sets = set;
  }

  #alert(type: string, children: readonly RootContent[], inside: ContainerId | null): void {
    const container = this.#container("callout", { type }, inside);
    const [first, ...rest] = children;
    const content = first?.type === "paragraph" ? readPhrasing(first, this.#scope.definitions) : null;
    const title = titleInBold(content ?? []);
    if (title) this.#block("title", {}, container, title);
    if (rest.length > 0 || !title) this.#children(title ? rest : children, container);
  }

  /** A collapsible of GitHub's flavour: its opening, and what is in it. */
  #details(nodes: readonly RootContent[], inside: ContainerId | null): boolean {
    const [first, ...children] = nodes;
    const summary = first?.type === "html" ? summaryIn(first) : null;
    const depth = this.#pathTo(inside).length + 1 + Math.max(0, ...children.map(depthOf));
    if (!summary || depth > limits.containerDepth) return false;
    const container = this.#container("collapsible", summary.attrs, inside);
    if (summary.title) this.#block("title", {}, container, summary.title);
    if (children.length > 0 || !summary.title) this.#children(children, container);
    return true;
  }

  /** A figure with a caption directly behind it, if it is one that would be written the same. */
  #figure(node: RootContent, next: RootContent | undefined, inside: ContainerId | null): boolean {
    if (node.type !== "paragraph" || next?.type !== "html") return false;
    if (!isBelow(node, next)) return false;
    const words = captionIn(next.value);
    const caption = words === null ? null : this.#line(words);
    const attrs = caption && figureOf(readPhrasing(node, this.#scope.definitions) ?? []);
    if (!attrs || writeCaption(caption, this.#flavour, callOfLabel) !== words) return false;
    this.#block("figure", attrs, inside, caption);
    return true;
  }

  /** A line of a text that begins with a dash is no list for Python-Markdown. What could be meant as one, is. */
  #dash(node: RootContent, next: RootContent | undefined, inside: ContainerId | null): boolean {
    const isItem = inside !== null && this.#containers.get(inside)?.kind === "item";
    if (this.#flavour !== "mkdocs" || isItem || inside !== this.#scope.inside) return false;
    if (node.type !== "paragraph" || next?.type !== "list" || !isBelow(node, next)) return false;
    if (next.ordered || next.children.length > 1 || next.children[0]?.children.length !== 1) return false;
    const source = `${this.#sliceOf(node)}\n\\${this.#sliceOf(next)}`;
    const { children } = this.#parse(source);
    if (children.length !== 1 || children[0]?.type !== "paragraph") return false;
    this.#again(source, inside);
    return true;
  }

  /** Text that stands in one line of something else. */
  #line(text: string): Inline[] | null {
    // What closes a heading keeps marks at the text's end from being taken for that.
    const source = `# ${text} #`;
    if (!this.#affords(source)) return null;
    const [heading, ...more] = this.#parse(source).children;
    if (heading?.type !== "heading" || more.length > 0) return null;
    return readPhrasing(heading, this.#scope.definitions);
  }

  /** Whether Python-Markdown sees items where CommonMark sees an item's text that goes on, indented far. */
  #hidesList(source: string, inside: ContainerId | null): boolean {
    const isItem = inside !== null && this.#containers.get(inside)?.kind === "item";
    return this.#flavour === "mkdocs" && isItem && hiddenItem.test(source);
  }

  /**
   * Whether CommonMark sees indented code where Python-Markdown, which counts an item's indent in fours, sees
   * more of the item's text.
   */
  #isShallow(code: Code, inside: ContainerId | null): boolean {
    const { start } = code.position ?? {};
    if (this.#flavour !== "mkdocs" || inside === null || !start) return false;
    const levels = this.#pathTo(inside).slice(this.#pathTo(this.#scope.inside).length);
    const isInItems = levels.length > 0 && levels.every((each) => each.kind === "item");
    if (!isInItems || /^[`~]/.test(this.#sliceOf(code))) return false;
    const column = start.column - 1 + 4 + (/^ */.exec(code.value)?.[0].length ?? 0);
    return column < 4 * levels.length + 4;
  }

  /** Adds text that stands in a container, read by itself. */
  #again(source: string, inside: ContainerId | null): void {
    this.#read(source, this.#parse(source), inside);
  }

  #parse(source: string): Root {
    const defined = [...this.#scope.definitions.keys()];
    return parse(source, this.#flavour, { isStart: false, defined });
  }

  #affords(source: string): boolean {
    const costMs = costOf(source);
    if (costMs > this.#budget.leftMs) return false;
    this.#budget.leftMs -= costMs;
    return true;
  }

  #pathTo(id: ContainerId | null): Container[] {
    const container = id === null ? undefined : this.#containers.get(id);
    return container ? [...this.#pathTo(container.in), container] : [];
  }

  #block(
    type: string,
    attrs: Attrs,
    inside: ContainerId | null,
    content: readonly Inline[],
    table?: Table,
  ): void {
    const id = blockId.parse(this.#makeId());
    this.#blocks.push({ id, type, attrs, in: inside, content, ...(table ? { table } : {}) });
  }

  #container(kind: string, attrs: Attrs, inside: ContainerId | null): ContainerId {
    const id = containerId.parse(this.#makeId());
    this.#containers.set(id, { id, kind, attrs, in: inside });
    return id;
  }

  #sliceOf(node: Nodes): string {
    return this.#scope.source.slice(offsetOf(node), node.position?.end.offset);
  }
}

const empty: Root = { type: "root", children: [] };

const hiddenItem = /\n[ \t]{2,}(?:[-*+]|1\.) +\S/;

/** A text whose first hidden item, and what is indented as far, begins where the text does. */
function withoutIndent(source: string): string {
  return dedent(source, columnsOf(/\n([ \t]{2,})(?=[-*+]|1\.)/.exec(source)?.[1] ?? ""));
}
