import type { Browser, CDPSession } from "@playwright/test";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/*
 * Somebody writes with an input method: letters that are not yet words stand underlined in the text until a word is
 * chosen. Whatever others do to the paragraph meanwhile, the word arrives whole, once, where it was composed.
 */

const page = ["hills", "lakes", "rivers", "woods", "towns"]
  .map((each, n) => `Paragraph ${n + 1} says what there is to say of ${each}.`)
  .join("\n\n");

async function atOnePage(browser: Browser, plenum: Plenum, title: string): Promise<[Person, Person]> {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Words from everywhere");
  await script.call("POST", `/api/surveys/${survey.id}/pages`, { title, markdown: page });
  const link = await script.makesLink(survey.id, "editor");
  const people = [
    await Person.comes(browser, plenum, "Ana"),
    await Person.comes(browser, plenum, "Bo"),
  ] as const;
  for (const person of people) {
    await person.entersAt(link);
    await person.goesTo(title);
    await person.sees("Paragraph 5");
  }
  return [...people];
}

/** An input method, through the browser's own input protocol. */
class InputMethod {
  readonly #keys: CDPSession;

  private constructor(keys: CDPSession) {
    this.#keys = keys;
  }

  static async of(person: Person): Promise<InputMethod> {
    return new InputMethod(await person.page.context().newCDPSession(person.page));
  }

  async shows(text: string): Promise<void> {
    const place = { selectionStart: text.length, selectionEnd: text.length };
    await this.#keys.send("Input.imeSetComposition", { text, ...place });
  }

  async puts(text: string): Promise<void> {
    await this.#keys.send("Input.insertText", { text });
  }
}

type Case = { while: string; bo: (bo: Person) => Promise<void>; reads: readonly string[] };

const cases: readonly Case[] = [
  {
    while: "somebody types before it in the same paragraph",
    bo: async (bo) => {
      await bo.clicksBehind("Paragraph 3 says");
      await bo.types(" (Bo too)");
    },
    reads: ["Paragraph 3 says (Bo too) what there is 日本語to say of rivers."],
  },
  {
    while: "somebody types behind it in the same paragraph",
    bo: async (bo) => {
      await bo.clicksBehind("of rivers");
      await bo.types(" and brooks");
    },
    reads: ["Paragraph 3 says what there is 日本語to say of rivers and brooks."],
  },
  {
    while: "somebody writes in another paragraph",
    bo: async (bo) => {
      await bo.clicksBehind("Paragraph 1 says");
      await bo.types(" much and");
    },
    reads: ["Paragraph 1 says much and what", "Paragraph 3 says what there is 日本語to say of rivers."],
  },
  {
    while: "somebody splits the paragraph before it",
    bo: async (bo) => {
      await bo.clicksBehind("Paragraph 3 says");
      await bo.page.keyboard.press("Enter");
      await bo.types("Bo:");
    },
    reads: ["Paragraph 3 says", "Bo: what there is 日本語to say of rivers."],
  },
  {
    while: "somebody makes the paragraph a heading in a list",
    bo: async (bo) => {
      await bo.clicksBehind("Paragraph 3 says");
      await bo.page.keyboard.press("ControlOrMeta+Alt+2");
      await bo.page.keyboard.press("ControlOrMeta+Shift+8");
      await bo.types(" indeed");
    },
    reads: ["Paragraph 3 says indeed what there is 日本語to say of rivers."],
  },
  {
    while: "somebody deletes the paragraph",
    bo: async (bo) => {
      await bo.clicksBehind("of rivers.");
      await bo.page.keyboard.press("Shift+Home");
      await bo.page.keyboard.press("Backspace");
      await bo.page.keyboard.press("Backspace");
      await bo.types(" Bo was here.");
    },
    reads: ["日本語"],
  },
];

for (const each of cases)
  test(`a word composed with an input method arrives whole while ${each.while}`, async ({
    browser,
    plenum,
  }) => {
    const [ana, bo] = await atOnePage(browser, plenum, each.while);
    await ana.clicksBehind("Paragraph 3 says what there is ");
    const method = await InputMethod.of(ana);
    await method.shows("に");
    await method.shows("にほ");
    await each.bo(bo);
    await method.shows("にほん");
    await method.shows("にほんご");
    await method.puts("日本語");
    for (const person of [ana, bo]) await person.sees(...each.reads);
    await expect.poll(async () => (await ana.read()) === (await bo.read())).toBe(true);
    const text = await bo.read();
    expect(text.match(/日本語/g)).toHaveLength(1);
    expect(text).not.toMatch(/[にほんご]/);
    // What is typed next stands behind the word.
    await ana.types("!");
    await bo.sees("日本語!");
    expect([...ana.faults, ...bo.faults]).toEqual([]);
  });
