import type { Command } from "@tiptap/pm/state";
import { backspace, deleteForward } from "./backspace.ts";
import { deleteBlock, duplicateBlock } from "./delete-block.ts";
import { enter } from "./enter.ts";
import { insertFootnote } from "./footnotes.ts";
import { indent, outdent } from "./indent.ts";
import { liftOut, unwrap } from "./lift.ts";
import { toggleList, toggleTask } from "./lists.ts";
import { moveBlockDown, moveBlockUp } from "./move.ts";
import { insertProperties, insertRule } from "./put.ts";
import { setParagraph, toggleCode, toggleHeading } from "./retype.ts";
import { addTab, removeTab, wrapInTabs } from "./tabs.ts";
import { addTitle, toggleCallout, toggleCollapsible, toggleQuote } from "./wraps.ts";

/** Every command on a line of text, by name. */
export const commands: { readonly [name: string]: Command } = {
  enter,
  backspace,
  deleteForward,
  indent,
  outdent,
  liftOut,
  unwrap,
  setParagraph,
  heading: toggleHeading(2),
  toggleCode,
  bulletList: toggleList("bulletList"),
  orderedList: toggleList("orderedList"),
  taskList: toggleList("taskList"),
  toggleTask: toggleTask(),
  toggleQuote,
  note: toggleCallout("note"),
  warning: toggleCallout("warning"),
  collapsible: toggleCollapsible(),
  addTitle,
  wrapInTabs,
  addTab,
  removeTab,
  insertRule,
  insertProperties,
  insertFootnote,
  moveBlockUp,
  moveBlockDown,
  duplicateBlock,
  deleteBlock,
};
