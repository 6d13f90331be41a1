import type { Browser, Locator } from "@playwright/test";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";
import { Program } from "./outside.ts";

const markdown = `What is above.

| From | To  |
| ---- | --- |
| x    |     |

What is below.`;

/** Two people at one page with a table, a line above and a line below it. */
async function atOnePage(browser: Browser, plenum: Plenum): Promise<{ ana: Person; bo: Person }> {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Tables");
  const page = { title: "Ferries", markdown };
  await script.call("POST", `/api/surveys/${survey.id}/pages`, page);
  const ana = await Person.comes(browser, plenum, "Ana");
  const bo = await Person.comes(browser, plenum, "Bo");
  const link = await script.makesLink(survey.id, "editor");
  for (const person of [ana, bo]) {
    await person.entersAt(link);
    await person.goesTo(page.title);
    await person.sees("What is below");
  }
  return { ana, bo };
}

const cells = (person: Person): Locator => person.text.locator("th, td");

/** What stands in the rows of the table that a person sees: cells parted by |, rows by /. */
async function rows(person: Person): Promise<string> {
  const lines = await person.text
    .locator("tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent).join("|")));
  return lines.join(" / ");
}

const seesRows = (person: Person, expected: string | RegExp): Promise<void> =>
  expect.poll(() => rows(person)).toMatch(expected);

test("two people work on a table by keyboard and menu, and whatever both do to it, it keeps all their words", async ({
  browser,
  plenum,
}) => {
  const { ana, bo } = await atOnePage(browser, plenum);

  await test.step("Ana goes through it by Tab and Enter, and makes it larger by them and by its menu", async () => {
    await cells(ana).nth(1).click();
    await ana.page.keyboard.press("Alt+F10");
    await ana.page.getByRole("menuitem", { name: "Column to the right" }).click();
    await expect(ana.text).toBeFocused();
    await ana.types("At");
    await ana.page.keyboard.press("Tab");
    await ana.page.keyboard.press("ControlOrMeta+a");
    await ana.types("Kirkwall");
    for (let n = 0; n < 3; n += 1) await ana.page.keyboard.press("Tab");
    await ana.types("---");
    await seesRows(bo, /^From\|To\|At \/ Kirkwall\|\| \/ ---\|\|$/);
    await expect(cells(bo).first()).toHaveRole("columnheader");
  });

  await test.step("both write in one cell and see each other there", async () => {
    await cells(bo).nth(3).click();
    await bo.page.keyboard.press("End");
    await bo.types(" pier");
    await expect(ana.caretOf("Bo")).toBeAttached();
    await seesRows(ana, /Kirkwall pier/);
  });

  await test.step("Ana deletes the row in which Bo, offline, writes: his words bring it back", async () => {
    await bo.page.context().setOffline(true);
    await bo.types(", east");
    await cells(ana).nth(3).click();
    await ana.page.keyboard.press("Alt+F10");
    await ana.page.getByRole("menuitem", { name: "Delete row" }).click();
    await seesRows(ana, /^From\|To\|At \/ ---\|\|$/);
    await bo.page.context().setOffline(false);
    await seesRows(ana, /^From\|To\|At \/ , east\|\| \/ ---\|\|$/);
    await seesRows(bo, /^From\|To\|At \/ , east\|\| \/ ---\|\|$/);
  });

  await test.step("undo brings back the row's other words", async () => {
    await ana.text.focus();
    await ana.page.keyboard.press("ControlOrMeta+z");
    await seesRows(bo, /Kirkwall pier, east/);
  });

  await test.step("rows and columns move by keyboard, with the caret in them", async () => {
    await cells(ana).nth(3).click();
    await ana.page.keyboard.press("End");
    await ana.page.keyboard.press("Alt+Shift+ArrowDown");
    await ana.page.keyboard.press("Alt+Shift+ArrowRight");
    await ana.types("!");
    await seesRows(bo, /^To\|From\|At \/ \|---\| \/ \|Kirkwall pier, east!\|$/);
  });

  await test.step("a thread stands on the words of a cell", async () => {
    await ana.page.keyboard.press("ControlOrMeta+a");
    await ana.comments("Is it?");
    await bo.seesThread("Kirkwall pier, east!", ["Is it?"]);
  });

  await test.step("at its edges the table lets the caret out, and keeps what deleting would take", async () => {
    await cells(ana).nth(7).click();
    await ana.page.keyboard.press("Home");
    await ana.page.keyboard.press("Backspace");
    await seesRows(ana, /\|Kirkwall pier, east!\|$/);
    await ana.page.keyboard.press("ArrowDown");
    await ana.types("So ");
    await bo.sees("So What is below.");
    await cells(ana).nth(7).click();
    await ana.page.keyboard.press("Enter");
    await ana.types("A new line.");
    await expect(bo.block("A new line.")).toHaveCount(1);
  });

  await test.step("nobody's browser has mended anything or thrown", async () => {
    for (const person of [ana, bo]) expect(person.faults).toEqual([]);
    await ana.page.reload();
    await seesRows(ana, /^To\|From\|At \/ \|---\| \/ \|Kirkwall pier, east!\|$/);
  });
});
