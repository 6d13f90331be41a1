import { expect, test } from "vitest";
import { breakLine, enter } from "./enter.ts";
import { deskAt, show } from "./notation.stage.ts";

/** From the page in the first signs, Enter makes the page in the second. */
const cases: readonly (readonly [string, string, string])[] = [
  ["in a paragraph splits it", "p(one| two)", "p(one) p(| two)"],
  ["at a paragraph's start makes an empty line above", "p(|one)", "p() p(|one)"],
  ["at a paragraph's end makes an empty line below", "p(one|)", "p(one) p(|)"],
  ["in an empty line makes another", "p(|)", "p() p(|)"],
  ["in a heading splits it", "h2(one| two)", "h2(one) h2(| two)"],
  ["behind a heading begins text", "h2(one|)", "h2(one) p(|)"],
  ["at a heading's start makes a line of text above", "h2(|one)", "p() h2(|one)"],
  ["in an empty heading makes a line of text", "h2(|)", "h2() p(|)"],
  ["takes what is selected away first", "p(o|ne t|wo)", "p(o) p(|wo)"],
  [
    "over two items leaves the first, and a new one",
    "ul(li(p(o|ne)) li(p(t|wo)))",
    "ul(li(p(o)) li(p(|wo)))",
  ],
  ["in code makes a line of code", "code(a|b)", "code(a/|b)"],
  ["at the end of code makes a line of code", "code(a|)", "code(a/|)"],
  ["the third time at the end of code leaves it", "code(a//|) p(b)", "code(a) p(|) p(b)"],
  ["in properties makes a line of them", "props(a|)", "props(a/|)"],
  ["at a caption's end begins text behind the figure", "fig(one|)", "fig(one) p(|)"],
  ["in a caption leaves its rest as text", "fig(one| two)", "fig(one) p(| two)"],
  ["in a figure without a caption begins text", "fig(|)", "fig() p(|)"],
  ["on a selected rule begins a line behind it", "p(a) <hr()> p(b)", "p(a) hr() p(|) p(b)"],
  ["on a selected table begins a line behind it", "<table(a,b)>", "table(a,b) p(|)"],
  ["on a selected figure begins a line behind it", "<fig(a)>", "fig(a) p(|)"],

  [
    "in a title leaves its rest as a paragraph",
    "note(title(one| two) p(a))",
    "note(title(one) p(| two) p(a))",
  ],
  ["at a title's end goes to the first line", "note(title(one|) p(a))", "note(title(one) p(|a))"],
  ["at a title's end makes the first line", "note(title(one|))", "note(title(one) p(|))"],
  [
    "at a title's end makes a line before a list",
    "fold(title(one|) ul(li(p(a))))",
    "fold(title(one) p(|) ul(li(p(a))))",
  ],
  ["in an empty title goes to the first line", "fold(title(|) p())", "fold(title() p(|))"],
  ["at a title's start makes a line above it all", "note(title(|one) p(a))", "p() note(title(|one) p(a))"],
  [
    "at a tab's title's start leaves it empty",
    "tabs(tab(title(|one) p(a)))",
    "tabs(tab(title() p(|one) p(a)))",
  ],
  ["at the end of a title that stands alone begins text", "title(one|)", "title(one) p(|)"],

  ["in a quote splits its line", "quote(p(one| two))", "quote(p(one) p(| two))"],
  ["in an empty line leaves a quote", "quote(p(a) p(|))", "quote(p(a)) p(|)"],
  ["in an empty line parts a quote", "quote(p(a) p(|) p(b))", "quote(p(a)) p(|) quote(p(b))"],
  ["in the only, empty line of a quote takes it away", "quote(p(|))", "p(|)"],
  ["in an empty last line leaves a callout", "note(title(t) p(a) p(|))", "note(title(t) p(a)) p(|)"],
  ["in an empty line within a callout makes another", "note(p(a) p(|) p(b))", "note(p(a) p() p(|) p(b))"],
  ["in an empty last line leaves a collapsible", "fold(title(t) p(|))", "fold(title(t)) p(|)"],
  [
    "in an empty last line leaves a tab and its set",
    "tabs(tab(title(t) p(a) p(|)))",
    "tabs(tab(title(t) p(a))) p(|)",
  ],
  ["in an empty last line leaves a footnote", "p(^) fn(p(a) p(|))", "p(^) fn(p(a)) p(|)"],
  [
    "leaves one container at a time",
    "note(p(x) quote(p(a) fold(title(t) p(b) p(|))))",
    "note(p(x) quote(p(a) fold(title(t) p(b)) p(|)))",
  ],

  ["in an item makes another", "ul(li(p(one| two)))", "ul(li(p(one)) li(p(| two)))"],
  ["at an item's end makes an empty one", "ul(li(p(one|)))", "ul(li(p(one)) li(p(|)))"],
  ["at an item's start makes an empty one above", "ul(li(p(|one)))", "ul(li(p()) li(p(|one)))"],
  ["in an empty item leaves the list", "ul(li(p(a)) li(p(|)))", "ul(li(p(a))) p(|)"],
  ["in an empty item parts the list", "ul(li(p(a)) li(p(|)) li(p(b)))", "ul(li(p(a))) p(|) ul(li(p(b)))"],
  ["in an empty inner item goes one list out", "ul(li(p(a) ul(li(p(|)))))", "ul(li(p(a)) li(p(|)))"],
  [
    "gives a new item the children",
    "ul(li(p(one| two) ul(li(p(c)))))",
    "ul(li(p(one)) li(p(| two) ul(li(p(c)))))",
  ],
  ["in an item's second line splits that line", "ul(li(p(a) p(one| two)))", "ul(li(p(a) p(one) p(| two)))"],
  ["in an item's empty last line makes an item", "ul(li(p(a) p(|)))", "ul(li(p(a)) li(p(|)))"],
  ["behind a task makes one that is not done", "tl(done(p(a|)))", "tl(done(p(a)) li(p(|)))"],
  ["before a done task leaves it done", "tl(done(p(|a)))", "tl(li(p()) done(p(|a)))"],
  ["in a done task leaves the rest not done", "tl(done(p(a| b)))", "tl(done(p(a)) li(p(| b)))"],
  ["in an item that is a heading begins text", "ul(li(h2(a|)))", "ul(li(h2(a)) li(p(|)))"],
  ["before an item that is a heading begins text", "ul(li(h2(|a)))", "ul(li(p()) li(h2(|a)))"],
  [
    "deep in containers splits what it stands in",
    "note(title(t) quote(ul(li(p(one| two)))))",
    "note(title(t) quote(ul(li(p(one)) li(p(| two)))))",
  ],
];

