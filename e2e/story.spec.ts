import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";
import { zippedSite } from "./sample-site.ts";

/*
 * Ana has a site about the ferry and the bus. She brings it in and asks Bo and Chidi to write it on with her. One
 * evening, told from the first click to the file that she takes home.
 */
test("three people write one page together, talk about it, lose the server, and take the page home", async ({
  browser,
  plenum,
}) => {
  const ana = await Person.comes(browser, plenum, "Ana");
  const bo = await Person.comes(browser, plenum, "Bo");
  const chidi = await Person.comes(browser, plenum, "Chidi");
  const everyone = [ana, bo, chidi];

  await test.step("Ana brings in her site", async () => {
    await ana.entersAt("/");
    await ana.page.getByRole("link", { name: "Import" }).first().click();
    await ana.chooses({ name: "ferry.zip", mimeType: "application/zip", buffer: zippedSite() });
    await ana.sees("On most evenings the last bus leaves the harbour before the last ferry has landed.");
    await expect(ana.contents.getByRole("link")).toHaveText([
      "The ferry and the bus",
      "People on the island",
      "Two timetables",
      "The clocks",
      "Glossary",
    ]);
  });

  await test.step("Bo and Chidi come in through her link, with just a name", async () => {
    const link = await ana.makesLink("Editor");
    for (const guest of [bo, chidi]) await guest.entersAt(link);
    for (const each of everyone) {
      await each.goesTo("Two timetables");
      await each.sees("Nobody waits for the other, because nobody is told to.");
    }
    for (const each of everyone) await each.seesPeopleHere(3);
  });

  await test.step("all three write in one paragraph at once, and see each other's words and carets", async () => {
    await ana.clicksBehind("Each company is measured by leaving on time.");
    await bo.clicksBehind("Nobody waits for the other,");
    await chidi.clicksBehind("nobody is told to.");
    const written = {
      ana: " Leaving on time is easy to measure, and easy to be proud of.",
      bo: " not even when they see each other's lights,",
      chidi: " Whoever waits is late, and being late is what is counted.",
    };
    await Promise.all([ana.types(written.ana), bo.types(written.bo), chidi.types(written.chidi)]);
    const paragraph =
      "Nobody waits for the other, not even when they see each other's lights, because nobody is told to. " +
      "Whoever waits is late, and being late is what is counted. Each company is measured by leaving on time. " +
      "Leaving on time is easy to measure, and easy to be proud of.";
    for (const each of everyone) await each.sees(paragraph);
    for (const each of everyone)
      for (const other of everyone)
        await expect(each.caretOf(other.name)).toHaveCount(other === each ? 0 : 1);
    for (const each of everyone) await expect(each.status("Saved")).toBeVisible();
  });

  const quote = "Whoever waits is late, and being late is what is counted.";

  await test.step("Bo comments on a sentence, and Ana answers", async () => {
    await bo.selects(quote);
    await bo.comments("Is it counted by both companies?");
    for (const each of everyone) await each.seesThread(quote, ["Is it counted by both companies?"]);
    await ana.replies(quote, "By both, since 2019.");
    for (const each of everyone)
      await each.seesThread(quote, ["Is it counted by both companies?", "By both, since 2019."]);
  });

  await test.step("Ana makes a heading of the paragraph while Chidi writes in it", async () => {
    await chidi.clicksBehind("leaving on time.");
    await ana.clicksBehind("easy to be proud of.");
    const chidiWrites = chidi.types(" It says so on a board in the waiting room, next to the clock.");
    await ana.page.keyboard.press("ControlOrMeta+Alt+2");
    await chidiWrites;
    const heading =
      "Nobody waits for the other, not even when they see each other's lights, because nobody is told to. " +
      "Whoever waits is late, and being late is what is counted. Each company is measured by leaving on time. " +
      "It says so on a board in the waiting room, next to the clock. " +
      "Leaving on time is easy to measure, and easy to be proud of.";
    for (const each of everyone) {
      await expect(each.text.getByRole("heading", { level: 2, name: heading })).toHaveCount(1);
      await expect.poll(() => each.commented()).toBe(quote);
    }
  });

  await test.step("the thread is resolved, for everyone", async () => {
    await ana.resolves(quote);
    for (const each of everyone) await expect(each.thread(quote)).toHaveCount(0);
  });

  await test.step("the server is killed in the middle, and nothing that anyone saw is gone", async () => {
    await ana.clicksBehind("The ferry's timetable is made in spring,");
    await bo.clicksBehind("the bus's in autumn.");
    await chidi.clicksBehind("takes the first as given.");
    const words = (of: string): string[] => Array.from({ length: 30 }, (_, i) => `${of}${i}`);
    const writing = everyone.map((each) => each.types(` ${words(each.name.toLowerCase()).join(" ")}`));
    for (const each of everyone) await each.sees("ana4", "bo4", "chidi4");
    await plenum.stop("SIGKILL");
    const seen = await Promise.all(everyone.map((each) => each.read()));
    const owed = everyone.flatMap((writer, i) =>
      words(writer.name.toLowerCase()).filter((word) =>
        seen.some((text, j) => i !== j && new RegExp(`\\b${word}\\b`).test(text)),
      ),
    );
    expect(owed.length).toBeGreaterThan(10);

    // At another address first, where no browser can bring back what the server itself has lost.
    const { address } = plenum;
    await plenum.start("0");
    const reborn = await ana.asksForMarkdown(plenum.address);
    for (const word of owed) expect(reborn).toMatch(new RegExp(`\\b${word}\\b`));
    await plenum.stop("SIGTERM");

    await Promise.all(writing);
    for (const each of everyone) await expect(each.status("Saved")).toBeHidden();
    await plenum.start(new URL(address).port);
    for (const each of everyone) {
      await expect(each.status("Saved")).toBeVisible({ timeout: 30_000 });
      await each.sees(...everyone.map(({ name }) => words(name.toLowerCase()).join(" ")));
    }
  });

  await test.step("Ana takes the page home as Markdown", async () => {
    const markdown = await ana.takesMarkdown();
    expect(markdown).toContain("## Nobody waits for the other, not even when they see each other's lights,");
    expect(markdown).toContain(quote);
    expect(markdown).toContain("It says so on a board in the waiting room, next to the clock.");
    expect(markdown).toContain("Leaving on time is easy to measure, and easy to be proud of.");
    for (const { name } of everyone) expect(markdown).toContain(`${name.toLowerCase()}29`);
    expect(markdown).toContain('=== "Ferry"');
    expect(markdown).toContain('{ "ferry": "evening", "lands": "21:47" }');
  });

  await test.step("and the whole survey, as the project that it came as", async () => {
    const files = await ana.takesSurvey();
    for (const path of ["docs/index.md", "docs/causes/clocks.md", "docs/images/waiting.png"])
      expect(Object.keys(files)).toContain(path);
    expect(new TextDecoder().decode(files["mkdocs.yml"])).toContain("Who is affected:");
  });

  for (const each of everyone) expect(each.faults).toEqual([]);
});
