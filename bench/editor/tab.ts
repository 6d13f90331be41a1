import type { Browser, CDPSession, Page } from "@playwright/test";
import type { Contender } from "./contender.ts";
import { Meter } from "./meter.ts";
import type { Program } from "./program.ts";
import type { Part } from "./random-page.ts";
import { Elsewhere } from "./remote.ts";

/** A contender's page in a browser context of its own, in front of a person who has done nothing yet. */
export class Tab {
  readonly page: Page;
  readonly session: CDPSession;
  readonly meter: Meter;
  readonly elsewhere: Elsewhere;
  readonly #bytes: string;
  readonly #errors: Error[] = [];
  /** Milliseconds from having the page's bytes to having painted an editor that takes keys. */
  openMs = NaN;

  private constructor(page: Page, session: CDPSession, elsewhere: Elsewhere, bytes: string) {
    this.page = page;
    this.session = session;
    this.meter = new Meter(session);
    this.elsewhere = elsewhere;
    this.#bytes = bytes;
    page.on("pageerror", (error) => this.#errors.push(error));
  }

  static async start(
    browser: Browser,
    program: Program,
    contender: Contender,
    parts: readonly Part[],
  ): Promise<Tab> {
    const elsewhere = new Elsewhere(contender, parts);
    const bytes = await program.lay(contender.name, elsewhere.bytes);
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const tab = new Tab(page, await context.newCDPSession(page), elsewhere, bytes);
    await page.goto(`${program.address}?${contender.name}`);
    await page.waitForFunction(() => window.stage !== undefined);
    return tab;
  }

  /** Opens the editor: once, before anything else. */
  async open(): Promise<void> {
    this.openMs = await this.page.evaluate((at) => window.stage!.open(at), this.#bytes);
    await this.meter.start();
  }

  /** Ends it; fails where anything in the page did. */
  async close(): Promise<void> {
    this.elsewhere.close();
    await this.page.context().close();
    if (this.#errors.length > 0)
      throw new AggregateError(this.#errors, "The page failed while it was measured");
  }
}
