import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";

test("undo that is asked for outside the text is the page's own, not the browser's", async ({
  browser,
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Second thoughts");
  await script.call("POST", `/api/surveys/${survey.id}/pages`, { title: "Undo", markdown: "one\n\ntwo" });
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.goesTo("Undo");
  await ana.clicksBehind("one");
  await ana.types(" beta words typed");
  await ana.page.keyboard.press("Enter");
  await ana.types("gamma");
  for (let n = 0; n < 2; n += 1) await ana.page.keyboard.press("Backspace");
  await ana.sees("gam");
  const presses = async (key: string) => {
    const states: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await ana.page.keyboard.press(key);
      states.push(await ana.read());
    }
    return states;
  };
  // What the page's own undo and redo make of it, from within the text …
  const own = [
    await ana.read(),
    ...(await presses("ControlOrMeta+z")),
    ...(await presses("ControlOrMeta+y")),
  ];
  // … is all that may come of them from outside.
  const { width, height } = ana.page.viewportSize()!;
  await ana.page.mouse.click(width - 20, height / 2);
  await expect(ana.text).not.toBeFocused();
  for (const key of ["ControlOrMeta+z", "ControlOrMeta+Shift+z"])
    for (const state of await presses(key)) expect(own).toContain(state);
  expect(ana.faults).toEqual([]);
});
