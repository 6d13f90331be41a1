import type { Browser, Page } from "@playwright/test";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";
import { Program } from "./outside.ts";

const lines = Array.from({ length: 60 }, (_, n) => `Paragraph ${n} says what there is to say of it.`);

/** Two people at one page of sixty paragraphs. */
async function atOnePage(browser: Browser, plenum: Plenum): Promise<{ ana: Person; bo: Person }> {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("A long page");
  const page = { title: "Sixty paragraphs", markdown: lines.join("\n\n") };
  await script.call("POST", `/api/surveys/${survey.id}/pages`, page);
  const ana = await Person.comes(browser, plenum, "Ana");
  const bo = await Person.comes(browser, plenum, "Bo");
  const link = await script.makesLink(survey.id, "editor");
  for (const person of [ana, bo]) {
    await person.entersAt(link);
    await person.goesTo(page.title);
    await person.sees("Paragraph 59");
  }
  return { ana, bo };
}

/** Where the caret's line is on the screen, in whole pixels, and how far the page is scrolled. */
function caretTop(page: Page): Promise<number> {
  return page.evaluate(() => {
    const selection = document.getSelection();
    if (!selection?.anchorNode) throw new Error("nothing is selected");
    const range = document.createRange();
    range.setStart(selection.anchorNode, Math.max(0, selection.anchorOffset - 1));
    range.setEnd(selection.anchorNode, selection.anchorOffset);
    return Math.round(range.getBoundingClientRect().top);
  });
}

test("what somebody writes above me moves neither my line on the screen nor my caret in it", async ({
  browser,
  plenum,
}) => {
  const { ana, bo } = await atOnePage(browser, plenum);
  await ana.clicksBehind("Paragraph 40 says what there is to say of it.");
  await ana.types(" Ana asks");
  const before = await caretTop(ana.page);

  await bo.clicksBehind("Paragraph 1 says");
  for (const line of ["first", "second", "third"]) {
    await bo.page.keyboard.press("Enter");
    await bo.types(`Bo writes a ${line} line above`);
  }
  await bo.page.keyboard.press("ControlOrMeta+Alt+2");
  await ana.sees("Bo writes a third line above");
  expect(Math.abs((await caretTop(ana.page)) - before)).toBeLessThanOrEqual(1);
  await ana.types(", and goes on");
  await bo.sees("Ana asks, and goes on");
});

test("a click that the browser has not told of yet is not undone by what somebody else types", async ({
  browser,
  plenum,
}) => {
  const { ana, bo } = await atOnePage(browser, plenum);
  await ana.clicksBehind("Paragraph 2 says");
  // From now on nothing is told of the selection: as on a busy machine, only longer.
  await ana.page.evaluate(() =>
    window.addEventListener("selectionchange", (event) => event.stopImmediatePropagation(), true),
  );
  await ana.page.evaluate(() => {
    const line = [...document.querySelectorAll(".ProseMirror p")].find((each) =>
      each.textContent?.startsWith("Paragraph 5 says"),
    );
    document.getSelection()?.collapse(line?.firstChild ?? null, "Paragraph 5".length);
  });
  await bo.clicksBehind("Paragraph 8 says");
  await bo.types(" (Bo)");
  await ana.sees("Paragraph 8 says (Bo)");
  await ana.types("!");
  await bo.sees("Paragraph 5! says");
});

test("a page's name stays under the pointer that presses it, though headings come in above it", async ({
  browser,
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Two pages");
  await script.call("POST", `/api/surveys/${survey.id}/pages`, {
    title: "The other",
    markdown: "Other words.",
  });
  const link = await script.makesLink(survey.id, "editor");
  const [ana, bo] = [await Person.comes(browser, plenum, "Ana"), await Person.comes(browser, plenum, "Bo")];
  for (const person of [ana, bo]) {
    await person.entersAt(link);
    await person.sees("Root causes");
    await expect(person.contents.getByRole("button", { name: "Goal" })).toBeVisible();
  }
  await ana.contents.getByRole("link", { name: "The other" }).hover();
  await ana.page.mouse.down();
  await bo.clicksBehind("Root causes");
  await bo.page.keyboard.press("Enter");
  await bo.types("## Something new");
  await expect(bo.contents.getByRole("button", { name: "Something new" })).toBeVisible();
  await ana.sees("Something new");
  await expect(ana.contents.getByRole("button", { name: "Something new" })).toHaveCount(0);
  await ana.page.mouse.up();
  await ana.sees("Other words.");
});
