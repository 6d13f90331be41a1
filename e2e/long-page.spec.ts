import type { Browser, Page } from "@playwright/test";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

/** Three thousand blocks: sections of paragraphs, short and long ones, and a list of five hundred items. */
const sections = Array.from({ length: 125 }, (_, section) => {
  const lines = Array.from({ length: 19 }, (_, n) => {
    const more = "There is more to say of it. ".repeat((section * 7 + n * 5) % 23);
    return `Line ${n} of part ${section}. ${more}`.trim();
  });
  return [`## Part ${section}`, ...lines].join("\n\n");
});
const list = Array.from({ length: 500 }, (_, n) => `- Item ${n}`).join("\n");
const markdown = [...sections, "## The list", list, "The end."].join("\n\n");

async function atLongPage(browser: Browser, plenum: Plenum, ...names: readonly string[]): Promise<Person[]> {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Without end");
  await script.call("POST", `/api/surveys/${survey.id}/pages`, { title: "Three thousand blocks", markdown });
  const link = await script.makesLink(survey.id, "editor");
  const people: Person[] = [];
  for (const name of names) {
    const person = await Person.comes(browser, plenum, name);
    await person.page.addInitScript(marksWhatIsPutOff);
    await person.entersAt(link);
    await expect(person.text).toBeVisible();
    await person.goesTo("Three thousand blocks");
    await person.sees("The end.");
    people.push(person);
  }
  return people;
}

/** What a page may do when the hands rest is not counted: it says so of what it runs by a timer. */
function marksWhatIsPutOff(): void {
  const wait = window.setTimeout.bind(window);
  const later = (run: unknown, waitMs?: number, ...rest: unknown[]): number =>
    wait(() => {
      if (typeof run !== "function") return;
      Object.assign(window, { isPutOff: true });
      try {
        run(...rest);
      } finally {
        Object.assign(window, { isPutOff: false });
      }
    }, waitMs);
  Object.assign(window, { setTimeout: later, isPutOff: false });
}

/**
 * From here on each node of the text counts that anything is called with while it walks through the text; and each
 * walk along the page's own blocks, without looking into them, which is how the editor's library finds what to draw.
 */
function countVisits(): void {
  type Walk = (...args: unknown[]) => unknown;
  type Walked = { [name: string]: Walk };
  const seen = window as unknown as { visits: number; walksAlong: number; isPutOff: boolean };
  const counted = new WeakSet<Walk>();
  const count = (visit: Walk): Walk => {
    if (counted.has(visit)) return visit;
    const visitAndCount: Walk = (...args) => {
      if (!seen.isPutOff) seen.visits += 1;
      return visit(...args);
    };
    counted.add(visitAndCount);
    return visitAndCount;
  };
  const { editor } = document.querySelector(".ProseMirror") as unknown as {
    editor: { state: { doc: { content: object } } };
  };
  // textBetween, textContent and descendants walk by nodesBetween.
  for (const walked of [editor.state.doc, editor.state.doc.content]) {
    const methods = Object.getPrototypeOf(walked) as Walked;
    for (const name of ["forEach", "nodesBetween"]) {
      const walk = methods[name];
      if (!walk) throw new Error(`Nothing walks by ${name} any more`);
      methods[name] = function (this: { type?: { name: string } }, ...args: unknown[]) {
        if (name === "forEach" && this.type?.name === "doc") {
          if (!seen.isPutOff) seen.walksAlong += 1;
          for (const each of args) if (typeof each === "function") counted.add(each as Walk);
        }
        return walk.apply(
          this,
          args.map((each) => (typeof each === "function" ? count(each as Walk) : each)),
        );
      };
    }
  }
}

/** What was visited while something was done, up to the frame that shows it. */
async function visitsDuring(
  page: Page,
  act: () => Promise<void>,
): Promise<{ visits: number; walksAlong: number }> {
  await page.evaluate(() => void Object.assign(window, { visits: 0, walksAlong: 0 }));
  await act();
  return page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const { visits, walksAlong } = window as unknown as { visits: number; walksAlong: number };
    return { visits, walksAlong };
  });
}

test("no key, pressed here or elsewhere, has anything walk through a long page", async ({
  browser,
  plenum,
}) => {
  const [ana, bo] = (await atLongPage(browser, plenum, "Ana", "Bo")) as [Person, Person];
  await ana.selects("Line 3 of part 60");
  await ana.comments("Somebody has this in view.");
  await ana.clicksBehind("Line 2 of part 60.");
  await bo.clicksBehind("Line 1 of part 60.");
  await expect(ana.caretOf("Bo")).toBeAttached();
  await ana.page.evaluate(countVisits);

  const keys: readonly (readonly [string, Person, string, string])[] = [
    ["a letter, typed here", ana, "x", "60.x"],
    ["a letter, typed elsewhere", bo, "y", "60.y"],
    ["a line broken here", ana, "Enter", ""],
    ["a line broken elsewhere", bo, "Enter", ""],
  ];
  for (const [what, person, key, seen] of keys) {
    const lines = await ana.text.locator("p").count();
    const { visits, walksAlong } = await visitsDuring(ana.page, async () => {
      await person.page.keyboard.press(key);
      if (seen) await ana.sees(seen);
      else await expect(ana.text.locator("p")).toHaveCount(lines + 1);
    });
    // What is changed, with its neighbours: far from the three thousand that there are.
    expect(visits, what).toBeGreaterThan(0);
    expect(visits, what).toBeLessThan(150);
    // Carets of others are put in where they are by two such walks: when the text comes, and when its caret does.
    expect(walksAlong, what).toBeLessThanOrEqual(2);
  }
});

test("what was off the screen stands where it is looked for: sections, and comments at their words", async ({
  browser,
  plenum,
}) => {
  const [ana] = (await atLongPage(browser, plenum, "Ana")) as [Person];
  const topOf = (words: string) =>
    ana.text
      .locator("h2")
      .filter({ hasText: new RegExp(`^${words}$`) })
      .evaluate((heading) => heading.getBoundingClientRect().top);

  for (const part of [90, 3, 124]) {
    await ana.contents.getByRole("button", { name: new RegExp(`Part ${part}$`) }).click();
    // At the line from which a section counts as being read, and below the bar.
    await expect.poll(() => topOf(`Part ${part}`)).toBeGreaterThan(60);
    await expect.poll(() => topOf(`Part ${part}`)).toBeLessThan(180);
  }

  await ana.selects("Line 1 of part 124");
  await ana.comments("Is that so?");
  await ana.page.reload();
  await ana.sees("The end.");
  await ana.contents.getByRole("button", { name: "Part 124" }).click();
  await expect(ana.text.locator(".commented")).toBeInViewport();
  const apart = () =>
    ana.page.evaluate(() => {
      const top = (selector: string) => document.querySelector(selector)?.getBoundingClientRect().top ?? NaN;
      return Math.abs(top("aside [data-seat]") - top(".commented"));
    });
  await expect.poll(apart).toBeLessThan(12);
});
