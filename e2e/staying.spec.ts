import { readFile } from "node:fs/promises";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";

/*
 * What goes wrong around a person who writes, and must not take the text from under their hands.
 */

test("the text stays while the server is away, and what somebody else adds can be opened", async ({
  browser,
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Staying");
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.sees("Staying");

  await test.step("a page that was added after she came in", async () => {
    await script.call("POST", `/api/surveys/${survey.id}/pages`, {
      title: "Added later",
      markdown: "Later.",
    });
    await ana.goesTo("Added later");
    await ana.sees("Later.");
  });

  await test.step("the server is gone, and she comes back to the tab", async () => {
    await ana.clicksBehind("Later.");
    await ana.types(" Before.");
    await expect(ana.status("Saved")).toBeVisible();
    await plenum.stop("SIGKILL");
    const asked: string[] = [];
    ana.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await ana.page.evaluate(() => {
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      window.dispatchEvent(new Event("online"));
    });
    await ana.types(" Meanwhile.");
    await ana.sees("Later. Before. Meanwhile.");
    expect(asked.filter((path) => path.startsWith("/api/surveys"))).toEqual([]);
    await plenum.start();
    await expect(ana.status("Saved")).toBeVisible({ timeout: 30_000 });
    await ana.sees("Later. Before. Meanwhile.");
  });

  expect(ana.faults).toEqual([]);
});

test("a part of the screen that cannot be drawn takes nothing else with it", async ({ browser, plenum }) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Staying");
  const link = await script.makesLink(survey.id, "editor");

  await test.step("a part of the program that an upgrade has taken away", async () => {
    const bo = await Person.comes(browser, plenum, "Bo");
    await bo.page.route("**/assets/create-*.js", (route) => route.fulfill({ status: 404 }));
    await bo.entersAt("/");
    await bo.page.getByRole("link", { name: "New survey" }).click();
    await expect(bo.page.getByRole("heading", { name: "A newer version is here" })).toBeVisible();
    await bo.page.unroute("**/assets/create-*.js");
    await bo.page.getByRole("button", { name: "Reload" }).click();
    await expect(bo.page.getByRole("heading", { name: "New survey" })).toBeVisible();
    await bo.leaves();
  });

  await test.step("comments that cannot be drawn", async () => {
    const ana = await Person.comes(browser, plenum, "Ana");
    await ana.page.addInitScript(() => {
      // Comments alone say when something was.
      Date.prototype.toLocaleTimeString = () => {
        throw new Error("This browser does not know what time it is.");
      };
    });
    await ana.entersAt(link);
    await ana.selects("This page describes one problem");
    await ana.page.keyboard.press("ControlOrMeta+Alt+m");
    await ana.page.getByLabel("Write a comment").fill("Which one?");
    await ana.page.keyboard.press("ControlOrMeta+Enter");
    await expect(ana.page.getByText("The comments cannot be shown.")).toBeVisible();
    await ana.clicksBehind("This page describes one problem");
    await ana.types(" (ours)");
    await ana.sees("This page describes one problem (ours)");
    await expect(ana.status("Saved")).toBeVisible();
  });
});

/** Presses a button of the banner and answers the file that it saves. */
async function downloads(person: Person): Promise<string> {
  const begun = person.page.waitForEvent("download");
  await person.page.getByRole("button", { name: "Download my copy" }).click();
  return readFile(await (await begun).path(), "utf8");
}

