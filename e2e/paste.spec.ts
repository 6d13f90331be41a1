import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { Program } from "./outside.ts";
import { outlineOf } from "./outline.ts";
import { expected } from "./pasted.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";

type Pasted = { html?: string; text?: string };

/** Ana at an empty page of her own, with hands for the clipboard. */
async function anaAt(browser: Browser, plenum: Plenum) {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("From elsewhere");
  const addPage = async (title: string): Promise<string> => {
    const answer = await script.call("POST", `/api/surveys/${survey.id}/pages`, { title, markdown: "" });
    return ((await answer.json()) as { id: string }).id;
  };
  const id = await addPage("A page");
  const other = await addPage("Another page");
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.goesTo("A page");
  const docs = new Map([id, other].map((page) => [page, script.joins(page)]));
  const leave = async (): Promise<void> => {
    for (const { provider } of docs.values()) provider.destroy();
    await ana.leaves();
  };
  return { ana, leave, ...handsOf(ana), outline: (page = id) => outlineOf(docs.get(page)!.doc), id, other };
}

function handsOf(ana: Person) {
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await ana.page.keyboard.press(key);
  };
  /** What a program puts on the clipboard, pasted where the caret is. */
  const paste = (pasted: Pasted): Promise<void> =>
    ana.page.evaluate(async ({ html, text }) => {
      // The editor hears a frame later where the caret went; nobody's hands are as fast as this.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const data = new DataTransfer();
      if (html !== undefined) data.setData("text/html", html);
      if (text !== undefined) data.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
    }, pasted);
  /** What the page puts on the clipboard for what is selected. */
  const copy = (how: "copy" | "cut" = "copy"): Promise<{ html: string; text: string }> =>
    ana.page.evaluate((type) => {
      const data = new DataTransfer();
      const event = new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
      return { html: data.getData("text/html"), text: data.getData("text/plain") };
    }, how);
  const clear = async (): Promise<void> => {
    await ana.text.click();
    await press("ControlOrMeta+a", "Delete", "ControlOrMeta+a", "Delete");
    await expect(ana.text).toHaveText("");
  };
  return { press, paste, copy, clear };
}

const folder = join(import.meta.dirname, "pasted");
const htmlOf = (name: string): string => readFileSync(join(folder, `${name}.html`), "utf8");

/** The words that people saw where this was copied. */
async function wordsSeen(ana: Person, html: string): Promise<string[]> {
  const tab = await ana.page.context().newPage();
  await tab.route("**/*", (route) => route.abort());
  await tab.setContent(html);
  const text = await tab.evaluate(() => document.body.innerText);
  await tab.close();
  return text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
}

test("what is copied from other programs becomes blocks that say the same, every word of it", async ({
  browser,
  plenum,
}) => {
  const { ana, clear, paste, outline, leave } = await anaAt(browser, plenum);
  for (const [source, lines] of Object.entries(expected))
    await test.step(source, async () => {
      await clear();
      await paste({ html: htmlOf(source), text: "as text" });
      await expect.poll(outline).toEqual(lines);
      const page = outline().join("\n").toLowerCase();
      // What only programs for the blind say over GitHub's notes: the page says it by itself.
      const words = (await wordsSeen(ana, htmlOf(source))).filter((word) => word !== "footnotes");
      expect(words.filter((word) => !page.includes(word))).toEqual([]);
    });
  // The browser says so where it refuses what pasted HTML would run.
  expect(ana.faults.filter((fault) => !fault.startsWith("Executing inline event handler"))).toEqual([]);
  expect(await ana.page.title()).not.toBe("ran");
  await leave();
});

test("whatever HTML is pasted, every word of it is in the page", async ({ browser, plenum }) => {
  const { ana, clear, paste, outline, leave } = await anaAt(browser, plenum);
  const seed = 20_260_501;
  const random = chance(seed);
  for (let round = 0; round < 25; round += 1) {
    const { html, words } = randomHtml(random);
    await clear();
    await paste({ html });
    const missing = () => words.filter((word) => !outline().join("\n").includes(word));
    await expect.poll(missing, `seed ${seed}, round ${round}`).toEqual([]);
  }
  expect(ana.faults).toEqual([]);
  await leave();
});

