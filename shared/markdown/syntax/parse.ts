import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Construct, Extension } from "micromark-util-types";
import type { Flavour } from "../flavour.ts";
import { footnoteCalls } from "./footnote-call.ts";
import { directives, footnoteDefinitions } from "./indented.ts";
import { ownNodes } from "./mdast.ts";

type Place = {
  /** Whether the page begins here: only there can front matter stand. */
  isStart: boolean;
  /** The names of definitions that stand elsewhere in the page. */
  defined: readonly string[];
};

/** The syntax tree of a text, or of a part of one. */
export function parse(text: string, flavour: Flavour, { isStart, defined }: Place): Root {
  const extensions = [...syntax[flavour]];
  if (isStart) extensions.push(frontmatter());
  if (defined.length > 0) extensions.push(definedElsewhere(defined));
  return fromMarkdown(text, { extensions, mdastExtensions });
}

/** Lets the parser know these names from its first line on: it asks for them only when all blocks are there. */
function definedElsewhere(names: readonly string[]): Extension {
  let isTold = false;
  const known: Construct = {
    tokenize(_effects, _ok, nok) {
      if (!isTold) for (const name of names) this.parser.defined.push(name.toUpperCase());
      isTold = true;
      return nok;
    },
  };
  return { document: { null: known } };
}

const common = [gfmTable(), footnoteDefinitions, footnoteCalls];
const syntax = {
  mkdocs: [...common, gfmStrikethrough({ singleTilde: false }), directives],
  gfm: [...common, gfmStrikethrough({ singleTilde: true })],
};
const mdastExtensions = [gfmStrikethroughFromMarkdown(), ownNodes];