test("words that the server will not have are said to be here only, and can be taken away", async ({
  browser,
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Here only");
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.clicksBehind("This page describes one problem");
  await expect(ana.status("Saved")).toBeVisible();
  const { page } = ana;
  // Leaving while something is not saved is asked about.
  page.on("dialog", (dialog) => void dialog.accept());

  await test.step("more than one edit may be: refused for good, also after a reload", async () => {
    const chapter = "Far more than one message. ".repeat(40_000);
    await page.keyboard.insertText(chapter);
    await expect(page.getByText("The server does not take what you wrote last")).toBeVisible();
    await page.reload();
    // A megabyte in one paragraph is laid out before anything is said: seconds, on a busy machine.
    const said = page.getByText("The server does not take what you wrote last");
    await expect(said).toBeVisible({ timeout: 40_000 });
    expect(await downloads(ana)).toContain(`This page describes one problem${chapter.slice(0, 99)}`);
    await page.getByRole("button", { name: "Discard what was not saved" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard what was not saved" }).click();
    await expect(ana.status("Saved")).toBeVisible();
    expect(await ana.read()).not.toContain("Far more than one message.");
  });

  await test.step("she may no longer write, while words of hers are on their way", async () => {
    await ana.clicksBehind("This page describes one problem");
    const { port } = new URL(plenum.address);
    await plenum.stop("SIGTERM");
    await ana.types(" mine alone");
    // At another address first, where her browser does not come back before her role is another.
    await plenum.start("0");
    await makesReader(script, survey.id, "Ana");
    await plenum.stop("SIGTERM");
    await plenum.start(port);
    for (const opened of ["the same tab", "a new one"]) {
      await test.step(opened, async () => {
        const banner = page.getByRole("alert").filter({ hasText: "are only on this device" });
        await expect(banner).toContainText("2 words are only on this device", { timeout: 30_000 });
        expect(await downloads(ana)).toContain("This page describes one problem mine alone");
      });
      await page.reload();
    }
    await page.getByRole("button", { name: "Discard what was not saved" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Discard what was not saved" }).click();
    await expect(ana.status("Read only")).toBeVisible();
    await expect(page.getByText("only on this device")).toHaveCount(0);
    expect(await ana.read()).not.toContain("mine alone");
  });

  expect(ana.faults).toEqual([]);
});

/** The survey's owner gives somebody another role. */
async function makesReader(owner: Program, survey: string, name: string): Promise<void> {
  const records = `/api/surveys/${survey}/records`;
  const told = (await (await owner.call("GET", records)).json()) as { records: Record<string, unknown>[] };
  const member = told.records.find((each) => each["type"] === "member.joined" && each["name"] === name)?.[
    "member"
  ];
  const answer = await owner.call("POST", records, { type: "member.set", member, role: "reader" });
  expect(answer.ok).toBe(true);
}

test("a link can be copied where the browser gives no clipboard", async ({ browser, plenum }) => {
  const ana = await Person.comes(browser, plenum, "Ana");
  const { page } = ana;
  // As at any address that is neither https nor localhost.
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await ana.entersAt("/new");
  await page.getByLabel("Title of the survey").fill("Shared");
  await page.getByRole("button", { name: "Create the survey" }).click();
  await ana.sees("Shared");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share this survey" });
  await dialog.getByRole("button", { name: "Make a link: Reader" }).click();
  const address = await dialog.getByLabel("Reader link").inputValue();
  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();

  await page.evaluate(() => (document.execCommand = () => false));
  await dialog.getByRole("button", { name: /^Cop/ }).click();
  await expect(dialog.getByRole("button", { name: "Press Ctrl+C to copy" })).toBeVisible();
  expect(await page.evaluate(() => document.getSelection()?.toString())).toBe(address);
  expect(ana.faults).toEqual([]);
});

test("nothing is said about a person's surveys before it is known which there are", async ({
  browser,
  plenum,
}) => {
  const ana = await Person.comes(browser, plenum, "Ana");
  const { page } = ana;
  const answered = Promise.withResolvers<void>();
  await page.route("**/api/surveys", async (route) => {
    await answered.promise;
    await route.continue();
  });
  const asked = page.waitForRequest("**/api/surveys");
  await ana.entersAt("/");
  await asked;
  await expect(page.getByLabel("Your name")).toHaveCount(0);
  await expect(page.getByRole("heading")).toHaveCount(0);
  answered.resolve();
  await expect(page.getByRole("heading", { name: "Nothing is written yet" })).toBeVisible();
});

test("whoever is offline is told so where a survey would open", async ({ browser, plenum }) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Far away");
  const ana = await Person.comes(browser, plenum, "Ana");
  const { page } = ana;
  await ana.entersAt(await script.makesLink(survey.id, "reader"));
  await ana.sees("Far away");
  await page.goto("/");
  const entry = page.getByRole("link", { name: "Far away" });
  await expect(entry).toBeVisible();
  await page.context().setOffline(true);
  await entry.click();
  await expect(page.getByRole("heading", { name: "The server cannot be reached" })).toBeVisible();
  await page.context().setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await ana.sees("Far away");
});
