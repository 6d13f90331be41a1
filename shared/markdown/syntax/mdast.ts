import type { CompileContext, Extension } from "mdast-util-from-markdown";
import type { Token } from "micromark-util-types";

/*
 * How tokens become nodes where mdast has none of its own: a `raw` node (flow) or an `inlineRaw` node (in text)
 * holds the source of what is not understood. Paragraphs, headings and definitions keep their source beside them,
 * so that they can become raw, too.
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
  interface RootContentMap {
    raw: Raw;
    inlineRaw: InlineRaw;
  }
  interface BlockContentMap {
    raw: Raw;
  }
  interface PhrasingContentMap {
    inlineRaw: InlineRaw;
  }
  interface ParagraphData {
    source?: string;
  }
  interface HeadingData {
    source?: string;
  }
  interface DefinitionData {
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
export const rawNodes: Extension = {
  enter: {
    indentedBody: enterRaw,
    table: enterRaw,
    yaml: enterRaw,
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
    indentedBody: exitRaw,
    table: exitRaw,
    yaml: exitRaw,
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

/** How wide an indent is: a tab reaches to the next column that four divides. */
export function columnsOf(indent: string): number {
  return Array.from(indent).reduce((at, each) => (each === "\t" ? at + 4 - (at % 4) : at + 1), 0);
}

function enterRaw(this: CompileContext, token: Token): undefined {
  this.enter({ type: "raw", value: sourceOf(this, token) }, token);
  // What is in it has tokens of its own, which are caught here and let go.
  this.buffer();
}

function exitRaw(this: CompileContext, token: Token): undefined {
  this.resume();
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
