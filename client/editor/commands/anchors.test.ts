import type { Command } from "@tiptap/pm/state";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { flatText, placeAt, quoteAt } from "../../../shared/body/anchors.ts";
import { bodyText } from "../../../shared/body/format.ts";
import type { Desk } from "../binding/desk.stage.ts";
import { rangeOfThread, type Finder } from "../highlights.ts";
import { commands } from "./commands.stage.ts";
import { deleteBlock, duplicateBlock } from "./delete-block.ts";
import { enter } from "./enter.ts";
import { toggleList } from "./lists.ts";
import { moveBlockDown, moveBlockUp } from "./move.ts";
import { deskAt, updateOf } from "./notation.stage.ts";
import { toggleHeading } from "./retype.ts";
import { toggleCallout } from "./wraps.ts";

/*
 * Where a thread's words stand after everything that can be done to the structure of a page: alone, and while somebody
 * else, who has not heard of it, does something to the same words. By their positions, whatever is done; only where a
 * block is moved, which is a deletion and an insertion, by their quote.
 */

/** Every place where the words can stand. */
const pages = {
  "a paragraph": "p(before) p(one five three) p(behind)",
  "a heading": "p(before) h2(one five three) p(behind)",
  "an item": "ul(li(p(before)) li(p(one five three)) li(p(behind)))",
  "a callout": "p(before) note(title(what) p(one five three)) p(behind)",
} as const;

const moves: readonly Command[] = [moveBlockUp, moveBlockDown];

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

/** What somebody else does to the same line at the same time. */
const others: { readonly [name: string]: Deed } = {
  nothing: () => {},
  "typing before them": at("five", "before", (desk) => desk.type("very ")),
  "typing behind them": at("five", "behind", (desk) => desk.type(" and")),
  "typing within them": at("fi", "behind", (desk) => desk.type("i")),
  "a split before them": at("five", "before", does(enter)),
  "a split within them": at("fi", "behind", does(enter)),
  "a heading": at("five", "behind", does(toggleHeading(3))),
  "a list": at("five", "behind", does(toggleList("orderedList"))),
  "a callout": at("five", "behind", does(toggleCallout("warning"))),
  "a copy of the line": at("five", "behind", does(duplicateBlock)),
  "a deletion of the line behind": at("behind", "behind", does(deleteBlock)),
  "a deletion of the words that is undone": at("five", "select", (desk) => {
    desk.dispatch(desk.state.tr.deleteSelection());
    desk.undoManager.undo();
  }),
};

/** What is left of the words, with what was typed or put within them. */
const whole = /^fi{1,2}(\uFFFC|very |i)*(ve)?$|^five$/;

function meeting(page: string): { ana: Desk; bo: Desk; meet: () => void } {
  const start = updateOf(page);
  const [ana, bo] = [deskAt(page, 2, start), deskAt(page, 3, start)];
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(ana.doc), Y.encodeStateAsUpdate(bo.doc)];
    ana.receive(b);
    bo.receive(a);
    ana.check();
    bo.check();
  };
  return { ana, bo, meet };
}

/** The words of a thread as one sees them, found by positions alone or also by their quote. */
function words(
  desk: Desk,
  thread: Parameters<typeof rangeOfThread>[2],
  by: "positions" | "quote",
): string | null {
  const { binding } = desk;
  const finder: Finder = {
    rangeOf: (place) => (by === "positions" ? binding.rangeOf(place) : null),
    rangeInCells: () => null,
    placeInCells: () => null,
    flatText: by === "quote" ? binding.flatText : "",
  };
  const range = rangeOfThread(finder, desk.state.doc, thread);
  return range && desk.state.doc.textBetween(range.from, range.to, "", "\uFFFC");
}

const isGone: readonly string[] = ["deleteBlock"];

describe.each(Object.entries(pages))("Words in %s", (_, page) => {
  test.each(Object.entries(commands))(
    "are found after %s, alone and while others do anything else",
    (name, command) => {
      for (const [other, theirs] of Object.entries(others)) {
        const { ana, bo, meet } = meeting(page);
        const flat = flatText(bodyText(ana.doc));
        const start = flat.indexOf("five");
        const thread = { place: placeAt(ana.doc, start, start + 4), quote: quoteAt(flat, start, start + 4) };
        ana.find("five");
        ana.run(command);
        theirs(bo);
        meet();
        for (const desk of [ana, bo]) {
          // What an undone deletion brings back is new to all but who undid it: it is told by its quote, too.
          const isBack = other === "a deletion of the words that is undone" && desk === ana;
          const found = words(desk, thread, isBack ? "quote" : "positions");
          const why = `${name} and ${other}: ${String(desk.state.doc)}`;
          // Two lines say it then, and a place is never guessed.
          if (isBack && command === duplicateBlock) expect(found).toBeNull();
          else if (moves.includes(command))
            expect(found ?? words(desk, thread, "quote") ?? "five", why).toMatch(whole);
          else if (isGone.includes(name)) expect(found ?? "five", why).toMatch(/^(five|very |i|and|\s)*$/);
          else expect(found, why).toMatch(whole);
        }
      }
    },
  );

  test.each(moves)("are found by their quote after the block was moved", (move) => {
    const { ana } = meeting(page);
    const flat = flatText(bodyText(ana.doc));
    const start = flat.indexOf("five");
    const thread = { place: placeAt(ana.doc, start, start + 4), quote: quoteAt(flat, start, start + 4) };
    ana.find("five");
    ana.run(move);
    ana.check();
    expect(words(ana, thread, "positions") ?? words(ana, thread, "quote")).toBe("five");
  });
});
