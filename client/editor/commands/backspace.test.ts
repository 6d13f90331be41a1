import { expect, test } from "vitest";
import { backspace, deleteForward } from "./backspace.ts";
import { deskAt, show } from "./notation.stage.ts";

type Case = readonly [what: string, before: string, after: string];

const backwards: readonly Case[] = [
  ["makes text of a heading", "h2(|a)", "p(|a)"],
  ["makes lines of text of code", "code(|a/b)", "p(|a) p(b)"],
  ["takes an empty source away", "raw(|)", "p(|)"],
  ["leaves source what it is", "raw(|a)", "raw(|a)"],
  ["at a caption's start selects the figure", "p(x) fig(|a)", "p(x) <fig(a)>"],
  ["makes a first line of a title", "note(title(|t) p(a))", "note(p(|t) p(a))"],
  ["takes an empty title away", "note(title(|) p(a))", "note(p(|a))"],
  ["makes a line of a container's only, empty title", "note(title(|))", "note(p(|))"],
  ["lifts a quote's first line", "quote(p(|a) p(b))", "p(|a) quote(p(b))"],
  ["takes a quote of one line away", "quote(p(|a))", "p(|a)"],
  ["lifts a callout's first line", "note(p(|a) p(b))", "p(|a) note(p(b))"],
  ["lifts a tab's first line", "tabs(tab(p(|a) p(b)))", "p(|a) tabs(tab(p(b)))"],
  ["lifts one container at a time", "note(p(x) quote(fold(p(|a))))", "note(p(x) quote(p(|a)))"],
  ["lifts an item", "ul(li(p(|a)) li(p(b)))", "p(|a) ul(li(p(b)))"],
  ["lifts an inner item one list out", "ul(li(p(a) ul(li(p(|b)))))", "ul(li(p(a)) li(p(|b)))"],
  ["lifts a task", "tl(li(p(a)) done(p(|b)))", "tl(li(p(a))) p(|b)"],
  ["then joins what was an item with the list", "ul(li(p(a))) p(|b)", "ul(li(p(a|b)))"],
  ["joins two lines", "p(a) p(|b)", "p(a|b)"],
  ["joins with a heading above", "h2(a) p(|b)", "h2(a|b)"],
  ["joins a container's first line with its title", "note(title(a) p(|b))", "note(title(a|b))"],
  ["joins with a container's last line", "note(title(t) p(a)) p(|b)", "note(title(t) p(a|b))"],
  ["joins deep into containers", "note(quote(ul(li(p(a))))) p(|b)", "note(quote(ul(li(p(a|b)))))"],
  ["joins an item's second line with its first", "ul(li(p(a) p(|b)))", "ul(li(p(a|b)))"],
  ["joins with a caption", "fig(a) p(|b)", "fig(a|b)"],
  ["joins words with code", "code(a) p(|b)", "code(a|b)"],
  ["does not put a reference into code", "code(a) p(|^)", "code(a|) p(^)"],
  ["selects a rule", "hr() p(|b)", "<hr()> p(b)"],
  ["selects a table", "table(a) p(|b)", "<table(a)> p(b)"],
  ["selects properties", "props(a) p(|b)", "<props(a)> p(b)"],
  ["selects a figure without a caption", "fig() p(|b)", "<fig()> p(b)"],
  ["selects a rule in a quote", "quote(p(a) hr()) p(|b)", "quote(p(a) <hr()>) p(b)"],
  ["takes an empty line behind a rule away", "hr() p(|)", "<hr()>"],
  ["at the page's start changes nothing", "p(|a)", "p(|a)"],
  ["takes an empty footnote back", "p(a^b) fn(p(|))", "p(a|b)"],
  ["takes an empty footnote back whose reference stands behind it", "p(a) fn(p(|)) p(b^)", "p(a) p(b|)"],
  ["lifts a footnote's words", "p(a^) fn(p(|b))", "p(a^) p(|b)"],
];

const forwards: readonly Case[] = [
  ["joins two lines", "p(a|) p(b)", "p(a|b)"],
  ["joins a heading's words", "p(a|) h2(b)", "p(a|b)"],
  ["joins a quote's only line", "p(a|) quote(p(b))", "p(a|b)"],
  ["joins a quote's first line", "p(a|) quote(p(b) p(c))", "p(a|b) quote(p(c))"],
  ["joins a title's words", "p(a|) note(title(t) p(b))", "p(a|t) note(p(b))"],
  ["joins an item with the next", "ul(li(p(a|)) li(p(b)))", "ul(li(p(a|b)))"],
  ["joins an item with its child", "ul(li(p(a|) ul(li(p(b) ul(li(p(c)))))))", "ul(li(p(a|b) ul(li(p(c)))))"],
  ["joins a list's first item", "p(a|) ul(li(p(b)) li(p(c)))", "p(a|b) ul(li(p(c)))"],
  ["joins what stands behind a container", "quote(p(a|)) p(b)", "quote(p(a|b))"],
  ["joins a title with its first line", "note(title(a|) p(b))", "note(title(a|b))"],
  [
    "takes one task up to a numbered item",
    "ol(li(p(a|))) tl(li(p(b)) done(p(c)))",
    "ol(li(p(a|b))) tl(done(p(c)))",
  ],
  ["leaves a callout its box", "quote(p(a|)) note(title(t) p(b))", "quote(p(a|t)) note(p(b))"],
  ["leaves a collapsible its box", "quote(p(a|)) fold(title(t) p(b))", "quote(p(a|t)) fold(p(b))"],
  ["takes a box that it empties away", "quote(p(a|)) note(p(b)) p(c)", "quote(p(a|b)) p(c)"],
  ["leaves the next tab its box", "tabs(tab(p(a|)) tab(title(t) p(b)))", "tabs(tab(p(a|t)) tab(p(b)))"],
  [
    "lifts children of an item that it takes up",
    "quote(p(a|)) ul(li(p(b) ul(li(p(c)))) li(p(d)))",
    "quote(p(a|b)) ul(li(p(c)) li(p(d)))",
  ],
  ["joins a line of code", "p(a|) code(b)", "p(a|b)"],
  ["does not make a paragraph of lines of code", "p(a|) code(b/c)", "p(a) code(|b/c)"],
  ["selects a rule", "p(a|) hr()", "p(a) <hr()>"],
  ["selects a table", "p(a|) table(a)", "p(a) <table(a)>"],
  ["selects a figure without a caption", "p(a|) fig()", "p(a) <fig()>"],
  ["takes an empty line before a rule away", "p(x) p(|) hr()", "p(x) <hr()>"],
  ["at the page's end changes nothing", "p(a|)", "p(a|)"],
];

for (const [key, command, cases] of [
  ["Backspace", backspace, backwards],
  ["Delete", deleteForward, forwards],
] as const)
  for (const [what, before, after] of cases)
    test(`${key} ${what}`, () => {
      const desk = deskAt(before);
      desk.run(command);
      desk.check();
      expect(show(desk)).toBe(after);
    });
