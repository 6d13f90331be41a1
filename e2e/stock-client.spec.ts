import * as Y from "yjs";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";

test("an unmodified y-websocket provider writes with people, and all come to the same text", async ({
  browser,
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Written from both sides");
  const [first] = survey.pages;
  if (!first) throw new Error("a new survey has no page");
  const { doc, provider } = script.joins(first.id);
  const other = (await Program.signIn(plenum, "Another script")).joins(first.id);
  const text = doc.getText("body");
  await expect.poll(() => provider.synced).toBe(true);
  expect(text.length).toBeGreaterThan(0);

  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));

  await test.step("what the program writes, the person reads", async () => {
    const marker = new Y.Map([
      ["type", "paragraph"],
      ["id", "from-a-program"],
    ]);
    text.insertEmbed(text.length, marker);
    text.insert(text.length, "A program says: good morning.");
    await ana.sees("A program says: good morning.");
  });

  await test.step("what the person writes, the program reads", async () => {
    await ana.clicksBehind("A program says: good morning.");
    await ana.types(" And Ana answers.");
    await expect.poll(() => text.toString()).toContain("A program says: good morning. And Ana answers.");
  });

  await test.step("both write at once, and agree at the end", async () => {
    const words = Array.from({ length: 30 }, (_, i) => `program${i} `);
    const programWrites = async (): Promise<void> => {
      for (const word of words) {
        text.insert(text.toString().indexOf("A program says"), word);
        await expect.poll(() => provider.wsconnected).toBe(true);
      }
    };
    await Promise.all([programWrites(), ana.types(" She keeps on writing while it does, too.")]);
    for (const word of words) await ana.sees(word.trim());
    await expect.poll(() => text.toString()).toContain("She keeps on writing while it does, too.");
    const said = await script.exports(first.id);
    expect(said).toContain("good morning. And Ana answers. She keeps on writing while it does, too.");
    for (const word of words) expect(said).toContain(word.trim());
  });

  await test.step("a program that nobody let in has the door shut, for good", async () => {
    await expect
      .poll(() => other.provider.shouldConnect, { message: "no retry after the refusal" })
      .toBe(false);
    expect(other.doc.getText("body").length).toBe(0);
  });

  provider.destroy();
  other.provider.destroy();
  expect(ana.faults).toEqual([]);
});
