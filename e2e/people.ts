import { readFile } from "node:fs/promises";
import {
  expect,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from "@playwright/test";
import { unzipSync } from "fflate";
import type { Plenum } from "./plenum.ts";

type Look = Pick<BrowserContextOptions, "colorScheme" | "reducedMotion">;

/** A person in a browser of their own: what they can do by hand, and what they see. */
export class Person {
  readonly name: string;
  readonly page: Page;
  readonly #context: BrowserContext;
  /** What went wrong in their browser that no person should ever cause: errors thrown, policies broken. */
  readonly faults: string[] = [];

  private constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.#context = context;
    this.page = page;
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.faults.push(message.text());
    });
  }

  /** `look`: how they have set their browser up, as dark. */
  static async comes(browser: Browser, plenum: Plenum, name: string, look: Look = {}): Promise<Person> {
    const context = await browser.newContext({ baseURL: plenum.address, ...look });
    return new Person(name, context, await context.newPage());
  }

  /** Opens an address of Plenum for the first time, and says the name that it asks for. */
  async entersAt(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.getByLabel("Your name").fill(this.name);
    await this.page.getByRole("button", { name: /^(Go in|Enter the room)$/ }).click();
  }

  async leaves(): Promise<void> {
    await this.#context.close();
  }

  /** The pages and sections beside the text. */
  get contents(): Locator {
    return this.page.getByRole("navigation", { name: "Pages and sections" });
  }

  async goesTo(title: string): Promise<void> {
    await this.contents.getByRole("link", { name: title }).click();
    await expect(this.contents.getByRole("link", { name: title })).toHaveAttribute("aria-current", "page");
    await expect(this.text).toBeVisible();
  }

  /** Waits until as many people are said to be here. */
  async seesPeopleHere(count: number): Promise<void> {
    await expect(this.page.getByRole("button", { name: `${count} people here` })).toBeVisible();
  }

  /** The word that says how the page stands with the server: exactly this one. */
  status(word: string): Locator {
    return this.page.getByRole("banner").getByText(word, { exact: true });
  }

  /** Makes a link in the dialog for sharing; answers its address. */
  async makesLink(role: string): Promise<string> {
    await this.page.getByRole("button", { name: "Share", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "Share this survey" });
    await dialog.getByRole("button", { name: `Make a link: ${role}` }).click();
    const address = await dialog.getByLabel(`${role} link`, { exact: false }).inputValue();
    await dialog.getByRole("button", { name: "Close" }).click();
    return address;
  }

  /** Chooses files to be imported, where the page asks for them. */
  async chooses(...files: readonly { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    const asked = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: "Choose files" }).first().click();
    await (await asked).setFiles([...files]);
  }

  /** The open page as the server at this address gives it out as Markdown. */
  async asksForMarkdown(address: string): Promise<string> {
    const page = new URL(this.page.url()).pathname.split("/").at(-1);
    const answer = await this.#context.request.get(`${address}/api/pages/${page}/export.md`);
    return answer.text();
  }

  /** Takes the open page as a Markdown file, through the menu and the dialog; answers what is in it. */
  async takesMarkdown(): Promise<string> {
    await this.page.getByRole("button", { name: "Export" }).click();
    await this.page.getByRole("menuitem", { name: "This page as Markdown" }).click();
    const dialog = this.page.getByRole("dialog", { name: "Export as Markdown" });
    const begun = this.page.waitForEvent("download");
    await dialog.getByRole("link", { name: /^Download/ }).click();
    const markdown = await readFile(await (await begun).path(), "utf8");
    await dialog.getByRole("button", { name: "Close" }).click();
    return markdown;
  }

  /** The text that everyone writes in. */
  get text(): Locator {
    return this.page.locator(".ProseMirror");
  }

  /** The paragraph or heading that holds these words. */
  block(words: string): Locator {
    return this.text.locator("p, h1, h2, h3").filter({ hasText: words });
  }

  /** Waits until the words are in the text as this person sees it. */
  async sees(...words: readonly string[]): Promise<void> {
    for (const each of words) await expect(this.text).toContainText(each);
  }

  /** All that this person sees of the text now. */
  async read(): Promise<string> {
    return (await this.text.innerText()).replaceAll(/\s+/g, " ");
  }

  /** Takes the whole survey as a zip, through the menu; answers the files in it, by their paths. */
  async takesSurvey(): Promise<Record<string, Uint8Array>> {
    await this.page.getByRole("button", { name: "Export" }).click();
    const begun = this.page.waitForEvent("download");
    await this.page.getByRole("menuitem", { name: "The whole survey as a zip" }).click();
    return unzipSync(await readFile(await (await begun).path()));
  }

  /** Another's caret in the text. */
  caretOf(name: string): Locator {
    return this.text.locator(`[data-caret="${name}"]`);
  }

  /** The words in the text that are marked as commented on, in the text's order. */
  async commented(): Promise<string> {
    return (await this.text.locator(".commented").allTextContents()).join("");
  }

  /** The card of the open thread about these words. */
  thread(quote: string): Locator {
    return this.page.getByRole("article", { name: `“${quote}”` }).filter({ hasText: /Reply|Resolve/ });
  }

  /** Comments on the selected words, and lets go of them. */
  async comments(text: string): Promise<void> {
    await this.page.keyboard.press("ControlOrMeta+Alt+m");
    await this.page.getByLabel("Write a comment").fill(text);
    await this.page.keyboard.press("ControlOrMeta+Enter");
    await expect(this.text).toBeFocused();
    await this.page.keyboard.press("ArrowRight");
  }

  async replies(quote: string, text: string): Promise<void> {
    await this.thread(quote).getByRole("button", { name: "Reply" }).click();
    await this.page.getByLabel("Write a reply").fill(text);
    await this.page.keyboard.press("ControlOrMeta+Enter");
  }

  async resolves(quote: string): Promise<void> {
    await this.thread(quote).getByRole("button", { name: "Resolve" }).click();
  }

  /** Waits until the thread is there, with these comments in this order and at these words. */
  async seesThread(quote: string, comments: readonly string[]): Promise<void> {
    await expect(this.thread(quote).getByRole("listitem")).toContainText([...comments]);
    await expect.poll(() => this.commented()).toBe(quote);
  }

  /** Clicks just behind the words, as one does to go on writing there. */
  async clicksBehind(words: string): Promise<void> {
    // As one looks where the caret went: text that comes in meanwhile moves what was aimed at.
    await expect(async () => {
      const { right, middle } = await this.#place(words);
      await this.page.mouse.click(right - 0.5, middle);
      await expect(this.text).toBeFocused({ timeout: 2_000 });
      expect(await this.#selected()).toBe("");
      expect((await this.#beforeCaret()).slice(-words.length)).toBe(words);
    }).toPass();
  }

  /** Drags the mouse over the words. */
  async selects(words: string): Promise<void> {
    const { left, right, top, middle } = await this.#place(words);
    await this.page.mouse.move(left + 0.5, top);
    await this.page.mouse.down();
    await this.page.mouse.move((left + right) / 2, middle, { steps: 4 });
    await this.page.mouse.move(right - 0.5, middle, { steps: 4 });
    await this.page.mouse.up();
    await expect.poll(() => this.#selected()).toBe(words);
  }

  /** The text of the caret's block up to the caret, without others' names in it. */
  #beforeCaret(): Promise<string> {
    return this.page.evaluate(() => {
      const { focusNode, focusOffset } = document.getSelection() ?? {};
      const block = (focusNode instanceof Element ? focusNode : focusNode?.parentElement)?.closest(
        "p, h1, h2, h3",
      );
      if (!block || !focusNode) return "";
      const before = document.createRange();
      before.setStart(block, 0);
      before.setEnd(focusNode, focusOffset ?? 0);
      const seen = before.cloneContents();
      for (const caret of seen.querySelectorAll("[data-caret]")) caret.remove();
      return seen.textContent;
    });
  }

  #selected(): Promise<string> {
    return this.page.evaluate(() => document.getSelection()?.toString() ?? "");
  }

  /** Types key after key, at the speed of a fast writer. */
  async types(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  /** Where the words stand on the screen: the start of their first line and the end of their last. */
  async #place(words: string): Promise<{ left: number; right: number; top: number; middle: number }> {
    await this.block(words).first().scrollIntoViewIfNeeded();
    return this.block(words)
      .first()
      .evaluate((block, sought) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const pieces: { node: Text; from: number }[] = [];
        let text = "";
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          pieces.push({ node: node as Text, from: text.length });
          text += node.textContent ?? "";
        }
        const pointAt = (at: number): [Text, number] => {
          const piece = pieces.findLast(({ from }) => from <= at) ?? pieces[0];
          if (!piece) throw new Error(`there is no text around ${sought}`);
          return [piece.node, at - piece.from];
        };
        const start = text.indexOf(sought);
        const first = document.createRange();
        first.setStart(...pointAt(start));
        first.setEnd(...pointAt(start + 1));
        const last = document.createRange();
        last.setStart(...pointAt(start + sought.length - 1));
        const [node, at] = pointAt(start + sought.length - 1);
        last.setEnd(node, at + 1);
        const [from, to] = [first.getBoundingClientRect(), last.getBoundingClientRect()];
        return {
          left: from.left,
          top: from.top + from.height / 2,
          right: to.right,
          middle: to.top + to.height / 2,
        };
      }, words);
  }
}
