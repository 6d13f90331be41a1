import type { Browser } from "@playwright/test";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/** Ana at a page of her own that holds this Markdown. */
async function anaAt(browser: Browser, plenum: Plenum, markdown: string) {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Where the caret is");
  const added = await script.call("POST", `/api/surveys/${survey.id}/pages`, { title: "A page", markdown });
  const { id } = (await added.json()) as { id: string };
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.goesTo("A page");
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await ana.page.keyboard.press(key);
  };
  /** What the server gives out once it holds these words. */
  const holds = async (words: string): Promise<string> => {
    await expect.poll(() => script.exports(id)).toContain(words);
    return script.exports(id);
  };
  return { ana, press, holds };
}

const boxes = [
  ["collapsible", ".collapsible .title", (name: string) => `??? question "${name}"\n    Because.`],
  ["callout", ".callout .title", (name: string) => `!!! note "${name}"\n    Because.`],
  ["tab", ".tab-name", (name: string) => `Tabs:\n\n=== "First"\n    One.\n\n=== "${name}"\n    Because.`],
] as const;

for (const [box, title, write] of boxes)
  test(`a ${box}'s title that becomes another block keeps the caret`, async ({ browser, plenum }) => {
    const markdown = ["Eins", "Zwei", "Drei"].map(write).join("\n\n");
    const { ana, press, holds } = await anaAt(browser, plenum, markdown);
    for (const [name, key, before] of [
      ["Eins", "Backspace", ""],
      ["Zwei", "Control+Alt+2", "## "],
      ["Drei", "Control+Alt+c", ""],
    ] as const) {
      await ana.text.locator(title, { hasText: name }).click();
      await press("Home", key);
      await ana.types("QQ");
      expect(await holds("QQ" + name)).toContain(`${before}QQ${name}`);
    }
    expect(ana.faults).toEqual([]);
  });

test("Tab stays in the text of who writes, and after Escape goes to what follows the text", async ({
  browser,
  plenum,
}) => {
  const markdown = 'Words\n\n!!! note "Named"\n    Boxed\n\n=== "First"\n    One.\n\n- [ ] A task';
  const { ana, press, holds } = await anaAt(browser, plenum, markdown);
  for (const words of ["Words", "Named", "Boxed", "First"]) {
    await ana.text.getByText(words, { exact: true }).click();
    await press("End", "Tab");
    await ana.types("+");
    await holds(`${words}+`);
  }
  for (const key of ["Tab", "Shift+Tab"]) {
    await ana.text.getByText("Words").click();
    await press("Escape", key);
    await expect(ana.text).not.toBeFocused();
    expect(await ana.text.evaluate((text) => text.contains(document.activeElement))).toBe(false);
  }
  expect(ana.faults).toEqual([]);
});

test("what is typed after pasting a list stands at its end", async ({ browser, plenum }) => {
  const { ana, press, holds } = await anaAt(browser, plenum, "here:\n\nrest");
  await ana.text.getByText("here:").click();
  await press("End", "Enter");
  await ana.text.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/html", "<ul><li>aa</li><li>bb</li></ul>");
    text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await ana.types("X");
  expect(await holds("X")).toContain("- aa\n- bbX\n\nrest");
  expect(ana.faults).toEqual([]);
});

test("what is typed over selected cells stands in the first of them", async ({ browser, plenum }) => {
  const { ana, press, holds } = await anaAt(
    browser,
    plenum,
    "| one | two |\n| --- | --- |\n| three | four |",
  );
  await ana.text.getByText("one").click();
  await press("Home", "Shift+ArrowDown");
  await ana.types("Z");
  expect(await holds("Z")).toContain("| Z |  |\n|---|---|\n| three | four |");
  expect(ana.faults).toEqual([]);
});

test("all of a table's menu is seen, and its check marks stand in the middle of their lines", async ({
  browser,
  plenum,
}) => {
  const table = "| a | b |\n| --- | --- |\n| c | d |\n| e | f |";
  const { ana, press } = await anaAt(browser, plenum, `${"Line.\n\n".repeat(8)}${table}\n\nEnd.`);
  await ana.page.setViewportSize({ width: 1280, height: 850 });
  await ana.text.getByText("c", { exact: true }).click();
  await press("Alt+F10");
  const menu = ana.page.getByRole("menu");
  await expect(menu.getByRole("menuitem", { name: "Delete table" })).toBeInViewport({ ratio: 1 });
  expect(await menu.evaluate((it) => it.scrollHeight - it.clientHeight)).toBeLessThanOrEqual(0);
  const chosen = menu.getByRole("menuitemradio", { checked: true });
  const middle = (box: { y: number; height: number } | null) => box!.y + box!.height / 2;
  const off = middle(await chosen.boundingBox()) - middle(await chosen.locator("svg").boundingBox());
  expect(Math.abs(off)).toBeLessThan(1.5);
});

test("bullets show their level, and boxes say their names", async ({ browser, plenum }) => {
  const markdown =
    '- one\n    - two\n        - three\n\n!!! note "Named"\n    Boxed\n\n=== "First"\n    One.\n\n=== "Second"\n    Two.';
  const { ana } = await anaAt(browser, plenum, markdown);
  const styles = () =>
    ana.text.locator("ul").evaluateAll((lists) => lists.map((list) => getComputedStyle(list).listStyleType));
  await expect.poll(styles).toEqual(["disc", "circle", "square"]);
  await expect(ana.text.getByRole("note", { name: "Note: Named" })).toBeVisible();
  await ana.text.locator(".tab-name", { hasText: "Second" }).click();
  await expect(ana.text.locator(".tab-name[aria-current=true]")).toHaveText("Second");
});
