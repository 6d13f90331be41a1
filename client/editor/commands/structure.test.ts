import type { Command } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { deleteBlock, duplicateBlock, selectBlock } from "./delete-block.ts";
import { goToFootnote, insertFootnote, returnFromFootnote } from "./footnotes.ts";
import { indent, outdent } from "./indent.ts";
import { liftOut, unwrap } from "./lift.ts";
import { toggleList, toggleTask } from "./lists.ts";
import { moveBlockDown, moveBlockUp, moveTo, placeBeside } from "./move.ts";
import { deskAt, show } from "./notation.stage.ts";
import { insertProperties, insertRaw, insertRule, lineBehind } from "./put.ts";
import { setParagraph, toggleCode, toggleHeading } from "./retype.ts";
import { addTab, removeTab, wrapInTabs } from "./tabs.ts";
import { addTitle, toggleCallout, toggleCollapsible, toggleQuote } from "./wraps.ts";

const bullets = toggleList("bulletList");
const numbers = toggleList("orderedList");
const tasks = toggleList("taskList");
const heading = toggleHeading(2);
const note = toggleCallout("note");
const warning = toggleCallout("warning");
const callout = toggleCallout();
const fold = toggleCollapsible();

/** What a command makes of a page; the same page where it does not apply. */
const cases: readonly (readonly [what: string, command: Command, before: string, after: string])[] = [
  ["A heading is made of a line", heading, "p(a|)", "h2(a|)"],
  ["A heading gets another level", heading, "h3(a|)", "h2(a|)"],
  ["A heading of that level becomes text", heading, "h2(a|)", "p(a|)"],
  ["All reached lines become headings", heading, "p(a|) h2(b) p(c|)", "h2(a|) h2(b) h2(c|)"],
  ["A heading is made of code", heading, "code(a|)", "h2(a|)"],
  ["A heading is made of a title", heading, "note(title(t|) p(a))", "note(h2(t|) p(a))"],
  ["A heading stays in its item", heading, "ul(li(p(a|)))", "ul(li(h2(a|)))"],
  [
    "Headings leave titles alone among other lines",
    heading,
    "note(title(|t) p(a|))",
    "note(title(|t) h2(a|))",
  ],
  ["A caption does not become a heading", heading, "fig(a|)", "fig(a|)"],
  ["Text is made of a heading", setParagraph, "h2(a|)", "p(a|)"],
  ["Text is made of code, line by line", setParagraph, "code(a/b|)", "p(a) p(b|)"],
  ["Code is made of a line", toggleCode, "p(a|)", "code(a|)"],
  ["Code is made of neighbouring lines at once", toggleCode, "p(a|) h2(b) p(|c)", "code(a|/b/|c)"],
  [
    "Code of lines in items stays in them",
    toggleCode,
    "ul(li(p(a|)) li(p(b|)))",
    "ul(li(code(a|)) li(code(b|)))",
  ],
  ["Code becomes lines of text again", toggleCode, "code(a/b|/c)", "p(a) p(b|) p(c)"],
  ["Code keeps breaks as lines", toggleCode, "p(a;b|)", "code(a/b|)"],
  ["Code is not made of a line with a reference", toggleCode, "p(a^|)", "p(a^|)"],

  ["A list is made of a line", bullets, "p(a|)", "ul(li(p(a|)))"],
  ["A list is made of lines, an item each", bullets, "p(a|) h2(b) p(c|)", "ul(li(p(a|)) li(p(b)) li(p(c|)))"],
  ["A list is joined by the line behind it", bullets, "ul(li(p(a))) p(b|)", "ul(li(p(a)) li(p(b|)))"],
  [
    "A list becomes one of another kind as it is",
    numbers,
    "ul(li(p(a|)) li(p(b)))",
    "ol(li(p(a|)) li(p(b)))",
  ],
  ["A list of tasks becomes bullets", bullets, "tl(done(p(a|)) li(p(b)))", "ul(li(p(a|)) li(p(b)))"],
  ["Only the inner list changes", tasks, "ul(li(p(a) ul(li(p(b|)))))", "ul(li(p(a) tl(li(p(b|)))))"],
  [
    "Items leave a list of their kind",
    bullets,
    "ul(li(p(a)) li(p(b|)) li(p(c)))",
    "ul(li(p(a))) p(b|) ul(li(p(c)))",
  ],
  ["All reached items leave the list", bullets, "ul(li(p(a|)) li(p(b|)))", "p(a|) p(b|)"],
  [
    "Children stay a list when their item leaves",
    bullets,
    "ul(li(p(a|) ul(li(p(b)))))",
    "p(a|) ul(li(p(b)))",
  ],
  ["Lines and lists become one list", tasks, "p(a|) ul(li(p(b))) p(c|)", "tl(li(p(a|)) li(p(b)) li(p(c|)))"],
  ["A list is made in a quote", numbers, "quote(p(a|))", "quote(ol(li(p(a|))))"],
  ["A title becomes the first item", bullets, "note(title(t|) p(a))", "note(ul(li(p(t|))) p(a))"],
  [
    "A second line of an item becomes an inner list",
    bullets,
    "ul(li(p(a) p(b|)))",
    "ul(li(p(a) ul(li(p(b|)))))",
  ],

  ["A task is ticked", toggleTask(), "tl(li(p(a|)))", "tl(done(p(a|)))"],
  ["A done task is not done", toggleTask(), "tl(done(p(a|)))", "tl(li(p(a|)))"],
  [
    "Reached tasks are ticked together",
    toggleTask(),
    "tl(li(p(a|)) done(p(b|)) li(p(c)))",
    "tl(done(p(a|)) done(p(b|)) li(p(c)))",
  ],
  ["A task at a position is ticked", toggleTask(1), "tl(li(p(a))) p(b|)", "tl(done(p(a))) p(b|)"],
  ["A bullet is no task", toggleTask(), "ul(li(p(a|)))", "ul(li(p(a|)))"],

  ["Tab moves an item in", indent, "ul(li(p(a)) li(p(b|)))", "ul(li(p(a) ul(li(p(b|)))))"],
  ["Tab moves a task in", indent, "tl(li(p(a)) li(p(b|)))", "tl(li(p(a) tl(li(p(b|)))))"],
  ["Tab leaves a first item", indent, "ul(li(p(a|)))", "ul(li(p(a|)))"],
  ["Tab indents code at the caret", indent, "code(a|b)", "code(a  |b)"],
  ["Tab indents reached lines of code", indent, "code(|a/b|/c)", "code(  |a/  b|/c)"],
  ["Shift+Tab moves an item out", outdent, "ul(li(p(a) ul(li(p(b|)))))", "ul(li(p(a)) li(p(b|)))"],
  [
    "Shift+Tab takes followers as children",
    outdent,
    "ul(li(p(a) ul(li(p(b|)) li(p(c)))))",
    "ul(li(p(a)) li(p(b|) ul(li(p(c)))))",
  ],
  ["Shift+Tab outdents code", outdent, "code(    a|/  b)", "code(  a|/  b)"],
  ["Shift+Tab lifts a line out of a callout", outdent, "note(title(t) p(a|))", "note(title(t)) p(a|)"],
  ["Shift+Tab parts a quote", outdent, "quote(p(a) p(b|) p(c))", "quote(p(a)) p(b|) quote(p(c))"],
  ["Shift+Tab lifts a title as a line", liftOut, "note(title(t|) p(a))", "p(t|) note(p(a))"],
  ["Shift+Tab leaves a line at the top alone", outdent, "p(a|)", "p(a|)"],

  ["A quote is put around lines", toggleQuote, "p(a|) p(b|) p(c)", "quote(p(a|) p(b|)) p(c)"],
  [
    "A quote is put around a whole list",
    toggleQuote,
    "ul(li(p(a|)) li(p(b|)))",
    "quote(ul(li(p(a|)) li(p(b|))))",
  ],
  ["A quote is taken away", toggleQuote, "quote(p(a|) p(b))", "p(a|) p(b)"],
  [
    "A quote of a title is one of its callout",
    toggleQuote,
    "note(title(t|) p(a))",
    "quote(note(title(t|) p(a)))",
  ],
  ["A callout is put around lines", note, "p(a|) ul(li(p(b|)))", "note(p(a|) ul(li(p(b|))))"],
  ["A callout gets another type", warning, "note(title(t) p(a|))", "warning(title(t) p(a|))"],
  ["A callout is taken away, its title stays as a line", note, "note(title(t) p(a|))", "p(t) p(a|)"],
  ["A callout of any type is taken away", callout, "warning(p(a|))", "p(a|)"],
  ["A callout's empty title goes with it", note, "note(title() p(a|))", "p(a|)"],
  ["A collapsible begins with its title", fold, "p(a|)", "fold(title(|) p(a))"],
  ["A collapsible is taken away", fold, "fold(title(t) p(a|))", "p(t) p(a|)"],
  ["A title is added", addTitle, "note(p(a|))", "note(title(|) p(a))"],
  ["A second title is not", addTitle, "note(title(t) p(a|))", "note(title(t) p(a|))"],
  ["Properties are not quoted", toggleQuote, "props(a|)", "props(a|)"],
  ["Containers are taken away from within", unwrap, "note(quote(p(a|) p(b)) p(c))", "note(p(a|) p(b) p(c))"],

  ["Tabs begin with a first one", wrapInTabs, "p(a|)", "tabs(tab(title(|) p(a)))"],
  [
    "A set of tabs beside another is its own",
    wrapInTabs,
    "tabs(tab(p(a))) p(b|)",
    "tabs(tab(p(a))) tabs(tab(title(|) p(b)))",
  ],
  [
    "A tab is added behind",
    addTab,
    "tabs(tab(p(a|)) tab(p(b)))",
    "tabs(tab(p(a)) tab(title(|) p()) tab(p(b)))",
  ],
  [
    "A tab is taken away, and its words stay",
    removeTab,
    "tabs(tab(title(t) p(a|)) tab(p(b)))",
    "p(t) p(a|) tabs(tab(p(b)))",
  ],

  ["A rule goes before an empty line", insertRule, "p(a) p(|)", "p(a) hr() p(|)"],
  ["A rule goes behind words", insertRule, "p(a|b)", "p(ab) hr() p(|)"],
  ["A rule goes before the next line", insertRule, "p(a|) p(b)", "p(a) hr() p(|b)"],
  ["A rule stays in its container", insertRule, "note(title(t|) p(a))", "note(title(t) hr() p(|a))"],
  ["Source can be written", insertRaw, "p(|)", "raw(|) p()"],
  ["Properties are put at the page's head", insertProperties, "p(a|)", "props(description: |) p(a)"],
  ["Properties are there once", insertProperties, "props(a) p(a|)", "props(a|) p(a)"],
  ["A line is begun behind code", lineBehind, "code(a|b)", "code(ab) p(|)"],

  ["A reference leads back", returnFromFootnote, "p(a^b) fn(p(c|))", "p(a^|b) fn(p(c))"],
  ["A reference leads to its footnote", goToFootnote, "p(a^|b) fn(p(c))", "p(a^b) fn(p(c|))"],

  ["A block goes up", moveBlockUp, "p(a) p(b|)", "p(b|) p(a)"],
  ["A block goes down", moveBlockDown, "p(a|) p(b)", "p(b) p(a|)"],
  ["A block goes over a container", moveBlockDown, "p(a|) quote(p(b) p(c))", "quote(p(b) p(c)) p(a|)"],
  ["A long block goes over a short one", moveBlockUp, "p(a) quote(p(b|) p(c|))", "quote(p(b|) p(c|)) p(a)"],
  ["A first block leaves its container upwards", moveBlockUp, "quote(p(a|) p(b))", "p(a|) quote(p(b))"],
  ["A last block leaves its container downwards", moveBlockDown, "quote(p(a) p(b|))", "quote(p(a)) p(b|)"],
  ["A title moves its container", moveBlockUp, "p(x) note(title(t|) p(a))", "note(title(t|) p(a)) p(x)"],
  [
    "A first line below a title leaves its box",
    moveBlockUp,
    "p(x) note(title(t) p(a|) p(b))",
    "p(x) p(a|) note(title(t) p(b))",
  ],
  [
    "A short line leaves a long title",
    moveBlockUp,
    "fold(title(long) p(|) p(b))",
    "p(|) fold(title(long) p(b))",
  ],
  ["An only line below a title leaves it", moveBlockUp, "note(title(t) p(a|))", "p(a|) note(title(t))"],
  [
    "A list of one item leaves its box",
    moveBlockUp,
    "fold(title(t) ul(li(p(a|))) p(b))",
    "ul(li(p(a|))) fold(title(t) p(b))",
  ],
  [
    "A first item leaves the box of its list",
    moveBlockUp,
    "note(title(t) ul(li(p(a|)) li(p(b))))",
    "ul(li(p(a|))) note(title(t) ul(li(p(b))))",
  ],
  [
    "A first line of a tab leaves it upwards",
    moveBlockUp,
    "tabs(tab(title(s) p(a|) p(b)) tab(title(t) p(c)))",
    "p(a|) tabs(tab(title(s) p(b)) tab(title(t) p(c)))",
  ],
  [
    "A first line of a later tab leaves it upwards",
    moveBlockUp,
    "tabs(tab(title(s) p(a)) tab(title(t) p(b|) p(c)))",
    "tabs(tab(title(s) p(a))) p(b|) tabs(tab(title(t) p(c)))",
  ],
  [
    "All lines below a title leave it",
    moveBlockUp,
    "p(x) note(title(t) p(|a) p(b|))",
    "p(x) p(|a) p(b|) note(title(t))",
  ],
  ["A container of one line moves with it", moveBlockUp, "p(x) quote(p(a|))", "quote(p(a|)) p(x)"],
  [
    "An item moves with its children",
    moveBlockUp,
    "ul(li(p(a)) li(p(b|) ul(li(p(c)))))",
    "ul(li(p(b|) ul(li(p(c)))) li(p(a)))",
  ],
  [
    "An inner item moves within its list",
    moveBlockDown,
    "ul(li(p(a) ul(li(p(b|)) li(p(c)))))",
    "ul(li(p(a) ul(li(p(c)) li(p(b|)))))",
  ],
  [
    "An inner last item goes one list out",
    moveBlockDown,
    "ul(li(p(a) ul(li(p(b)) li(p(c|)))))",
    "ul(li(p(a) ul(li(p(b)))) li(p(c|)))",
  ],
  [
    "A first item goes above what is before its list",
    moveBlockUp,
    "p(x) ul(li(p(a|)) li(p(b)))",
    "ul(li(p(a|))) p(x) ul(li(p(b)))",
  ],
  [
    "A last item goes below what is behind its list",
    moveBlockDown,
    "ul(li(p(a)) li(p(b|))) p(x)",
    "ul(li(p(a))) p(x) ul(li(p(b|)))",
  ],
  ["A first block stays first", moveBlockUp, "p(a|) p(b)", "p(a|) p(b)"],
  ["A selected rule goes up", moveBlockUp, "p(a) <hr()>", "<hr()> p(a)"],

  ["A block is moved into a quote", moveTo(0, 3, 7), "p(a) quote(p(b))", "quote(p(b) p(|a))"],
  ["A block is moved into a list as an item", moveTo(0, 3, 4), "p(a) ul(li(p(b)))", "ul(li(p(|a)) li(p(b)))"],
  [
    "An item is moved out as a list",
    moveTo(4, 9, 0),
    "p(x) tl(done(p(a)) li(p(b)))",
    "tl(done(p(|a))) p(x) tl(li(p(b)))",
  ],

  ["A block is doubled", duplicateBlock, "p(a|b) p(c)", "p(ab) p(a|b) p(c)"],
  [
    "An item is doubled with its children",
    duplicateBlock,
    "ul(li(p(a|) ul(li(p(b)))))",
    "ul(li(p(a) ul(li(p(b)))) li(p(a|) ul(li(p(b)))))",
  ],
  ["A block is deleted", deleteBlock, "p(a) p(b|) p(c)", "p(a) p(|c)"],
  [
    "An item is deleted with its children",
    deleteBlock,
    "ul(li(p(a|) ul(li(p(b)))) li(p(c)))",
    "ul(li(p(|c)))",
  ],
  ["A container that is left empty goes, too", deleteBlock, "p(a) quote(ul(li(p(b|))))", "p(a|)"],
  ["A page's only block leaves an empty line", deleteBlock, "h2(a|)", "p(|)"],
  ["A title is deleted with its container", deleteBlock, "note(title(t|) p(a)) p(b)", "p(|b)"],
  ["A block is selected", selectBlock, "p(x) quote(p(a|))", "p(x) <quote(p(a))>"],
];

