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
