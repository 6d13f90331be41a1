import { expect, test } from "vitest";
import { CellSelection } from "@tiptap/pm/tables";
import { typeOver } from "./across.ts";
import { backspace } from "./backspace.ts";
import { enter } from "./enter.ts";
import { deskAt, show } from "./notation.stage.ts";

const cases: readonly (readonly [what: string, before: string, after: string])[] = [
  [
    "leaves no bullets without words",
    "p(aa|xx) ul(li(p(b) ul(li(p(c|d)))) li(p(e)))",
    "p(aaZ|d) ul(li(p(e)))",
  ],
  [
    "keeps the items behind an inner one",
    "p(aa|xx) ul(li(p(b) ul(li(p(c|d)) li(p(e)))) li(p(f)))",
    "p(aaZ|d) ul(li(p(e)) li(p(f)))",
  ],
  ["joins lines of two quotes", "quote(p(a|x) p(y)) p(z) quote(p(b|c) p(d))", "quote(p(aZ|c)) quote(p(d))"],
  ["joins two paragraphs", "p(a|x) p(y) p(b|c) p(d)", "p(aZ|c) p(d)"],
  ["joins a title with its body", "note(title(a|b) p(c|d) p(e))", "note(title(aZ|d) p(e))"],
  ["that ends behind a table leaves the line there", "p(a|b) p(c) table(d,e) p(|f)", "p(aZ|) p(f)"],
  ["that ends behind a table leaves code there", "p(a|b) table(d,e) code(|f)", "p(aZ|) code(f)"],
  ["that begins before a table leaves the line there", "p(a|) table(d,e) p(b|c)", "p(a) p(Z|c)"],
  ["that begins before a table leaves the box there", "quote(p(a|)) table(d,e) p(b|c)", "quote(p(a)) p(Z|c)"],
];

for (const [what, before, after] of cases) {
  test(`what is typed over a selection ${what}`, () => {
    const desk = deskAt(before);
    expect(desk.run(typeOver("Z"))).toBe(true);
    desk.check();
    expect(show(desk)).toBe(after);
  });

  test(`Backspace on a selection ${what}`, () => {
    const desk = deskAt(before);
    desk.run(backspace);
    desk.check();
    expect(show(desk)).toBe(after.replace("Z", ""));
  });
}

test("Enter over a selection leaves no bullets without words", () => {
  const desk = deskAt("p(aa|xx) ul(li(p(b) ul(li(p(c|d)))) li(p(e)))");
  desk.run(enter);
  desk.check();
  expect(show(desk)).toBe("p(aa) p(|d) ul(li(p(e)))");
});

test("items of one list keep to what they were", () => {
  const desk = deskAt("ul(li(p(a|x)) li(p(b) ul(li(p(c|d)) li(p(e)))))");
  desk.run(backspace);
  desk.check();
  expect(desk.run(typeOver("Z"))).toBe(false);
});

test.each([
  [0, 2, "Z,"],
  [2, 0, ",Z"],
])("what is typed over selected cells stands in the first of them: from %i to %i", (from, to, after) => {
  const desk = deskAt("p(|a) table(bb,c)");
  const first = 5;
  const ends = [from, to].map((end) => first + (end === 0 ? 0 : 4));
  desk.dispatch(desk.state.tr.setSelection(CellSelection.create(desk.state.doc, ends[0]!, ends[1]!)));
  desk.run(typeOver("Z"));
  desk.check();
  expect(show(desk).replaceAll("|", "")).toBe(`p(a) table(${after})`);
});
