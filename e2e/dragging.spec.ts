import type { Browser } from "@playwright/test";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

const cells = ["head", "first", "second", "third"];
const table = "| head |\n| --- |\n| first |\n| second |\n| third |";

/** Ana and Bo at a page that holds these blocks. */
async function twoAt(browser: Browser, plenum: Plenum, ...lines: readonly string[]) {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Dragged about");
  const page = { title: "Lines", markdown: lines.join("\n\n") };
  await script.call("POST", `/api/surveys/${survey.id}/pages`, page);
  const link = await script.makesLink(survey.id, "editor");
  const [ana, bo] = [await Person.comes(browser, plenum, "Ana"), await Person.comes(browser, plenum, "Bo")];
  for (const person of [ana, bo]) {
    await person.entersAt(link);
    await person.goesTo(page.title);
    await person.sees(lines[0]!);
  }
  const bothSee = async (...expected: readonly string[]): Promise<void> => {
    for (const { text } of [ana, bo])
      await expect.poll(() => text.locator("p").allTextContents()).toEqual(expected);
    expect([...ana.faults, ...bo.faults]).toEqual([]);
  };
  return { ana, bo, bothSee };
}

/** Takes a block by its handle, and holds it above or below another. */
async function holds(person: Person, words: string, side: "above" | "below", other: string) {
  const { page } = person;
  await person.block(words).first().hover();
  await page.locator("[data-block-handle]").hover();
  await page.mouse.down();
  const { x, y, height } = (await person.block(other).first().boundingBox())!;
  await page.mouse.move(x + 20, y + height / 2, { steps: 6 });
  await page.mouse.move(x + 20, side === "above" ? y + 3 : y + height - 3, { steps: 3 });
}

async function drags(person: Person, words: string, side: "above" | "below", other: string) {
  await holds(person, words, side, other);
  await person.page.mouse.up();
}

test("blocks dragged one after another go where each is dropped, whatever else is done between", async ({
  browser,
  plenum,
}) => {
  const { ana, bo, bothSee } = await twoAt(browser, plenum, "one", "two", "three", "four", "five");

  await test.step("five drags in a row", async () => {
    await drags(ana, "one", "below", "three");
    await bothSee("two", "three", "one", "four", "five");
    await drags(ana, "four", "above", "two");
    await bothSee("four", "two", "three", "one", "five");
    await drags(ana, "five", "above", "four");
    await bothSee("five", "four", "two", "three", "one");
    await drags(ana, "one", "below", "five");
    await bothSee("five", "one", "four", "two", "three");
    await drags(ana, "five", "below", "three");
    await bothSee("one", "four", "two", "three", "five");
  });
  await test.step("Bo writes above what Ana holds, and in it", async () => {
    await holds(ana, "two", "below", "five");
    await bo.clicksBehind("one");
    await bo.types(" and a half");
    await bo.clicksBehind("two");
    await bo.types(" too");
    await ana.sees("one and a half", "two too");
    await ana.page.mouse.up();
    await bothSee("one and a half", "four", "three", "five", "two too");
  });
  await test.step("Bo deletes what Ana holds: nothing is dropped", async () => {
    await holds(ana, "four", "below", "five");
    await bo.clicksBehind("four");
    await bo.page.keyboard.press("ControlOrMeta+Shift+Enter");
    await bo.page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(ana.block("four")).toHaveCount(0);
    await ana.page.mouse.up();
    await bothSee("one and a half", "three", "five", "two too");
  });
  await test.step("a block's double is dragged, and the drag taken back", async () => {
    await ana.clicksBehind("three");
    await ana.page.keyboard.press("ControlOrMeta+Shift+Enter");
    await ana.page.getByRole("menuitem", { name: "Duplicate" }).click();
    await ana.clicksBehind("five");
    await drags(ana, "three", "below", "two too");
    await bothSee("one and a half", "three", "five", "two too", "three");
    await drags(ana, "five", "above", "one");
    await bothSee("five", "one and a half", "three", "two too", "three");
    await ana.page.keyboard.press("ControlOrMeta+z");
    await bothSee("one and a half", "three", "five", "two too", "three");
    await drags(ana, "five", "above", "one");
    await bothSee("five", "one and a half", "three", "two too", "three");
  });
});

test("a block's handle stays at its block while others write", async ({ browser, plenum }) => {
  const { ana, bo } = await twoAt(browser, plenum, "one", "two", "three");
  const handle = ana.page.locator("[data-block-handle]");
  await ana.block("three").hover();
  const before = (await handle.boundingBox())!;
  await bo.clicksBehind("one");
  await bo.page.keyboard.press("Enter");
  await bo.types("more");
  await ana.sees("more");
  await expect.poll(async () => (await handle.boundingBox())!.y).toBeGreaterThan(before.y + 10);
  await handle.click();
  await ana.page.getByRole("menuitem", { name: "Delete" }).click();
  await expect.poll(() => bo.text.locator("p").allTextContents()).toEqual(["one", "more", "two"]);
  expect([...ana.faults, ...bo.faults]).toEqual([]);
});

test("two people who move one thing at the same moment leave it there once", async ({ browser, plenum }) => {
  const { ana, bo } = await twoAt(browser, plenum, "one", "two", "three", "- four\n- five\n- six", table);
  const words = (person: Person) => person.text.locator("p, th, td").allTextContents();
  const caretIn = ({ page }: Person) => page.evaluate(() => getSelection()?.anchorNode?.textContent);
  const moved = async (word: string, key: string, expected: readonly string[]): Promise<void> => {
    await Promise.all(
      [ana, bo].map(async (person) => {
        await expect(async () => {
          await person.text.getByText(word, { exact: true }).click();
          expect(await caretIn(person)).toBe(word);
        }).toPass();
        await person.page.context().setOffline(true);
        await person.page.keyboard.press(key);
        await expect.poll(() => words(person)).toEqual(expected);
      }),
    );
    for (const person of [ana, bo]) await person.page.context().setOffline(false);
    for (const person of [ana, bo]) await expect(person.status("Saved")).toBeVisible();
    for (const person of [ana, bo]) await expect.poll(() => words(person)).toEqual(expected);
  };
  await moved("two", "Alt+Shift+ArrowUp", ["two", "one", "three", "four", "five", "six", ...cells]);
  await moved("one", "Alt+Shift+ArrowDown", ["two", "three", "one", "four", "five", "six", ...cells]);
  await moved("five", "Alt+Shift+ArrowUp", ["two", "three", "one", "five", "four", "six", ...cells]);
  const below = ["head", "second", "first", "third"];
  await moved("second", "Alt+Shift+ArrowUp", ["two", "three", "one", "five", "four", "six", ...below]);
  expect([...ana.faults, ...bo.faults]).toEqual([]);
});
