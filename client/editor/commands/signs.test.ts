import { expect, test } from "vitest";
import { blockChoices } from "../block-choices.ts";
import { deskAt, show } from "./notation.stage.ts";
import { becomesSign, closeTitle, openTitle, takeSign, takeSignByEnter } from "./signs.ts";

/** What is typed into a page, and the page it makes: `⏎` is Enter. */
const cases: readonly (readonly [typed: string, before: string, after: string])[] = [
  ["# ", "p(|a)", "h1(|a)"],
  ["### ", "p(|)", "h3(|)"],
  ["## ", "h1(|a)", "h2(|a)"],
  ["- ", "p(|a)", "ul(li(p(|a)))"],
  ["* ", "quote(p(|a))", "quote(ul(li(p(|a))))"],
  ["1. ", "p(|)", "ol(li(p(|)))"],
  ["- ", "ul(li(p(a)) li(p(|)))", "ul(li(p(a)) li(p(- |)))"],
  ["[ ] ", "p(|a)", "tl(li(p(|a)))"],
  ["[x] ", "p(|a)", "tl(done(p(|a)))"],
  ["[] ", "ul(li(p(|a)))", "tl(li(p(|a)))"],
  ["[x] ", "ul(li(p(a)) li(p(|b)) li(p(c)))", "ul(li(p(a))) tl(done(p(|b))) ul(li(p(c)))"],
  ["> ", "p(|a)", "quote(p(|a))"],
  ["```js ", "p(|)", "code(|)"],
  ["```⏎", "p(|)", "code(|)"],
  ["---", "p(a) p(|)", "p(a) hr() p(|)"],
  ["---", "p(|a)", "p(---|a)"],
  ["!!! warning ", "p(|a)", "warning(p(|a))"],
  ["!!! note⏎", "p(|)", "note(p(|))"],
  ["??? question ", "p(|a)", "fold(title(|) p(a))"],
  ["=== ", "p(|a)", "tabs(tab(title(|) p(a)))"],
  ["a # ", "p(|)", "p(a # |)"],
  ["# ", "note(title(|t))", "note(title(# |t))"],
  ["# ", "code(|)", "code(# |)"],
];

for (const [typed, before, after] of cases)
  test(`"${typed}" typed in ${before} makes ${after}`, () => {
    const desk = deskAt(before);
    for (const char of typed) {
      if (char === "⏎") desk.run(takeSignByEnter);
      else {
        const isSign = becomesSign(desk.state, char);
        desk.type(char);
        if (desk.run(takeSign)) expect(isSign).toBe(true);
      }
    }
    desk.check();
    expect(show(desk)).toBe(after);
  });

test.each(blockChoices().filter(({ markdown }) => markdown))("the sign $markdown makes $name", (choice) => {
  const desk = deskAt("p(|)");
  desk.type(choice.markdown);
  if (!desk.run(takeSign)) {
    desk.type(" ");
    expect(desk.run(takeSign)).toBe(true);
  }
  expect(choice.isActive(desk.state) || choice.name === "rule").toBe(true);
  desk.check();
});

test.each([
  ["!!! danger ", "danger(title(Hot|) p())"],
  ["??? question ", "fold(title(Hot|) p())"],
  ["=== ", "tabs(tab(title(Hot|) p()))"],
])("quote marks behind %s are those around a title", (sign, after) => {
  const desk = deskAt("p(|)");
  desk.type(sign);
  desk.run(takeSign);
  desk.type('"');
  expect(desk.run(openTitle)).toBe(true);
  desk.type('Hot"');
  expect(desk.run(closeTitle)).toBe(true);
  desk.check();
  expect(show(desk)).toBe(after);
});

test("three question marks and a plus make a collapsible that is open", () => {
  const desk = deskAt("p(|)");
  desk.type("???+ tip ");
  desk.run(takeSign);
  expect(desk.state.doc.firstChild?.attrs).toMatchObject({ type: "tip", open: true });
});

test("undo takes the block back first, and leaves the sign as it was typed", () => {
  const desk = deskAt("p(|)");
  desk.type("# ");
  desk.run(takeSign);
  desk.undoManager.undo();
  desk.check();
  expect(show(desk).replace("|", "")).toBe("p(# )");
});

test("three backticks say the language", () => {
  const desk = deskAt("p(|)");
  desk.type("```ts ");
  desk.run(takeSign);
  expect(desk.state.doc.firstChild?.attrs["lang"]).toBe("ts");
  desk.check();
});
