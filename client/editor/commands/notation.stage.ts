import type { Node } from "@tiptap/pm/model";
import { NodeSelection, TextSelection } from "@tiptap/pm/state";
import * as Y from "yjs";
import type { Attrs, Body, Inline } from "../../../shared/body/blocks.ts";
import { writeBody } from "../../../shared/body/format.ts";
import { Desk } from "../binding/desk.stage.ts";

/*
 * Pages in a few signs, for tests:
 *
 *   p(words)  h2(words)  title()  code(a/b)  fig(caption)  raw()  props()  hr()  table()
 *   ul(li(p()))  ol(li(p()))  tl(li(p()) done(p()))  quote()  note()  warning()  fold()  tabs(tab())  fn()
 *
 * `|` is the caret, two of them a selection; `^` a reference to the page's footnote, `;` a break, `/` a new line
 * of code; `<p(words)>` is selected as a whole.
 */

const blocks: { readonly [name: string]: readonly [type: string, attrs: Attrs] } = {
  p: ["paragraph", {}],
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, ["heading", { level }] as const])),
  title: ["title", {}],
  code: ["code", {}],
  fig: ["figure", { src: "asset:a" }],
  raw: ["raw", {}],
  props: ["properties", {}],
  hr: ["rule", {}],
  table: ["table", {}],
};
const lists: { readonly [name: string]: string } = { ul: "bullet", ol: "ordered", tl: "task" };
const containers: { readonly [name: string]: readonly [kind: string, attrs: Attrs] } = {
  quote: ["quote", {}],
  note: ["callout", { type: "note" }],
  warning: ["callout", { type: "warning" }],
  fold: ["collapsible", { type: "question" }],
  tab: ["tab", {}],
  fn: ["footnote", {}],
};

/** The body that a page in signs stands for. Blocks are b0, b1 …, containers c0, c1 …, the footnote `fn`. */
export function bodyOf(source: string): Body {
  const body = { blocks: [] as object[], containers: new Map<string, object>() };
  const bare = source.replaceAll(/[|<>]/g, "");
  let at = 0;
  const read = (outer: string | null, list: string | null): void => {
    while (at < bare.length && bare[at] !== ")") {
      if (/\s/.test(bare[at]!)) at += 1;
      else one(outer, list);
    }
  };
  const one = (outer: string | null, list: string | null): void => {
    const name = bare.slice(at, bare.indexOf("(", at));
    at += name.length + 1;
    const block = blocks[name];
    if (block) {
      const end = bare.indexOf(")", at);
      const content = bare.slice(at, end);
      at = end + 1;
      const [type, attrs] = block;
      body.blocks.push({ id: `b${body.blocks.length}`, type, attrs, in: outer, ...holdings(type, content) });
      return;
    }
    const isGroup = name in lists || name === "tabs";
    const id = isGroup ? outer : name === "fn" ? "fn" : `c${body.containers.size}`;
    if (!isGroup) body.containers.set(id!, { id, in: outer, ...containerOf(name, list) });
    read(id, lists[name] ?? list);
    at += 1;
  };
  read(null, null);
  return body as unknown as Body;
}

function containerOf(name: string, list: string | null): { kind: string; attrs: Attrs } {
  if (name === "li" || name === "done")
    return { kind: "item", attrs: { list: list ?? "bullet", ...(name === "done" ? { checked: true } : {}) } };
  const known = containers[name];
  if (!known) throw new Error(`There is no sign "${name}"`);
  return { kind: known[0], attrs: known[1] };
}

function holdings(type: string, content: string): object {
  if (type === "table") {
    const cells = content.split(",").map((text) => (text ? [{ text }] : []));
    const columns = cells.map((_, n) => ({ id: `k${n}`, align: null }));
    return { content: [], table: { columns, rows: [{ id: "r0", cells }] } };
  }
  if (type === "code") return { content: content ? [{ text: content.replaceAll("/", "\n") }] : [] };
  const runs: Inline[] = content
    .split(/([;^])/)
    .filter(Boolean)
    .map((part) =>
      part === "^"
        ? { atom: { type: "footnote", to: "fn" } }
        : part === ";"
          ? { atom: { type: "break" } }
          : { text: part },
    );
  return { content: runs };
}

