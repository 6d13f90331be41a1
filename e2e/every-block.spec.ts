import type { Browser } from "@playwright/test";
import { writeEveryBlock, writeLaterBlock } from "./every-block.ts";
import { keepsNobodyOut } from "./keeps-nobody-out.ts";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/** A survey whose first page holds every kind of block. */
async function everyBlock(plenum: Plenum): Promise<{ script: Program; survey: string }> {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Every block");
  const { id } = survey.pages[0]!;
  const { doc, provider } = script.joins(id);
  await expect.poll(() => provider.synced).toBe(true);
  writeEveryBlock(doc);
  await expect.poll(() => script.exports(id)).toContain("The end.");
  provider.destroy();
  await plenum.findsOnDisk(id, await script.writesAside(id, writeLaterBlock));
  return { script, survey: survey.id };
}

type Theme = "light" | "dark";

async function enters(
  browser: Browser,
  plenum: Plenum,
  name: string,
  role: string,
  colorScheme: Theme = "light",
): Promise<Person> {
  const { script, survey } = await everyBlock(plenum);
  // From the start: what is off the screen keeps its colours when the scheme changes, until it is drawn.
  const person = await Person.comes(browser, plenum, name, { colorScheme, reducedMotion: "reduce" });
  await person.entersAt(await script.makesLink(survey, role));
  await person.sees("The end.");
  return person;
}

for (const role of ["editor", "reader"])
  for (const colorScheme of ["light", "dark"] as const)
    test(`nothing on a page with every block shuts anybody out (${role}, ${colorScheme})`, async ({
      browser,
      plenum,
    }) => {
      const ana = await enters(browser, plenum, "Ana", role, colorScheme);
      await expect(ana.text.locator(".hljs-keyword").first()).toBeVisible();
      await ana.text.locator("details.properties > summary").click();
      await keepsNobodyOut(ana.page, "the page");
      expect(ana.faults).toEqual([]);
    });

for (const colorScheme of ["light", "dark"] as const)
  test(`nothing that opens over a page shuts anybody out (${colorScheme})`, async ({ browser, plenum }) => {
    const ana = await enters(browser, plenum, "Ana", "editor", colorScheme);
    const { page, text } = ana;
    const menu = page.getByRole("menu");
    const closes = async () => {
      await page.keyboard.press("Escape");
      await expect(menu).toHaveCount(0);
    };

    await test.step("a block's handle, and its menu with the one beside it", async () => {
      await ana.block("Authors of libraries").hover();
      const handle = page.locator("[data-block-handle]");
      await expect(handle).toBeVisible();
      await keepsNobodyOut(page, "the handle");
      await handle.click();
      await expect(menu).toBeVisible();
      await keepsNobodyOut(page, "the menu of a block");
      await page.getByRole("menuitem", { name: "Turn into" }).click();
      await expect(menu).toHaveCount(2);
      await keepsNobodyOut(page, "what a block can be turned into");
      await closes();
    });

    await test.step("a table's menu", async () => {
      await text.locator("th, td").first().click();
      await page.keyboard.press("Alt+F10");
      await expect(menu).toBeVisible();
      await keepsNobodyOut(page, "the menu of a table");
      await closes();
    });

    await test.step("the kinds of a callout", async () => {
      const note = text.getByRole("note", { name: "Note", exact: true });
      await note.getByRole("button", { name: "Note" }).click();
      await expect(menu).toBeVisible();
      await keepsNobodyOut(page, "the kinds of a callout");
      await closes();
    });

    await test.step("the list of blocks at a slash", async () => {
      await ana.clicksBehind("We rebuild everything, every time.");
      await ana.types(" /");
      await expect(page.getByRole("listbox", { name: "Blocks" })).toBeVisible();
      await keepsNobodyOut(page, "the list of blocks at a slash");
    });
    expect(ana.faults).toEqual([]);
  });

test("assistive technology is told what each block is", async ({ browser, plenum }) => {
  const { text } = await enters(browser, plenum, "Ana", "editor");
  await expect(text.getByRole("listitem").filter({ hasText: "Authors of libraries" })).toBeVisible();
  await expect(text.getByRole("list").filter({ hasText: "Ask the distributors" })).toBeVisible();
  await expect(text.getByRole("checkbox", { name: "Ask the distributors" })).not.toBeChecked();
  await expect(text.getByRole("checkbox", { name: "Read the standard" })).toBeChecked();
  await expect(text.getByRole("note", { name: "Warning" })).toContainText("Compilers");
  await expect(text.getByRole("note", { name: "Folklore" })).toBeVisible();
  await expect(text.getByRole("group").filter({ hasText: "Why not build everything" })).toBeVisible();
  await expect(text.getByRole("table")).toContainText("Linux");
  await expect(text.getByRole("code").filter({ hasText: "def build" })).toBeVisible();
  await expect(text.getByRole("img", { name: "Boxes and arrows" })).toBeVisible();
});

