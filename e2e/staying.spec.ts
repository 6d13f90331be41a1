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
