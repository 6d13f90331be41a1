import type { Browser } from "@playwright/test";
import * as Y from "yjs";
import { keepsNobodyOut } from "./keeps-nobody-out.ts";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/*
 * Words that somebody deletes without having seen them are not lost to who typed them.
 */

test("a table is deleted while somebody types into it: the words are kept for them, and come back", async ({
  browser,
  plenum,
}) => {
  const ana = await Program.signIn(plenum, "Ana");
  const survey = await ana.makesSurvey("Kept words");
  const made = { title: "A page", markdown: "Before.\n\nBehind." };
  const added = await ana.call("POST", `/api/surveys/${survey.id}/pages`, made);
  const page = (await added.json()) as { id: string };
  const link = await ana.makesLink(survey.id, "editor");
  const bo = await Person.comes(browser, plenum, "Bo");
  await bo.entersAt(link);
  await bo.goesTo("A page");
  const cleo = await Program.signIn(plenum, "Cleo");
  await cleo.call("POST", `/api/links/${link.split("/").at(-1)}`);
  const [writing, deleting] = [ana.joins(page.id), cleo.joins(page.id)];
  const body = writing.doc.getText("body");

  await test.step("one deletes it while they are away, and another types into it meanwhile", async () => {
    await expect.poll(() => writing.provider.synced).toBe(true);
    body.insertEmbed(0, tableOf("seen"));
    await expect.poll(() => deleting.doc.getText("body").length).toBe(body.length);
    deleting.provider.disconnect();
    deleting.doc.getText("body").delete(0, 1);
    cellIn(body).insert(4, " but it works everywhere");
    await expect.poll(() => writing.provider.wsconnected).toBe(true);
    const { length } = body;
    deleting.provider.connect();
    await expect.poll(() => body.length).toBe(length - 1);
  });

  const person = await comesAs(ana, browser, plenum, `/s/${survey.id}/${page.id}`);
  const banner = person.page.getByRole("region", { name: "Kept for you" });
  await test.step("its writer alone is offered what they typed", async () => {
    await expect(banner).toContainText("4 words that were deleted while you typed them");
    await expect(banner).toContainText("but it works everywhere");
    await expect(bo.page.getByText("Kept for you")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await person.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await keepsNobodyOut(person.page, `the offer of kept words, ${colorScheme}`);
    }
  });

  await test.step("the offer outlives the tab and the server", async () => {
    await plenum.stop("SIGKILL");
    await plenum.start();
    await person.page.reload();
    await expect(banner).toContainText("but it works everywhere");
  });

  await test.step("they put the words back where their caret is, for everyone, once, as a step of their own", async () => {
    await person.clicksBehind("Behind.");
    await banner.getByRole("button", { name: "Put back" }).click();
    await person.sees("Behind. but it works everywhere");
    await bo.sees("Behind. but it works everywhere");
    await person.page.keyboard.press("ControlOrMeta+z");
    await expect(bo.page.getByText("but it works everywhere")).toHaveCount(0);
    await person.page.keyboard.press("ControlOrMeta+Shift+z");
    await bo.sees("Behind. but it works everywhere");
    await expect(banner).toHaveCount(0);
    await expect(person.status("Saved")).toBeVisible();
    await person.page.reload();
    await person.sees("Behind. but it works everywhere");
    await expect(person.status("Saved")).toBeVisible();
    await expect(banner).toHaveCount(0);
  });

  for (const { provider } of [writing, deleting]) provider.destroy();
  expect([...person.faults, ...bo.faults]).toEqual([]);
});

/** A table of one cell. */
function tableOf(text: string): Y.Map<unknown> {
  const line = () => new Y.Map([["line", new Y.Map([["at", "000000"]])]]);
  return new Y.Map<unknown>([
    ["type", "table"],
    ["id", "a-table"],
    ["rows", line()],
    ["columns", line()],
    ["cells", new Y.Map([["line:line", new Y.Text(text)]])],
  ]);
}

function cellIn(body: Y.Text): Y.Text {
  const [first] = body.toDelta() as { insert: Y.Map<Y.Map<Y.Text>> }[];
  return first!.insert.get("cells")!.get("line:line")!;
}

/** A person at a page in a browser: the same as a program acts for. */
async function comesAs(program: Program, browser: Browser, plenum: Plenum, path: string): Promise<Person> {
  const person = await Person.comes(browser, plenum, "Ana");
  const session = { name: "plenum_session", value: program.token, url: plenum.address };
  await person.page.context().addCookies([session]);
  await person.page.goto(path);
  await person.sees("Behind.");
  return person;
}
