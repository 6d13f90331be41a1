import type { CompileContext, Extension } from "mdast-util-from-markdown";
import type { Token } from "micromark-util-types";

/*
 * How tokens become nodes where mdast has none of its own: an `indented` node and the `yaml` of a page hold source
 * that is to be read further, an `inlineRaw` node (in text) such as is kept. Paragraphs, headings, tables and
 * definitions have their source beside them, so that they can become raw, too. Nodes of type `raw` and `opened` are
 * only written.
 */

declare module "mdast" {
  interface Raw extends Node {
    type: "raw";
    value: string;
    data?: Data;
  }
  interface InlineRaw extends Node {
    type: "inlineRaw";
    value: string;
    data?: Data;
  }
  /** A construct with an indented body, as it is read. */
  interface Indented extends Node {
    type: "indented";
    value: string;
    data?: Data;
  }
  /** A construct with an indented body, as it is written. */
  interface Opened extends Parent {
    type: "opened";
    /** The line that opens it, up to its title. */
    opener: string;
    title: PhrasingContent[] | null;
    /** Whether a first paragraph begins on the line that opens it. */
    inLine: boolean;
    children: (BlockContent & RootContent)[];
    data?: Data;
  }
  interface RootContentMap {
    raw: Raw;
    indented: Indented;
    opened: Opened;
    inlineRaw: InlineRaw;
  }
  interface BlockContentMap {
    raw: Raw;
    indented: Indented;
    opened: Opened;
  }
  interface PhrasingContentMap {
    inlineRaw: InlineRaw;
  }
  interface ParagraphData {
    source?: string;
    /** A figure's, whose caption's HTML ends at a blank line. */
    hasCaption?: boolean;
    tight?: boolean;
  }
  interface CodeData {
    /** Whether it stands directly below text, or text directly below it. */
    tight?: boolean;
  }
  interface HeadingData {
    source?: string;
  }
  interface DefinitionData {
    source?: string;
  }
  interface TableData {
    source?: string;
  }
  interface ListData {
    /** The delimiter to write the list with. */
    mark?: string;
  }
}

declare module "mdast-util-from-markdown" {
  interface CompileData {
    /** The indent just met: what begins where it ends is indented by that many columns. */
    indent?: { end: number; columns: number };
  }
}

/** Nodes for the tokens of this folder, of tables and of front matter; sources for those that mdast knows. */
export const ownNodes: Extension = {
  enter: {
    indentedBody: enterSource("indented"),
    yaml: enterSource("yaml"),
    table(token) {
      const align = (token._align ?? []).map((each) => (each === "none" ? null : each));
      this.enter({ type: "table", align, children: [], data: { source: sourceOf(this, token) } }, token);
    },
    tableRow(token) {
      this.enter({ type: "tableRow", children: [] }, token);
    },
    tableData: enterCell,
    tableHeader: enterCell,
    inlineRaw(token) {
      this.enter({ type: "inlineRaw", value: this.sliceSerialize(token) }, token);
    },
    paragraph(token) {
      this.enter({ type: "paragraph", children: [], data: { source: sourceOf(this, token) } }, token);
    },
    definition(token) {
      const data = { source: sourceOf(this, token) };
      this.enter({ type: "definition", identifier: "", label: null, title: null, url: "", data }, token);
    },
  },
  exit: {
    linePrefix(token) {
      const columns = this.sliceSerialize(token, true).length;
      this.data.indent = { end: token.end.offset, columns };
    },
    indentedBody: exitSource,
    yaml: exitSource,
    table: exit,
    tableRow: exit,
    tableData: exit,
    tableHeader: exit,
    codeText: exitCodeText,
    inlineRaw(token) {
      this.exit(token);
    },
    atxHeading: exitHeading,
    setextHeading: exitHeading,
  },
};

/** Takes up to so many columns of indent from every line but the first; `least` columns are left where they were. */
export function dedent(source: string, columns: number, least = 0): string {
  if (columns === 0) return source;
  return source.replaceAll(/\n([ \t]+)/g, (_, indent: string) => {
    const own = columnsOf(indent);
    const left = Math.max(own - columns, own >= least ? least : 0);
    return own === indent.length ? `\n${indent.slice(own - left)}` : `\n${" ".repeat(left)}`;
  });
}

/** Takes an indent of up to so many columns from every line; what a tab reaches beyond them becomes spaces. */
export function unindent(source: string, columns: number): string {
  return source.replaceAll(/^[ \t]+/gm, (indent) => {
    let taken = 0;
    while (taken < indent.length && columnsOf(indent.slice(0, taken)) < columns) taken += 1;
    const beyond = Math.max(0, columnsOf(indent.slice(0, taken)) - columns);
    return " ".repeat(beyond) + indent.slice(taken);
  });
}

/** How wide an indent is: a tab reaches to the next column that four divides. */
export function columnsOf(indent: string): number {
  return Array.from(indent).reduce((at, each) => (each === "\t" ? at + 4 - (at % 4) : at + 1), 0);
}

function enterSource(type: "indented" | "yaml") {
  return function (this: CompileContext, token: Token): undefined {
    this.enter({ type, value: sourceOf(this, token) }, token);
    // What is in it has tokens of its own, which are caught here and let go.
    this.buffer();
  };
}

function exitSource(this: CompileContext, token: Token): undefined {
  this.resume();
  this.exit(token);
}

function enterCell(this: CompileContext, token: Token): undefined {
  this.enter({ type: "tableCell", children: [] }, token);
}

function exit(this: CompileContext, token: Token): undefined {
  this.exit(token);
}

/** In a cell, a pipe has a backslash even in code. */
function exitCodeText(this: CompileContext, token: Token): undefined {
  const value = this.resume();
  const node = this.stack.at(-1);
  const isInCell = this.stack.some((each) => each.type === "tableCell");
  if (node?.type === "inlineCode") node.value = isInCell ? value.replaceAll("\\|", "|") : value;
  this.exit(token);
}

function exitHeading(this: CompileContext, token: Token): undefined {
  const node = this.stack.at(-1);
  if (node?.type === "heading") node.data = { source: this.sliceSerialize(token) };
  this.data.setextHeadingSlurpLineEnding = undefined;
  this.exit(token);
}

function sourceOf(context: CompileContext, token: Token): string {
  const { indent } = context.data;
  const columns = indent?.end === token.start.offset ? indent.columns : 0;
  // A line of text that is indented by four begins nothing; with less it could.
  return dedent(context.sliceSerialize(token), columns, token.type === "table" ? 0 : 4);
}