/** The page in signs as an update, for people who start from the same. */
export function updateOf(source: string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  writeBody(doc, bodyOf(source));
  return Y.encodeStateAsUpdate(doc);
}

/** A person at the page in signs, with the selection that the signs say. */
export function deskAt(source: string, client = 2, update = updateOf(source)): Desk {
  let made = 0;
  const desk = new Desk(() => `n${client}x${(made += 1)}`, client, update);
  putSelection(desk, source);
  return desk;
}

function putSelection(desk: Desk, source: string): void {
  const { doc, tr } = desk.state;
  const bare = source.replaceAll(/\n\s*/g, " ");
  const shown = signs(doc);
  const marks: number[] = [];
  let at = 0;
  for (const char of bare) {
    if (char === "|" || char === "<" || char === ">") marks.push(shown.positions[at]!);
    else at += 1;
  }
  if (bare && bare.replaceAll(/[|<>]/g, "") !== shown.text)
    throw new Error(`Not as shown: ${bare}\n${shown.text}`);
  const [anchor, head = anchor] = marks;
  if (anchor === undefined) return;
  const selection = bare.includes("<")
    ? NodeSelection.create(doc, anchor)
    : TextSelection.create(doc, anchor, head);
  desk.dispatch(tr.setSelection(selection));
}

/** A page, and its selection, in signs. */
export function show({ state: { doc, selection } }: Desk): string {
  const { text, positions } = signs(doc);
  const isNode = selection instanceof NodeSelection;
  const [from, to] = [selection.from, selection.to];
  let result = "";
  for (let at = 0; at <= text.length; at += 1) {
    const here = positions[at]!;
    if (isNode) {
      if (here === to && positions.indexOf(to) === at) result += ">";
      if (here === from && at === positions.indexOf(from) + (text[positions.indexOf(from)] === " " ? 1 : 0))
        result += "<";
    } else {
      if (here === from && positions.indexOf(from) === at) result += "|";
      if (here === to && to !== from && positions.indexOf(to) === at) result += "|";
    }
    result += text[at] ?? "";
  }
  return result;
}

/** The signs of a page, and for each of them the position of the page that stands before it. */
function signs(doc: Node): { text: string; positions: number[] } {
  let text = "";
  const positions: number[] = [];
  const put = (sign: string, position: number) => {
    for (const char of sign) {
      text += char;
      positions.push(position);
    }
  };
  const visit = (node: Node, position: number) => {
    const name = nameOf(node, doc.resolve(position).parent);
    put(name, position);
    // The opening bracket stands between the node's outside and its inside: the caret in it comes behind.
    put("(", position);
    if (node.type.name === "table")
      put(node.firstChild!.children.map((cell) => cell.textContent).join(","), -1);
    else if (node.isTextblock) line(node, position + 1, put);
    else children(node, position + 1);
    put(")", node.type.name === "table" || node.isLeaf ? -1 : position + node.nodeSize - 1);
  };
  const children = (parent: Node, start: number) => {
    parent.forEach((child, offset, n) => {
      if (n > 0) put(" ", start + offset);
      visit(child, start + offset);
    });
  };
  children(doc, 0);
  positions.push(doc.content.size);
  return { text, positions };
}

function line(node: Node, start: number, put: (sign: string, position: number) => void): void {
  node.forEach((child, offset) => {
    const sign = child.isText
      ? child.text!.replaceAll("\n", "/")
      : child.type.name === "hardBreak"
        ? ";"
        : "^";
    [...sign].forEach((char, n) => put(char, start + offset + n));
  });
}

const listNames: { readonly [name: string]: string } = {
  bulletList: "ul",
  orderedList: "ol",
  taskList: "tl",
};
const names: { readonly [name: string]: string } = {
  paragraph: "p",
  codeBlock: "code",
  figure: "fig",
  rawBlock: "raw",
  properties: "props",
  horizontalRule: "hr",
  blockquote: "quote",
  collapsible: "fold",
  tabSet: "tabs",
  footnote: "fn",
};

function nameOf(node: Node, parent: Node): string {
  const { name } = node.type;
  if (name === "heading") return `h${node.attrs["level"]}`;
  if (name === "callout") return String(node.attrs["type"]);
  if (name === "listItem")
    return parent.type.name === "taskList" && node.attrs["checked"] === true ? "done" : "li";
  return listNames[name] ?? names[name] ?? name;
}
