import { chainCommands } from "@tiptap/pm/commands";
import type { Node } from "@tiptap/pm/model";
import type { Command, EditorState } from "@tiptap/pm/state";
import {
  Braces,
  ChevronRight,
  Heading1,
  Heading2,
  Heading3,
  Heading4,
  Image,
  List,
  ListOrdered,
  ListTodo,
  MessageSquareWarning,
  Minus,
  NotebookTabs,
  Quote,
  ScrollText,
  SquareCode,
  Superscript,
  Table,
  Type,
  type LucideIcon,
} from "lucide-react";
import { insertFootnote } from "./commands/footnotes.ts";
import { plainText, toggleList, type ListName } from "./commands/lists.ts";
import { insertProperties, insertRaw, insertRule } from "./commands/put.ts";
import { toggleCode, toggleHeading } from "./commands/retype.ts";
import { addTab, wrapInTabs } from "./commands/tabs.ts";
import { toggleCallout, toggleCollapsible, toggleQuote } from "./commands/wraps.ts";

/** A kind of block that can be chosen: by key, in the toolbar, in the slash menu and in a block's own menu. */
export type BlockChoice = {
  readonly name: BlockName;
  readonly icon: LucideIcon;
  /** The sign that makes it, typed at a line's beginning with a space behind it; empty where there is none. */
  readonly markdown: string;
  /** Its key, as ProseMirror's keymaps write it. */
  readonly key: string | null;
  /** Whether lines become it; else it is put in beside them. */
  readonly turns: boolean;
  readonly command: Command;
  readonly isActive: (state: EditorState) => boolean;
};

export type BlockName =
  | "paragraph"
  | `heading${1 | 2 | 3 | 4}`
  | ListName
  | "quote"
  | "callout"
  | "collapsible"
  | "tabSet"
  | "codeBlock"
  | "rule"
  | "footnoteHere"
  | "table"
  | "picture"
  | "pageProperties"
  | "rawMarkdown";

/** Whether the selection stands in such a node. */
const within =
  (is: (node: Node) => boolean) =>
  ({ selection: { $from } }: EditorState): boolean =>
    Array.from({ length: $from.depth + 1 }, (_, depth) => $from.node(depth)).some(is);

const named = (name: string) => within((node) => node.type.name === name);

/** Lists are told by the nearest one: an inner list is what it is whatever is around it. */
const inList =
  (name: ListName) =>
  ({ selection: { $from } }: EditorState): boolean => {
    for (let depth = $from.depth; depth > 0; depth -= 1)
      if ($from.node(depth).type.name === "listItem") return $from.node(depth - 1).type.name === name;
    return false;
  };

const never = (): boolean => false;

const heading = (level: 1 | 2 | 3 | 4, icon: LucideIcon): BlockChoice => ({
  name: `heading${level}`,
  icon,
  markdown: "#".repeat(level),
  key: `Mod-Alt-${level}`,
  turns: true,
  command: toggleHeading(level),
  isActive: within((node) => node.type.name === "heading" && node.attrs["level"] === level),
});

const list = (name: ListName, icon: LucideIcon, markdown: string, key: string): BlockChoice => ({
  name,
  icon,
  markdown,
  key,
  turns: true,
  command: toggleList(name),
  isActive: inList(name),
});

const box = (
  name: BlockName,
  icon: LucideIcon,
  markdown: string,
  command: Command,
  node: string,
): BlockChoice => ({ name, icon, markdown, key: null, turns: true, command, isActive: named(node) });

const put = (name: BlockName, icon: LucideIcon, markdown: string, command: Command): BlockChoice => ({
  name,
  icon,
  markdown,
  key: null,
  turns: false,
  command,
  isActive: never,
});

const text: BlockChoice = {
  name: "paragraph",
  icon: Type,
  markdown: "",
  key: "Mod-Alt-0",
  turns: true,
  command: plainText,
  isActive: (state) => state.selection.$from.parent.type.name === "paragraph",
};

/** What the others of the editor's rooms put in by commands of their own. */
export type Plugged = { readonly table?: Command; readonly picture?: Command };

/** All kinds of blocks, in the order in which they are offered. */
export function blockChoices(plugged: Plugged = {}): readonly BlockChoice[] {
  const { table, picture } = plugged;
  return [
    text,
    heading(1, Heading1),
    heading(2, Heading2),
    heading(3, Heading3),
    heading(4, Heading4),
    list("bulletList", List, "-", "Mod-Shift-8"),
    list("orderedList", ListOrdered, "1.", "Mod-Shift-7"),
    list("taskList", ListTodo, "[ ]", "Mod-Shift-9"),
    ...(table ? [put("table", Table, "", table)] : []),
    ...(picture ? [put("picture", Image, "", picture)] : []),
    { ...box("quote", Quote, ">", toggleQuote, "blockquote"), key: "Mod-Shift-b" },
    box("callout", MessageSquareWarning, "!!! note", toggleCallout(), "callout"),
    box("collapsible", ChevronRight, "??? question", toggleCollapsible(), "collapsible"),
    box("tabSet", NotebookTabs, "===", chainCommands(addTab, wrapInTabs), "tabSet"),
    { ...box("codeBlock", SquareCode, "```", toggleCode, "codeBlock"), key: "Mod-Alt-c" },
    put("rule", Minus, "---", insertRule),
    put("footnoteHere", Superscript, "", insertFootnote),
    put("pageProperties", ScrollText, "", insertProperties),
    put("rawMarkdown", Braces, "", insertRaw),
  ];
}
