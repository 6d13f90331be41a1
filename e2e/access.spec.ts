import { keepsNobodyOut } from "./keeps-nobody-out.ts";
import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";
import { Program } from "./outside.ts";

test("no screen keeps anybody out by what a machine can find", async ({ browser, plenum }) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Open to everyone");
  const link = await script.makesLink(survey.id, "owner");
  const ana = await Person.comes(browser, plenum, "Ana");
  const { page } = ana;

  await test.step("the door", async () => {
    await page.goto(link);
    await expect(page.getByLabel("Your name")).toBeVisible();
    await keepsNobodyOut(page, "the join screen");
  });

  await test.step("the room, with a comment, in light and dark", async () => {
    await ana.entersAt(link);
    await ana.selects("This page describes one problem");
    await ana.comments("Which one?");
    await ana.seesThread("This page describes one problem", ["Which one?"]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await keepsNobodyOut(page, `the room, ${colorScheme}`);
    }
  });

  await test.step("sharing", async () => {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Share this survey" });
    await dialog.getByRole("button", { name: "Make a link: Reader" }).click();
    await expect(dialog.getByLabel("Reader link")).toBeVisible();
    await keepsNobodyOut(page, "the dialog for sharing");
    await dialog.getByRole("button", { name: "Close" }).click();
  });

  await test.step("home", async () => {
    await page.getByRole("link", { name: "Plenum" }).click();
    await expect(page.getByRole("heading", { name: "Your surveys" })).toBeVisible();
    await keepsNobodyOut(page, "home");
  });
});