test("pasted Markdown goes where the caret is, as what it says", async ({ browser, plenum }) => {
  const { ana, clear, press, paste, outline, leave } = await anaAt(browser, plenum);
  const goBehind = async (words: string): Promise<void> => {
    await ana.text.getByText(words, { exact: true }).click();
    await press("End");
  };
  const begin = async (html: string, words: string): Promise<void> => {
    await clear();
    await paste({ html });
    await goBehind(words);
  };
  await test.step("in a paragraph's middle, a line goes into the line", async () => {
    await begin("<p>onetwo</p>", "onetwo");
    await press("Home", "ArrowRight", "ArrowRight", "ArrowRight");
    await paste({ text: " **strong** " });
    await expect.poll(outline).toEqual(["paragraph: one {bold|strong} two"]);
  });
  await test.step("and blocks part it", async () => {
    await begin("<p>onetwo</p>", "onetwo");
    await press("Home", "ArrowRight", "ArrowRight", "ArrowRight");
    await paste({ text: "# Head\n\n- item" });
    await expect
      .poll(outline)
      .toEqual(["paragraph: one", "heading 1: Head", "bullet > paragraph: item", "paragraph: two"]);
  });
  await test.step("between items, items", async () => {
    await begin("<ul><li>one</li><li>two</li></ul>", "one");
    await paste({ text: "- a\n- b" });
    await expect.poll(outline).toEqual(["one", "a", "b", "two"].map((each) => `bullet > paragraph: ${each}`));
  });
  await test.step("in a callout and its title", async () => {
    await begin("<div class='callout' data-type='tip'><p class='title'>Head</p><p>body</p></div>", "body");
    await paste({ text: "\n\n> said\n" });
    await expect.poll(outline).toContain("callout tip > quote > paragraph: said");
    await goBehind("Head");
    await paste({ text: " and `code`" });
    await expect.poll(outline).toContain("callout tip > title: Head and {code|code}");
  });
  await test.step("in a cell, blocks become lines", async () => {
    await begin("<table><tr><th>head</th><th>b</th></tr><tr><td>cell</td><td>d</td></tr></table>", "cell");
    await paste({ text: ": **x**\n\n- one\n- two" });
    await expect.poll(outline).toEqual(["table (- -)\n  head | b\n  cell: {bold|x}⏎• one⏎• two | d"]);
  });
  await test.step("in code, nothing but text", async () => {
    await begin("<pre>let x;</pre>", "let x;");
    await paste({ text: "\n# **no**" });
    await expect.poll(outline).toEqual(["code: let x;\n# **no**"]);
  });
  await test.step("in a figure's caption, a line", async () => {
    const figure =
      "<figure><img src='https://example.org/a.png' alt='A'><figcaption>caption</figcaption></figure>";
    await begin(figure, "caption");
    await paste({ text: " of *a* [b](https://example.org/)" });
    await expect
      .poll(outline)
      .toEqual(["figure https://example.org/a.png A: caption of {italic|a} {https://example.org/|b}"]);
  });
  expect(ana.faults).toEqual([]);
  await leave();
});

test("who meant the signs of Markdown gets them back with one step, and the place with two", async ({
  browser,
  plenum,
}) => {
  const { ana, clear, press, paste, outline, leave } = await anaAt(browser, plenum);
  await clear();
  await ana.types("Before: ");
  await paste({ text: "so **strong**" });
  await expect.poll(outline).toEqual(["paragraph: Before: so {bold|strong}"]);
  await press("ControlOrMeta+z");
  await expect.poll(outline).toEqual(["paragraph: Before: so **strong**"]);
  await press("ControlOrMeta+z");
  await expect.poll(outline).toEqual(["paragraph: Before: "]);
  await press("ControlOrMeta+Shift+z", "ControlOrMeta+Shift+z");
  await expect.poll(outline).toEqual(["paragraph: Before: so {bold|strong}"]);
  expect(ana.faults).toEqual([]);
  await leave();
});

