import type {
  InlineCode,
  List,
  ListItem,
  Nodes,
  Opened,
  Parents,
  PhrasingContent,
  Root,
  Table,
  Text,
} from "mdast";
import { gfmStrikethroughToMarkdown } from "mdast-util-gfm-strikethrough";
import {
  defaultHandlers,
  type Handle,
  type Info,
  type Join,
  type Options,
  type State,
  type Unsafe,
} from "mdast-util-to-markdown";
import type { Flavour } from "../flavour.ts";
import "./mdast.ts";

/*
 * How nodes are written in each flavour, where the usual way is not ours.
 *
 * MkDocs: what stands in an item is indented by four columns (Python-Markdown counts in fours), breaks are two
 * spaces (it knows no backslash there), and what it cannot escape with a backslash is a character reference.
 */

declare module "mdast-util-to-markdown" {
  interface ConstructNameMap {
    raw: "raw";
    opened: "opened";
    tableCell: "tableCell";
  }
}

function options(flavour: Flavour): Options {
  return {
    emphasis: flavour === "mkdocs" ? "*" : "_",
    strong: "*",
    bullet: "-",
    fences: true,
    rule: "_",
    unsafe: [...unsafe, ...(flavour === "mkdocs" ? unsafeInMkdocs : unsafeInGfm)],
    join: [join],
    handlers: {
      ...gfmStrikethroughToMarkdown().handlers,
      root,
      raw: verbatim(),
      inlineRaw: verbatim(),
      inlineCode: Object.assign(inlineCode, { peek: () => "`" }),
      opened,
      table,
      thematicBreak,
      list,
      listItem: listItem(flavour),
      ...(flavour === "mkdocs" ? { text: mkdocsText, break: mkdocsBreak } : {}),
    },
  };
}

const spans: NonNullable<Unsafe["notInConstruct"]> = [
  "autolink",
  "destinationLiteral",
  "destinationRaw",
  "reference",
  "titleQuote",
  "titleApostrophe",
];

/** Tables, footnotes and character references, beyond what CommonMark needs. */
const unsafe: Unsafe[] = [
  { atBreak: true, character: "|", after: "[\t ]*[:|-]" },
  { atBreak: true, character: ":", after: "-" },
  { atBreak: true, character: "-", after: "[:|-]" },
  { before: "\\[", character: "^", inConstruct: "phrasing", notInConstruct: spans },
  { character: "|", inConstruct: "tableCell" },
];

const unsafeInGfm: Unsafe[] = [{ character: "~", inConstruct: "phrasing", notInConstruct: spans }];

const unsafeInMkdocs: Unsafe[] = [
  { character: "~", after: "(?=~)", inConstruct: "phrasing", notInConstruct: spans },
  { character: "~", before: "(?<=~)", inConstruct: "phrasing", notInConstruct: spans },
  { atBreak: true, character: "!", after: "!!" },
  { atBreak: true, character: "?", after: "\\?\\?" },
];

/** An ampersand is escaped where it would be a character reference, not wherever a letter follows. */
const reference = "(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|[A-Za-z][A-Za-z0-9]{0,31});";

function root(node: Root, _: Parents | undefined, state: State, info: Info): string {
  state.unsafe = state.unsafe.map((each) =>
    each.character === "&"
      ? { character: "&", after: reference, inConstruct: each.inConstruct ?? null }
      : each,
  );
  return state.containerFlow(node, info);
}

function verbatim(): Handle {
  const write: Handle = (node: { value: string }) => node.value;
  return Object.assign(write, { peek: (node: { value: string }) => node.value.charAt(0) });
}

/** `---` would be a heading under a paragraph, front matter at the top and an item of a list. */
function thematicBreak(node: Nodes, parent: Parents | undefined): string {
  return parent?.type === "root" && parent.children[0] !== node ? "---" : "___";
}

/** The characters that Python-Markdown lets a backslash escape. */
const escapable = "\\`*_{}[]()>#+-.!";

function mkdocsText(node: Text, _: Parents | undefined, state: State, info: Info): string {
  const encode = Array.from("\"$%&',/:;<=?@^|~").filter((each) => !escapable.includes(each));
  return state.safe(node.value, { ...info, encode });
}

