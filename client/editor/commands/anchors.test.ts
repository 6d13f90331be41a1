import type { Command } from "@tiptap/pm/state";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { flatText, placeAt, quoteAt } from "../../../shared/body/anchors.ts";
import type { Body } from "../../../shared/body/blocks.ts";
import { mendDoubles } from "../../../shared/body/doubles.ts";
import { bodyText, writeBody } from "../../../shared/body/format.ts";
import type { Place, Quote } from "../../../shared/body/place.ts";
import { tableOf } from "../../../shared/body/table.stage.ts";
import type { Desk } from "../binding/desk.stage.ts";
import { rangeOfThread } from "../highlights.ts";
import {
  addColumn,
  addRow,
  alignColumns,
  deleteColumns,
  deleteRows,
  moveColumns,
  moveRows,
} from "../table/commands.ts";
import { commands } from "./commands.stage.ts";
import { deleteBlock, duplicateBlock } from "./delete-block.ts";
import { enter } from "./enter.ts";
import { toggleList } from "./lists.ts";
import { moveBlockDown, moveBlockUp, moveTo } from "./move.ts";
import { bodyOf, deskAt, updateOf } from "./notation.stage.ts";
import { toggleHeading } from "./retype.ts";
import { toggleCallout, toggleQuote } from "./wraps.ts";

/*
 * Where a thread's words stand after everything that can be done to the structure of a page: alone, and while somebody
 * else, who has not heard of it, does something to the same words. By their positions, whatever is done; only where
 * what holds them is moved or brought back, which is a deletion and an insertion, by their quote.
 */

/** Every place where the words can stand; of two neighbours that change places, the shorter one is moved. */
const pages = {
  "a paragraph": "p(before) p(one five three) p(behind)",
  "a short paragraph": "p(all that is before) p(one five three) p(behind it is more)",
  "a heading": "p(before) h2(one five three) p(behind)",
  "an item": "ul(li(p(before)) li(p(one five three)) li(p(behind)))",
  "a short item": "ul(li(p(all that is before)) li(p(one five three)) li(p(behind it is more)))",
  "a callout": "p(before) note(title(what) p(one five three)) p(behind)",
} as const;

type Deed = (desk: Desk) => void;

const at =
  (words: string, how: "before" | "behind" | "select", run: Deed): Deed =>
  (desk) => {
    desk.find(words, how);
    run(desk);
  };
const does =
  (command: Command): Deed =>
  (desk) =>
    void desk.run(command);

const nothing = "nothing";
const undone = "a deletion of the words that is undone";

/** What somebody else does to the words at the same time, wherever they stand. */
const anywhere: { readonly [name: string]: Deed } = {
  [nothing]: () => {},
  "typing before them": at("five", "before", (desk) => desk.type("very ")),
  "typing behind them": at("five", "behind", (desk) => desk.type(" and")),
  "typing within them": at("fi", "behind", (desk) => desk.type("i")),
  [undone]: at("five", "select", (desk) => {
    desk.dispatch(desk.state.tr.deleteSelection());
    desk.undoManager.undo();
  }),
};

/** And what they do to their line. */
const others: { readonly [name: string]: Deed } = {
  ...anywhere,
  "a split before them": at("five", "before", does(enter)),
  "a split within them": at("fi", "behind", does(enter)),
  "a heading": at("five", "behind", does(toggleHeading(3))),
  "a list": at("five", "behind", does(toggleList("orderedList"))),
  "a callout": at("five", "behind", does(toggleCallout("warning"))),
  "a quote": at("five", "behind", does(toggleQuote)),
  "a join to the line before": at("one", "before", (desk) => void desk.press("Backspace")),
  "a join of the line behind": at("three", "behind", (desk) => void desk.press("Delete")),
  "a move up": at("five", "behind", does(moveBlockUp)),
  "a move down": at("five", "behind", does(moveBlockDown)),
  "a copy of the line": at("five", "behind", does(duplicateBlock)),
  "a deletion of the line behind": at("behind", "behind", does(deleteBlock)),
};

