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