for (const [what, before, after] of cases)
  test(`Enter ${what}`, () => {
    const desk = deskAt(before);
    desk.run(enter);
    desk.check();
    expect(show(desk)).toBe(after);
  });

test("Enter keeps the words' block: the empty line is the new one", () => {
  for (const [before, words] of [["p(|one)"], ["h2(|one)"], ["ul(li(p(|one)))"], ["ul(li(h2(|one)))"]].map(
    ([source]) => [source!, "one"] as const,
  )) {
    const desk = deskAt(before);
    desk.run(enter);
    desk.check();
    desk.find(words, "before");
    expect(desk.state.selection.$from.parent.attrs["id"]).toBe("b0");
  }
});

test("Shift+Enter breaks a line of text, and goes on in code", () => {
  for (const [before, after] of [
    ["p(a|b)", "p(a;|b)"],
    ["code(a|b)", "code(a/|b)"],
    ["note(title(a|))", "note(title(a;|))"],
  ] as const) {
    const desk = deskAt(before);
    desk.run(breakLine);
    desk.check();
    expect(show(desk)).toBe(after);
  }
});

test("Enter in a cell changes nothing", () => {
  const desk = deskAt("table(a,b)");
  desk.select(4);
  expect(desk.state.selection.$from.parent.type.name).toBe("tableCell");
  expect(desk.run(enter)).toBe(true);
  desk.check();
  expect(show(desk)).toContain("table(a,b)");
});