const moves: readonly string[] = ["moveBlockUp", "moveBlockDown", "a move up", "a move down"];

/** How the words are found again: by their positions, by their quote; as what was typed in them, or not at all. */
type Found = "by place" | "by quote" | "as what was typed" | "not: they stand twice" | "not: they are gone";

/** What is not found by its positions, pair by pair; the first line that fits holds. */
type Exceptions = readonly (readonly [one: readonly string[], other: readonly string[], found: Found])[];

const exceptions: Exceptions = [
  // What was copied, moved or brought back is not what was deleted.
  [["deleteBlock"], ["a copy of the line", "a move up", "a move down", undone], "by quote"],
  [["deleteBlock"], ["typing within them"], "as what was typed"],
  [["deleteBlock"], Object.keys(others), "not: they are gone"],
  // The words have moved on, and where they stood stands what was typed there meanwhile.
  [moves, ["typing within them"], "as what was typed"],
  // A place is never guessed.
  [moves, ["a move up", "a move down", undone], "not: they stand twice"],
  [["duplicateBlock"], [undone], "not: they stand twice"],
  [moves, Object.keys(others), "by quote"],
  [[nothing, ...Object.keys(commands)], ["a move up", "a move down", undone], "by quote"],
];

function foundBy(known: Exceptions, one: string, other: string, isAna: boolean): Found {
  // Who takes a deletion back has the same words again as before; to all others they are new ones.
  if (other === undone && !isAna && !isDrag(one)) return "by place";
  return known.find(([ones, twos]) => ones.includes(one) && twos.includes(other))?.[2] ?? "by place";
}

/** What is left of the words, with what was typed or put within them. */
const whole = /^fi{1,2}(\uFFFC|very |i)*(ve)?$|^five$/;

const seen: { readonly [found in Found]: object } = {
  "by place": { place: expect.stringMatching(whole) },
  "by quote": { place: null, quote: "five" },
  "as what was typed": { place: "i" },
  "not: they stand twice": { place: null, quote: null, times: 2 },
  "not: they are gone": { place: null, quote: null, times: 0 },
};

type Thread = { place: Place; quote: Quote };
type Meeting = { ana: Desk; bo: Desk; meet: () => void };

function meetingAt(start: Uint8Array): Meeting {
  const [ana, bo] = [deskAt("", 2, start), deskAt("", 3, start)];
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(ana.doc), Y.encodeStateAsUpdate(bo.doc)];
    ana.receive(b);
    bo.receive(a);
    ana.check();
    bo.check();
  };
  return { ana, bo, meet };
}

/** The words of a thread as one sees them: found by positions alone, by their quote alone, and how often they stand. */
function look({ binding, state: { doc }, text }: Desk, { place, quote }: Thread) {
  const words = (by: Thread, flat: string): string | null => {
    const finder = {
      rangeOf: (where: Place) => binding.rangeOf(where),
      rangeInCells: (...args: Parameters<typeof binding.rangeInCells>) => binding.rangeInCells(...args),
      placeInCells: () => null,
      flatText: flat,
    };
    const range = rangeOfThread(finder, doc, by);
    return range && doc.textBetween(range.from, range.to, "", "\uFFFC");
  };
  return {
    place: words({ place, quote: { exact: "nowhere" } as Quote }, ""),
    quote: words({ place: { start: "", end: "" }, quote }, binding.flatText),
    times: text.split("five").length - 1,
  };
}

function threadIn({ doc }: Desk): Thread {
  const flat = flatText(bodyText(doc));
  const start = flat.indexOf("five");
  return { place: placeAt(doc, start, start + 4), quote: quoteAt(flat, start, start + 4) };
}