for (const [what, command, before, after] of cases)
  test(`${what}: ${before}`, () => {
    const desk = deskAt(before);
    const applies = desk.run(command);
    desk.check();
    expect(show(desk)).toBe(after);
    if (!applies) expect(after).toBe(before);
    if (before === after) return;
    desk.undoManager.undo();
    desk.check();
    expect(show(desk).replaceAll(/[|<>]/g, "")).toBe(before.replaceAll(/[|<>]/g, ""));
  });

test("A footnote is put at the page's end, and its reference leads to it", () => {
  const desk = deskAt("p(a|b) p(c)");
  expect(desk.run(insertFootnote)).toBe(true);
  desk.check();
  expect(show(desk)).toBe("p(a^b) p(c) fn(p(|))");
  desk.type("why");
  expect(desk.run(returnFromFootnote)).toBe(true);
  expect(show(desk)).toBe("p(a^|b) p(c) fn(p(why))");
  desk.check();
});

test("What is dropped beside a line goes beside its item, and before a title before it all", () => {
  const { doc } = deskAt("p(a) ul(li(p(b) p(c))) note(title(t) p(d)) hr()").state;
  const places = (position: number) => [placeBeside(doc, position, -1), placeBeside(doc, position, 1)];
  const starts = new Map<string, number>();
  doc.descendants((node, position) => {
    if (node.isBlock) starts.set(node.textContent || node.type.name, position);
  });
  const inside = (words: string) => starts.get(words)! + 1;
  const item = inside("b") - 2;
  expect(places(inside("a"))).toEqual([0, 3]);
  expect(places(inside("b"))).toEqual([item, item + doc.nodeAt(item)!.nodeSize]);
  expect(places(inside("c"))).toEqual([inside("c") - 1, inside("c") + 2]);
  expect(places(inside("t"))).toEqual([inside("t") - 2, inside("t") + 2]);
  const rule = starts.get("horizontalRule")!;
  expect(places(rule)).toEqual([rule, rule + 1]);
});