test("what is copied is Markdown elsewhere, and on another page all that it was", async ({
  browser,
  plenum,
}) => {
  const { ana, clear, press, paste, copy, outline, leave, other } = await anaAt(browser, plenum);
  let copied = { html: "", text: "" };
  await test.step("words alone are copied as they are", async () => {
    await clear();
    await paste({ html: "<p>2 * 3 * 4 snake_case [x]</p><p>next</p>" });
    await press("ControlOrMeta+a");
    await expect.poll(async () => (await copy()).text).toBe("2 * 3 * 4 snake_case [x]\n\nnext");
  });
  await test.step("more than words as Markdown", async () => {
    await clear();
    await paste({
      html: "<h2>Head</h2><p>so <b>strong</b></p><ul><li>one<ul><li>two</li></ul></li></ul><pre>let x;</pre>",
    });
    await press("ControlOrMeta+a");
    await expect
      .poll(async () => (await copy()).text)
      .toBe("## Head\n\nso **strong**\n\n- one\n  - two\n\n```\nlet x;\n```");
  });
  await test.step("all of a page comes back on another", async () => {
    await clear();
    await paste({ html: htmlOf("github") + htmlOf("notion") });
    await expect.poll(() => outline().length).toBeGreaterThan(20);
    const before = outline();
    await press("ControlOrMeta+a");
    copied = await copy();
    await ana.goesTo("Another page");
    await clear();
    await paste(copied);
    await expect.poll(() => outline(other)).toEqual(before);
  });
  await test.step("pasted twice, each reference leads to its own copy of the note", async () => {
    await press("ControlOrMeta+End");
    await paste(copied);
    await expect.poll(() => outline(other).filter((line) => line.startsWith("footnote"))).toHaveLength(2);
    const notes = outline(other).filter((line) => /\[\^\d\]|^footnote/.test(line));
    expect(notes.map((line) => /\[\^\d\]|^footnote \d/.exec(line)?.[0])).toEqual([
      "[^1]",
      "footnote 1",
      "[^2]",
      "footnote 2",
    ]);
  });
  await test.step("what claims to be a page's and is not is read as what it shows", async () => {
    await clear();
    const lie = JSON.stringify([{ type: "figure", attrs: { src: "javascript:alert(1)" } }]);
    await paste({ html: `<p data-plenum='${lie}' data-pm-slice='1 1 []'>shown</p>` });
    await expect.poll(() => outline(other)).toEqual(["paragraph: shown"]);
  });
  expect(ana.faults).toEqual([]);
  await leave();
});

/** Numbers from 0 to 1 that a seed decides. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const tags =
  "p div span b i a ul ol li li li table tr td th blockquote pre h2 h5 details summary figure figcaption img dl dt dd section sup br hr aside code em s font center article label";

/** Elements in each other as no program would write them, with words that are nowhere else. */
function randomHtml(random: () => number): { html: string; words: string[] } {
  const words: string[] = [];
  const names = tags.split(" ");
  const element = (depth: number): string => {
    const name = names[Math.floor(random() * names.length)]!;
    const word = `w${Math.floor(random() * 1e9).toString(36)}q`;
    words.push(word);
    if (depth === 0) return `${word} `;
    const inside = Array.from({ length: Math.floor(random() * 4) }, () => element(depth - 1)).join("");
    const attributes = random() < 0.2 ? ` style="font-weight:bold; white-space:pre-wrap" id="${name}"` : "";
    return `<${name}${attributes}>${word} ${inside}</${name}>`;
  };
  const html = Array.from({ length: 6 }, () => element(4)).join("\n");
  // Words that a parser leaves out are not in the HTML.
  return { html, words: words.filter((word) => html.includes(word)) };
}