describe.each(Object.entries(pages))("Words in %s", (name, page) => {
  const start = updateOf(page);
  const isMoved = name.includes("short");
  const moved = (each: string) => (isMoved || !moves.includes(each) ? each : nothing);

  test.each(Object.entries(commands))(
    "are found after %s, alone and while others do anything else",
    (command, run) => {
      for (const [other, theirs] of Object.entries(others)) {
        const { ana, bo, meet } = meetingAt(start);
        const thread = threadIn(ana);
        ana.find("five");
        ana.run(run);
        theirs(bo);
        meet();
        for (const desk of [ana, bo]) {
          const found = foundBy(exceptions, moved(command), moved(other), desk === ana);
          const why = `${command} and ${other}, found ${found}: ${String(desk.state.doc)}`;
          expect(look(desk, thread), why).toMatchObject(seen[found]);
        }
      }
    },
  );
});

test("words that two people moved at once are found again when one of the two is taken away", () => {
  const { ana, bo, meet } = meetingAt(updateOf(pages["a short paragraph"]));
  const thread = threadIn(ana);
  others["a move up"]!(ana);
  others["a move down"]!(bo);
  meet();
  expect(look(ana, thread)).toMatchObject(seen["not: they stand twice"]);
  mendDoubles(ana.doc);
  ana.check();
  expect(look(ana, thread)).toMatchObject(seen["by quote"]);
});

const drag = "a drag of the table";
const isDrag = (name: string): boolean => name === drag;

/** What is done to the table around the words: to their row and column, and to others. */
const ofTables: { readonly [name: string]: Deed } = {
  "a row above": at("five", "behind", does(addRow(-1))),
  "a row below": at("five", "behind", does(addRow(1))),
  "a column before": at("five", "behind", does(addColumn(-1))),
  "a column behind": at("five", "behind", does(addColumn(1))),
  "a move of the row up": at("five", "behind", does(moveRows(-1))),
  "a move of the row down": at("five", "behind", does(moveRows(1))),
  "a move of the column forth": at("five", "behind", does(moveColumns(-1))),
  "a move of the column back": at("five", "behind", does(moveColumns(1))),
  "a deletion of the row above": at("north", "behind", does(deleteRows)),
  "a deletion of the row below": at("south", "behind", does(deleteRows)),
  "a deletion of the column before": at("west", "behind", does(deleteColumns)),
  "a deletion of the column behind": at("east", "behind", does(deleteColumns)),
  "an alignment": at("five", "behind", does(alignColumns("center"))),
  [drag]: (desk) => {
    const { firstChild, childCount, content } = desk.state.doc;
    expect(childCount).toBe(3);
    const start = firstChild!.nodeSize;
    desk.run(moveTo(start, start + desk.state.doc.child(1).nodeSize, content.size));
  },
};

const tableExceptions: Exceptions = [
  [[drag], [drag], "not: they stand twice"],
  [[drag], Object.keys({ ...anywhere, ...ofTables }), "by quote"],
  [Object.keys(ofTables), [drag, undone], "by quote"],
];

describe("Words in a table's cell", () => {
  const doc = new Y.Doc();
  const { blocks, containers } = bodyOf("p(before) table() p(behind)");
  const table = tableOf("nw north ne / west one-five-three east / sw south se");
  const body: Body = {
    containers,
    blocks: blocks.map((block) => (block.table ? { ...block, table } : block)),
  };
  writeBody(doc, body);
  const start = Y.encodeStateAsUpdate(doc);

  test.each(Object.entries(ofTables))(
    "are found after %s, alone and while others do anything else",
    (name, run) => {
      for (const [other, theirs] of Object.entries({ ...anywhere, ...ofTables })) {
        const { ana, bo, meet } = meetingAt(start);
        ana.find("five", "select");
        const { from, to } = ana.state.selection;
        const thread = ana.binding.placeInCells(ana.state.doc, { from, to })!;
        run(ana);
        theirs(bo);
        meet();
        for (const desk of [ana, bo]) {
          const found = foundBy(tableExceptions, name, other, desk === ana);
          const why = `${name} and ${other}, found ${found}: ${String(desk.state.doc)}`;
          expect(look(desk, thread), why).toMatchObject(seen[found]);
        }
      }
    },
  );
});