function mkdocsBreak(_: Nodes, _parent: Parents | undefined, _state: State, info: Info): string {
  // Two breaks in a row would be a blank line, and that a new paragraph.
  return info.before === "\n" ? "<br>" : "  \n";
}

function list(node: List, _: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter("list");
  const written = state.containerFlow(node, info);
  exit();
  if (node.ordered || !isRuleLine(written)) return written;
  // Empty items in empty items (`- - -`) would be a thematic break.
  const mark = node.data?.mark === "+" ? "*" : "+";
  return state.handle({ ...node, data: { mark } }, undefined, state, info);
}

function isRuleLine(written: string): boolean {
  return /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(written.split("\n", 1)[0] ?? "");
}

function listItem(flavour: Flavour) {
  return (node: ListItem, parent: Parents | undefined, state: State, info: Info): string => {
    const marker = markerOf(node, parent);
    const least = marker.length + 1;
    const size = flavour === "mkdocs" ? Math.max(4, least) : least;
    const [first] = node.children;
    // Only one-line text can begin closer to the marker than the lines after it.
    const gap = first === undefined || first.type === "paragraph" || first.type === "heading" ? least : size;
    const tracker = state.createTracker(info);
    tracker.move(marker.padEnd(gap));
    tracker.shift(size);
    const exit = state.enter("listItem");
    const content = state.containerFlow(node, tracker.current());
    exit();
    return state.indentLines(content, (line, index, blank) => {
      if (index === 0) return blank ? marker : marker.padEnd(gap) + line;
      return blank ? "" : " ".repeat(size) + line;
    });
  };
}

function markerOf(item: ListItem, list: Parents | undefined): string {
  if (list?.type !== "list") return "-";
  const mark = list.data?.mark ?? (list.ordered ? "." : "-");
  return list.ordered ? `${(list.start ?? 1) + list.children.indexOf(item)}${mark}` : mark;
}

/** The line that opens a construct, and its body indented by four columns. */
function opened(node: Opened, _: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter("opened");
  const title = node.title === null ? "" : ` "${inLine(node.title, state, info)}"`;
  const tracker = state.createTracker(info);
  tracker.move(node.opener + title);
  tracker.shift(4);
  const body = state.containerFlow(node, tracker.current());
  exit();
  if (body === "") return node.opener + title;
  const start = node.inLine ? " " : `${title || !node.opener.startsWith("[") ? "\n" : ""}\n`;
  const lines = state.indentLines(body, (line, index, blank) => {
    return blank || (node.inLine && index === 0) ? line : `    ${line}`;
  });
  return node.opener + title + start + lines;
}

function inLine(children: PhrasingContent[], state: State, info: Info): string {
  const exit = state.enter("phrasing");
  const written = state.containerPhrasing(
    { type: "paragraph", children },
    { ...info, before: " ", after: " " },
  );
  exit();
  return written;
}

const delimiters = { left: ":---", center: ":---:", right: "---:" } as const;

/** Cells are not padded: else a longer word in one would change every line. */
function table(node: Table, _: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter("tableCell");
  const lines = node.children.map(({ children }) => {
    const cells = children.map((cell) => ` ${inLine(cell.children, state, info)} |`);
    return `|${cells.join("")}`;
  });
  exit();
  const aligns = (node.align ?? []).map((each) => `${each ? delimiters[each] : "---"}|`);
  return [lines[0], `|${aligns.join("")}`, ...lines.slice(1)].join("\n");
}

function inlineCode(node: InlineCode, parent: Parents | undefined, state: State): string {
  const written = defaultHandlers.inlineCode(node, parent, state);
  return state.stack.includes("tableCell") ? written.replaceAll("|", "\\|") : written;
}

/** Blank lines stand between items that are loose, within those, and outside of lists but for code close to text. */
const join: Join = (left, right, parent) => {
  const isPair = (left.type === "paragraph" && right.type === "code") || left.type === "code";
  if (isPair && (right.type === "paragraph" || right.type === "code") && right.data?.tight === true) return 0;
  const loose = left.type === "listItem" ? left.spread : parent.type !== "listItem" || parent.spread;
  return loose ? 1 : 0;
};

/** Options for `toMarkdown`, by flavour. */
export const output: { readonly [flavour in Flavour]: Options } = {
  mkdocs: options("mkdocs"),
  gfm: options("gfm"),
};