test("a collapsible opens at its marker or with the keyboard, and for nobody else", async ({
  browser,
  plenum,
}) => {
  const ana = await enters(browser, plenum, "Ana", "editor");
  const answer = ana.text.getByText("Because nobody has all the hardware.");
  const question = ana.text.locator("summary", { hasText: "Why not build everything" });
  await expect(answer).toBeHidden();

  await question.locator(".title-text").click();
  await ana.page.keyboard.press("End");
  await ana.types(" Say.");
  await expect(answer).toBeHidden();
  await expect(question).toContainText("on the index itself? Say.");

  await ana.page.keyboard.press("ControlOrMeta+Enter");
  await expect(answer).toBeVisible();
  await question.locator(".marker").click();
  await expect(answer).toBeHidden();
  expect(ana.faults).toEqual([]);
});

test("a tab is seen where its title is clicked, and another can be added", async ({ browser, plenum }) => {
  const ana = await enters(browser, plenum, "Ana", "editor");
  const [first, second] = [
    ana.text.getByText("pip install numpy"),
    ana.text.getByText("Ask the solver first."),
  ];
  await expect(first).toBeVisible();
  await expect(second).toBeHidden();
  await ana.text.locator(".tab-name", { hasText: "conda" }).click();
  await expect(second).toBeVisible();
  await expect(first).toBeHidden();

  await ana.text.getByRole("button", { name: "Add a tab" }).click();
  await ana.types("spack");
  await expect(ana.text.locator(".tab-name", { hasText: "spack" })).toBeVisible();
  await expect(second).toBeHidden();
  expect(ana.faults).toEqual([]);
});

test("a reader opens and turns to what is hidden with the keyboard alone", async ({ browser, plenum }) => {
  const ana = await enters(browser, plenum, "Ana", "reader");
  await ana.text.locator("summary", { hasText: "Why not" }).focus();
  await ana.page.keyboard.press("Enter");
  await expect(ana.text.getByText("Because nobody has all the hardware.")).toBeVisible();
  await ana.text.getByRole("button", { name: "conda" }).focus();
  await ana.page.keyboard.press("Enter");
  await expect(ana.text.getByText("Ask the solver first.")).toBeVisible();
  await expect(ana.text.getByRole("checkbox", { name: "Ask the distributors" })).toBeDisabled();
});

test("a task is ticked, a callout's kind chosen, a footnote followed there and back", async ({
  browser,
  plenum,
}) => {
  const ana = await enters(browser, plenum, "Ana", "editor");
  const task = ana.text.getByRole("checkbox", { name: "Ask the distributors" });
  await task.click();
  await expect(ana.text.locator("li.done", { hasText: "Ask the distributors" })).toBeVisible();

  await ana.clicksBehind("Authors of libraries");
  await ana.page.keyboard.press("ControlOrMeta+Shift+9");
  await expect(ana.text.getByRole("checkbox", { name: "Authors of libraries" })).toBeVisible();
  await ana.page.keyboard.press("ControlOrMeta+Shift+8");
  await expect(ana.text.getByRole("checkbox", { name: "Authors of libraries" })).toHaveCount(0);

  const note = ana.text.getByRole("note", { name: "Note", exact: true });
  await note.getByRole("button", { name: "Note" }).click();
  await ana.page.getByRole("menuitemradio", { name: "Tip" }).click();
  await expect(ana.text.getByRole("note", { name: "Tip" })).toContainText("without a title of its own");

  const reference = ana.text.getByLabel("Footnote 1", { exact: true });
  await reference.hover();
  await expect(ana.page.getByRole("tooltip")).toContainText("As the standard for platform tags says.");
  await reference.click();
  await ana.types("Look: ");
  await expect(ana.text.locator(".footnote")).toContainText("Look: As the standard");
  await ana.text.getByLabel("Back to the text from footnote 1").click();
  await expect(ana.block("A wheel says")).toBeInViewport();
  expect(ana.faults).toEqual([]);
});
