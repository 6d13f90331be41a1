import { baseKeymap, chainCommands, deleteSelection, toggleMark } from "@tiptap/pm/commands";
import type { Command } from "@tiptap/pm/state";
import { backspace, deleteForward } from "../commands/backspace.ts";
import { deleteBlock, duplicateBlock } from "../commands/delete-block.ts";
import { breakLine, enter } from "../commands/enter.ts";
import { insertFootnote } from "../commands/footnotes.ts";
import { indent, outdent } from "../commands/indent.ts";
import { liftOut, unwrap } from "../commands/lift.ts";
import { toggleList, toggleTask } from "../commands/lists.ts";
import { moveBlockDown, moveBlockUp, moveTo } from "../commands/move.ts";
import { insertProperties, insertRaw, insertRule, lineBehind } from "../commands/put.ts";
import { setParagraph, toggleCode, toggleHeading } from "../commands/retype.ts";
import { addTab, removeTab, wrapInTabs } from "../commands/tabs.ts";
import { unitOf } from "../commands/where.ts";
import { addTitle, toggleCallout, toggleCollapsible, toggleQuote } from "../commands/wraps.ts";
import {
  addColumn,
  addRow,
  alignColumns,
  deleteColumns,
  deleteRows,
  deleteTable,
  insertTable,
  moveColumns,
  moveRows,
} from "../table/commands.ts";
import { cellBelow, isAtCellEdge, nextCell } from "../table/moves.ts";
import { schema } from "./desk.stage.ts";
import type { Key, Where } from "./fuzz-plan.stage.ts";

/** Dragging: the block with the selection goes to a place between others that depends on where it stands. */
const drag: Command = (state, dispatch) => {
  const range = unitOf(state.tr);
  if (!range) return false;
  const place = (range.$from.index(0) * 7 + 3) % state.doc.childCount;
  return moveTo(range.start, range.end, startOf(state.doc.children, place))(state, dispatch);
};

const startOf = (blocks: readonly { nodeSize: number }[], n: number): number =>
  blocks.slice(0, n).reduce((sum, { nodeSize }) => sum + nodeSize, 0);

const marks = Object.values(schema.marks).map(
  (type) =>
    [type.name, toggleMark(type, type.name === "link" ? { href: "https://example.org" } : null)] as const,
);

const anywhere: Where = "anywhere";
const inTab: Where = { in: "tab" };
const inCell: Where = { in: "tableCell" };
const inItem: Where = { in: "listItem" };

const key = (
  name: string,
  effect: Key["effect"],
  where: Where,
  command: Command,
): readonly [Key, Command] => [{ name, where, effect }, command];

const inLists: readonly (readonly [Key, Command])[] = [
  key("bullets", "keeps", anywhere, toggleList("bulletList")),
  key("numbers", "keeps", anywhere, toggleList("orderedList")),
  key("tasks", "keeps", anywhere, toggleList("taskList")),
  key("tick", "keeps", inItem, toggleTask()),
  key("indent", "keeps", inItem, chainCommands(nextCell(1), indent)),
  key("outdent", "keeps", inItem, chainCommands(nextCell(-1), outdent)),
];

const kinds: readonly (readonly [Key, Command])[] = [
  ...marks.map(([name, command]) => key(name, "keeps", anywhere, command)),
  key("paragraph", "keeps", anywhere, setParagraph),
  ...[1, 2, 3, 4].map((level) => key(`heading ${level}`, "keeps", anywhere, toggleHeading(level))),
  key("code", "joins", anywhere, toggleCode),
];

const boxes: readonly (readonly [Key, Command])[] = [
  key("quote", "keeps", anywhere, toggleQuote),
  key("note", "keeps", anywhere, toggleCallout("note")),
  key("warning", "keeps", anywhere, toggleCallout("warning")),
  key("collapsible", "keeps", anywhere, toggleCollapsible()),
  key("title", "keeps", anywhere, addTitle),
  key("tabs", "keeps", anywhere, wrapInTabs),
  key("tab", "keeps", inTab, addTab),
  key("no tab", "keeps", inTab, removeTab),
  key("lift", "keeps", anywhere, liftOut),
  key("unwrap", "keeps", anywhere, unwrap),
];

const put: readonly (readonly [Key, Command])[] = [
  key("rule", "keeps", anywhere, insertRule),
  key("raw", "keeps", anywhere, insertRaw),
  key("properties", "keeps", anywhere, insertProperties),
  key("footnote", "keeps", anywhere, insertFootnote),
  key("line behind", "keeps", anywhere, lineBehind),
  key("table", "keeps", anywhere, insertTable(2, 2)),
];

const inTables: readonly (readonly [Key, Command])[] = [
  key("row above", "keeps", inCell, addRow(-1)),
  key("row below", "keeps", inCell, addRow(1)),
  key("column before", "keeps", inCell, addColumn(-1)),
  key("column behind", "keeps", inCell, addColumn(1)),
  key("row up", "keeps", inCell, moveRows(-1)),
  key("row down", "keeps", inCell, moveRows(1)),
  key("column back", "keeps", inCell, moveColumns(-1)),
  key("column on", "keeps", inCell, moveColumns(1)),
  key("align", "keeps", inCell, alignColumns("center")),
  key("no rows", "removes", inCell, deleteRows),
  key("no columns", "removes", inCell, deleteColumns),
  key("no table", "removes", inCell, deleteTable),
];

const lines: readonly (readonly [Key, Command])[] = [
  key("enter", "replaces", anywhere, chainCommands(cellBelow, enter)),
  key("break", "replaces", anywhere, breakLine),
  key("backspace", "joins", "start", withBase("Backspace", -1, backspace)),
  key("delete", "joins", "end", withBase("Delete", 1, deleteForward)),
];

function withBase(name: string, side: -1 | 1, own: Command): Command {
  return chainCommands(isAtCellEdge(side), deleteSelection, own, baseKeymap[name]!);
}

const wholes: readonly (readonly [Key, Command])[] = [
  key("delete block", "removes", anywhere, deleteBlock),
  key("double block", "doubles", anywhere, duplicateBlock),
  key("move up", "moves", anywhere, moveBlockUp),
  key("move down", "moves", anywhere, moveBlockDown),
  key("drag", "moves", anywhere, drag),
];

/** What people do most often stands here more than once. */
const entries = [
  ...lines,
  ...lines,
  ...lines,
  ...inLists,
  ...kinds,
  ...boxes,
  ...put,
  ...inTables,
  ...wholes,
];

/** All that can be done to a page, by name. */
export const commands: ReadonlyMap<string, Command> = new Map(
  entries.map(([{ name }, command]) => [name, command]),
);

/** The same for plans, each as often as it is to be tried. */
export const plenumKeys: readonly Key[] = entries.map(([key]) => key);
