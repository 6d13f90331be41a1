import { crc32, deflateSync } from "node:zlib";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test, type Plenum } from "./plenum.ts";
import type { Browser } from "@playwright/test";

/** Ana at a page of her own that holds this Markdown. */
async function anaAt(browser: Browser, plenum: Plenum, markdown: string) {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Under the hand");
  const added = await script.call("POST", `/api/surveys/${survey.id}/pages`, { title: "A page", markdown });
  const { id } = (await added.json()) as { id: string };
  const ana = await Person.comes(browser, plenum, "Ana");
  await ana.entersAt(await script.makesLink(survey.id, "editor"));
  await ana.goesTo("A page");
  /** What follows the page's title, as the server gives it out once it holds these words. */
  const holds = async (words: string): Promise<string> => {
    await expect.poll(() => script.exports(id)).toContain(words);
    return (await script.exports(id)).replace(/^# A page\n\n/, "");
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await ana.page.keyboard.press(key);
  };
  return { ana, script, survey, id, holds, press };
}

test("Enter, Shift+Enter and Tab do what hands expect", async ({ browser, plenum }) => {
  const { ana, holds, press } = await anaAt(browser, plenum, "one\n\n- first\n- second\n\n> said\n>\n> more");
  await ana.clicksBehind("one");
  await press("Shift+Enter");
  await ana.types("two");
  expect(await holds("two")).toContain("one  \ntwo");

  await test.step("words selected across two items give way to a new line", async () => {
    await ana.clicksBehind("second");
    await press("Home", "Shift+ArrowUp", "Enter");
    await ana.types("new");
    expect(await holds("new")).toContain("- new");
  });
  await test.step("an empty line in a quote leaves it", async () => {
    await ana.clicksBehind("said");
    await press("Enter", "Enter");
    await ana.types("outside");
    expect(await holds("outside")).toContain("> said\n\noutside\n\n> more");
  });
  expect(ana.faults).toEqual([]);
});

test("who goes through the screen by Tab changes nothing and is not kept in the text", async ({
  browser,
  plenum,
}) => {
  const { ana, id, script } = await anaAt(browser, plenum, "- first\n- second");
  await ana.sees("second");
  const before = await script.exports(id);
  await ana.page.getByRole("button", { name: "New page" }).focus();
  await ana.page.keyboard.press("Tab");
  await expect(ana.text).toBeFocused();
  await ana.page.keyboard.press("Tab");
  await expect(ana.text).not.toBeFocused();

  await ana.clicksBehind("second");
  await ana.types("!");
  await ana.page.keyboard.press("Escape");
  await ana.page.keyboard.press("Tab");
  await expect(ana.text).not.toBeFocused();
  await expect.poll(() => script.exports(id)).toBe(before.replace("second", "second!"));
});

test("what is cut and pasted back is what it was, pictures, raw Markdown and code included", async ({
  browser,
  plenum,
}) => {
  const markdown =
    "A ![picture](missing.png) and a note[^1].\n\n!!! note\n    Kept as it is.\n\n```js\nlet x;\n```\n\n3. three\n4. four\n";
  const { ana, holds, press } = await anaAt(browser, plenum, markdown);
  await ana.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const before = await holds("four");
  await ana.clicksBehind("four");
  await press("ControlOrMeta+a", "ControlOrMeta+x");
  await expect(ana.text).toHaveText("");
  await press("ControlOrMeta+v");
  await ana.sees("Kept as it is.");
  expect((await holds("four")).replace(/^# A page\n\n/, "")).toBe(before);
  expect(ana.faults).toEqual([]);
});

test("Ctrl+K asks for an address, completes what begins with a host, and gives the text back", async ({
  browser,
  plenum,
}) => {
  const { ana, holds, press } = await anaAt(browser, plenum, "See the report for more.");
  await ana.selects("the report");
  await press("ControlOrMeta+k");
  const address = ana.page.getByRole("textbox", { name: "Address of the link" });
  await address.fill("javascript:alert(1)");
  await press("Enter");
  await expect(ana.page.getByText("This address cannot be a link")).toBeVisible();
  await address.fill("example.org/report");
  await press("Enter");
  await expect(ana.text).toBeFocused();
  expect(await holds("example")).toContain("See [the report](https://example.org/report) for more.");
  expect(ana.faults).toEqual([]);
});

test("pasted Markdown becomes what it says, an address a link, and plain words stay plain", async ({
  browser,
  plenum,
}) => {
  const { ana, holds } = await anaAt(browser, plenum, "Before.\n\nBehind.");
  const pastes = (text: string) =>
    ana.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
    }, text);
  await ana.clicksBehind("Before.");
  await pastes(" Some **strong** words.");
  await holds("Before. Some **strong** words.");
  await ana.page.keyboard.press("Enter");
  await pastes("## A heading\n\n- one\n- two\n\n> said");
  await holds("## A heading\n\n- one\n- two\n\n> said\n");
  await ana.selects("Behind");
  await pastes("https://example.org/behind");
  await holds("[Behind](https://example.org/behind).");
  expect(ana.faults).toEqual([]);
});

test("a picture that is pasted goes to the survey and stands in the text for everyone", async ({
  browser,
  plenum,
}) => {
  const { ana, holds } = await anaAt(browser, plenum, "Here it is:");
  await ana.clicksBehind("Here it is:");
  await ana.page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "stack.png", { type: "image/png" }));
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror")?.dispatchEvent(event);
  }, dot().toString("base64"));
  await expect(ana.text.getByRole("img", { name: "stack" })).toHaveJSProperty("naturalWidth", 1);
  expect(await holds("stack")).toMatch(/Here it is:!\[stack\]\([\w/.-]+\.png\)/);
});

test("nothing that another version of Plenum took keeps people from reading and writing", async ({
  browser,
  plenum,
}) => {
  const { ana, script, id, holds } = await anaAt(browser, plenum, "Before.");
  await ana.sees("Before.");
  const odd = await script.writesAside(id, (doc) => {
    const text = doc.getText("body");
    for (const atom of [
      { type: "html", source: 5 },
      { type: "image", src: [], alt: {} },
      { type: "never" },
      {},
    ])
      text.insertEmbed(text.length, atom);
    text.insert(text.length, "odd", { link: 7, bold: { deep: [] }, unheard: "of" });
  });
  await plenum.findsOnDisk(id, odd);
  await ana.sees("odd");
  await ana.clicksBehind("Before.");
  await ana.types(" And on.");
  await holds("And on.");
  expect(ana.faults).toEqual([]);
});

/** A PNG of one pixel. */
function dot(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, check]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from([0, 128]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
