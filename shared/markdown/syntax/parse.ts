import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import type { Flavour } from "../flavour.ts";
import { footnoteCalls } from "./footnote-call.ts";
import { directives, footnoteDefinitions } from "./indented.ts";
import { rawNodes } from "./mdast.ts";

/** The syntax tree of a text, or of a part of one: only where a page begins can front matter stand. */
export function parse(text: string, flavour: Flavour, isStart: boolean): Root {
  const extensions = isStart ? [frontmatter(), ...syntax[flavour]] : syntax[flavour];
  return fromMarkdown(text, { extensions, mdastExtensions });
}

const common = [gfmTable(), footnoteDefinitions, footnoteCalls];
const syntax = {
  mkdocs: [...common, gfmStrikethrough({ singleTilde: false }), directives],
  gfm: [...common, gfmStrikethrough({ singleTilde: true })],
};
const mdastExtensions = [gfmStrikethroughFromMarkdown(), rawNodes];
