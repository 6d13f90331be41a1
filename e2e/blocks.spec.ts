import type { Browser } from "@playwright/test";
import { keepsNobodyOut } from "./keeps-nobody-out.ts";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/** Ana at a page of her own that holds this Markdown. */
async function anaAt(browser: Browser, plenum: Plenum, markdown: string) {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Under the hand");
  await script.call("POST", `/api/surveys/${survey.id}/pages`, { title: "A page", markdown });
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.goesTo("A page");
  await ana.sees(markdown.split(/[-\n]+ ?/).find(Boolean)!);
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await ana.page.keyboard.press(key);
  };
  /** The lines of the page, each with what it is. */
  const lines = () =>
    ana.text.evaluate((text) =>
      [...text.querySelectorAll("p, h1, h2, h3, h4, pre, hr")].map((line) => {
        const around = line.closest("li, blockquote, .callout")?.localName ?? "";
        const words = (line.querySelector("code") ?? line).textContent;
        return `${around ? `${around} ` : ""}${line.localName} ${words}`.trim();
      }),
    );
  const becomes = (...expected: string[]) => expect.poll(lines).toEqual(expected);
  return { ana, press, becomes };
}

test("a slash offers blocks by name, and puts in the one that is chosen", async ({ browser, plenum }) => {
  const { ana, press, becomes } = await anaAt(browser, plenum, "Before.");
  const list = ana.page.getByRole("listbox", { name: "Blocks" });
  const current = list.getByRole("option", { selected: true });
  await ana.clicksBehind("Before.");
  await press("Enter", "/");
  await expect(current).toContainText("Text");
  await keepsNobodyOut(ana.page, "the list of blocks at a slash");
  await ana.types("list");
  await expect(list.getByRole("option")).toHaveCount(3);
  await press("ArrowDown");
  await expect(current).toContainText("Numbered list");
  await expect(ana.text).toHaveAttribute("aria-activedescendant", (await current.getAttribute("id"))!);
  await press("Enter");
  await expect(list).toBeHidden();
  await ana.types("first");
  await becomes("p Before.", "li p first");

  await test.step("Escape leaves the slash as a word", async () => {
    await press("Enter");
    await ana.types("and/or /");
    await expect(list).toBeVisible();
    await press("Escape");
    await expect(list).toBeHidden();
    await ana.types("x");
    await becomes("p Before.", "li p first", "li p and/or /x");
  });
  await test.step("a click chooses, and the text keeps the focus", async () => {
    await press("Enter");
    await ana.types("/head");
    await list.getByRole("option", { name: "Heading 2" }).click();
    await ana.types("Second");
    await becomes("p Before.", "li p first", "li p and/or /x", "li h2 Second");
  });
  expect(ana.faults).toEqual([]);
});

test("signs become blocks as they are typed, and undo gives the sign back", async ({ browser, plenum }) => {
  const { ana, press, becomes } = await anaAt(browser, plenum, "Before.");
  await ana.clicksBehind("Before.");
  await press("Enter");
  await ana.types("## ");
  await becomes("p Before.", "h2");
  await press("ControlOrMeta+z");
  await becomes("p Before.", "p ##");
  await press("Backspace", "Backspace", "Backspace");
  await ana.types("> ");
  await becomes("p Before.", "blockquote p");
  await press("Backspace");
  await becomes("p Before.", "p >");
  await press("Backspace", "Backspace");
  await ana.types("```js");
  await press("Enter");
  await ana.types("let x;");
  await becomes("p Before.", "pre let x;");
  await press("ControlOrMeta+Enter");
  await ana.types("[x] done");
  await becomes("p Before.", "pre let x;", "li p done");
  expect(ana.faults).toEqual([]);
});

test("a block is moved, doubled and deleted: by keys, by its menu, and by its handle", async ({
  browser,
  plenum,
}) => {
  const { ana, press, becomes } = await anaAt(browser, plenum, "One.\n\nTwo.\n\n## Three\n\n- four\n- five");
  await ana.clicksBehind("Two.");
  await press("Alt+Shift+ArrowUp");
  await becomes("p Two.", "p One.", "h2 Three", "li p four", "li p five");

  await press("ControlOrMeta+Shift+Enter");
  await ana.page.getByRole("menuitem", { name: "Duplicate" }).click();
  await becomes("p Two.", "p Two.", "p One.", "h2 Three", "li p four", "li p five");
  await expect(ana.text).toBeFocused();
  await press("ControlOrMeta+Shift+Enter");
  await ana.page.getByRole("menuitem", { name: "Delete" }).click();
  await becomes("p Two.", "p One.", "h2 Three", "li p four", "li p five");

  await test.step("the handle stands beside the block under the pointer, and its menu is the block's", async () => {
    await ana.block("Three").hover();
    const handle = ana.page.locator("[data-block-handle]");
    await handle.click();
    await ana.page.getByRole("menuitem", { name: "Turn into" }).click();
    await ana.page.getByRole("menuitemcheckbox", { name: "Heading 3" }).click();
    await becomes("p Two.", "p One.", "h3 Three", "li p four", "li p five");
  });
  await test.step("dragged by its handle, a block goes where it is dropped: an item, too", async () => {
    await ana.block("One.").hover();
    await ana.page.locator("[data-block-handle]").hover();
    await ana.page.mouse.down();
    const four = (await ana.block("four").boundingBox())!;
    await ana.page.mouse.move(four.x + 20, four.y + 30, { steps: 8 });
    await ana.page.mouse.move(four.x + 20, four.y + four.height - 3, { steps: 3 });
    await ana.page.mouse.up();
    await becomes("p Two.", "h3 Three", "li p four", "li p One.", "li p five");
  });
  expect(ana.faults).toEqual([]);
});

test("tasks are ticked by key, and items go in and out", async ({ browser, plenum }) => {
  const { ana, press } = await anaAt(browser, plenum, "- one\n- two");
  await ana.clicksBehind("two");
  await press("ControlOrMeta+Shift+9", "ControlOrMeta+Enter");
  await expect(ana.text.getByRole("checkbox").nth(1)).toBeChecked();
  await expect(ana.text.getByRole("checkbox").nth(0)).not.toBeChecked();
  await press("Tab");
  await expect(ana.text.locator("li li")).toContainText("two");
  await press("Shift+Tab");
  await expect(ana.text.locator("li li")).toHaveCount(0);
  expect(ana.faults).toEqual([]);
});

test("the toolbar on a phone is one row, and its menu has what has no room in it", async ({
  browser,
  plenum,
}) => {
  const { ana, becomes } = await anaAt(browser, plenum, "Some words here.");
  await ana.page.setViewportSize({ width: 390, height: 780 });
  await ana.selects("words");
  const toolbar = ana.page.getByRole("toolbar", { name: "Formatting" });
  await expect(toolbar).toBeVisible();
  const { x, width, height } = (await toolbar.boundingBox())!;
  expect(height).toBeLessThan(40);
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  await toolbar.getByRole("button", { name: "More" }).click();
  await ana.page.getByRole("menuitemcheckbox", { name: "Quote" }).click();
  await becomes("blockquote p Some words here.");
  expect(ana.faults).toEqual([]);
});
