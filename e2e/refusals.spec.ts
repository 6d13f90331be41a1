import { WebSocket } from "ws";
import { once } from "node:events";
import { Program } from "./outside.ts";
import { Person } from "./people.ts";
import { expect, test } from "./plenum.ts";

test("a person who takes a wrong turn reads what is the matter and what to do", async ({
  browser,
  plenum,
}) => {
  const bo = await Person.comes(browser, plenum, "Bo");
  const { page } = bo;

  await test.step("without a name, the first thing asked is a name", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "Go in" }).click();
    await expect(page.getByText("Enter the name that others should see.")).toBeVisible();
    await page.getByLabel("Your name").fill("Bo");
    await page.getByRole("button", { name: "Go in" }).click();
    await expect(page.getByRole("heading", { name: "Nothing is written yet" })).toBeVisible();
  });

  await test.step("an address that leads nowhere", async () => {
    for (const address of ["/s/no-such-survey/no-such-page", "/nothing/at/all"]) {
      await page.goto(address);
      await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
    }
    await page.getByRole("link", { name: "Your surveys" }).click();
    await expect(page.getByRole("heading", { name: "Nothing is written yet" })).toBeVisible();
  });

  await test.step("a link that opens nothing", async () => {
    await page.goto("/join/not-a-secret-that-anybody-made");
    await expect(page.getByText("This link does not open anything")).toBeVisible();
  });

  await test.step("a survey of others, without a link", async () => {
    const script = await Program.signIn(plenum, "Ana");
    const { id } = await script.makesSurvey("Among us");
    await page.goto(`/s/${id}`);
    await expect(page.getByRole("heading", { name: "This room is not open to you" })).toBeVisible();
    await expect(page.getByText("Among us")).toHaveCount(0);
  });

  await test.step("a zip that is not one, and a file that nobody asked for", async () => {
    await page.goto("/import");
    const choose = (name: string, content: string): Promise<void> =>
      bo.chooses({ name, mimeType: "application/zip", buffer: Buffer.from(content) });
    await choose("site.zip", "This says zip on the outside only.");
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "not a zip archive that can be read",
    );
    await choose("site.docx", "Neither of both.");
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "neither a zip nor a Markdown file",
    );
  });

  expect(bo.faults).toEqual([]);
});

test("a program that says something wrong gets a code and a sentence, and the server stays up", async ({
  plenum,
}) => {
  const script = await Program.signIn(plenum, "A script");
  const survey = await script.makesSurvey("Wrong calls");
  const page = survey.pages[0]?.id ?? "";
  const refused = async (answer: Response): Promise<{ status: number; code: unknown; message: unknown }> => {
    const { error } = (await answer.json()) as { error: { code: unknown; message: unknown } };
    return { status: answer.status, code: error.code, message: error.message };
  };
  const words = expect.stringMatching(/\w+ \w+/);

  await test.step("calls", async () => {
    const call = (path: string, rest: RequestInit = {}) => fetch(plenum.address + path, rest);
    const post = (body: BodyInit, type: string) => ({
      method: "POST",
      body,
      headers: { authorization: `Bearer ${script.token}`, "content-type": type },
    });
    const wrong: readonly [string, Promise<Response>, number, string][] = [
      ["no session", call("/api/surveys"), 401, "no-session"],
      [
        "a made-up token",
        call("/api/surveys", { headers: { authorization: "Bearer made-up" } }),
        401,
        "no-session",
      ],
      ["unknown page", script.call("GET", "/api/pages/nowhere/export.md"), 404, "not-found"],
      ["unknown survey", script.call("GET", "/api/surveys/nowhere"), 404, "not-found"],
      ["unknown route", script.call("GET", "/api/nothing"), 404, "not-found"],
      ["bad JSON", call("/api/surveys", post("{not json", "application/json")), 400, "bad-request"],
      ["a wrong shape", script.call("POST", "/api/surveys", { title: 7 }), 400, "bad-request"],
      ["not a zip", call("/api/surveys/import", post("no zip", "application/zip")), 400, "bad-zip"],
      [
        "a foreign site",
        call("/api/surveys", {
          ...post(`{"title":"x"}`, "application/json"),
          headers: {
            cookie: `plenum_session=${script.token}`,
            "content-type": "application/json",
            origin: "https://elsewhere.example",
          },
        }),
        403,
        "foreign-origin",
      ],
    ];
    for (const [what, answer, status, code] of wrong)
      expect(await refused(await answer), what).toEqual({ status, code, message: words });
  });

  await test.step("200 MB where 50 are the most", async () => {
    const megabyte = new Uint8Array(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream({
      pull: (stream) => (sent++ < 200 ? stream.enqueue(megabyte) : stream.close()),
    });
    const upload = fetch(`${plenum.address}/api/surveys/import`, {
      method: "POST",
      body,
      duplex: "half",
      headers: { authorization: `Bearer ${script.token}`, "content-type": "application/zip" },
    } as RequestInit);
    expect(await refused(await upload)).toEqual({ status: 413, code: "too-large", message: words });
    expect(sent).toBeLessThan(200);
  });

  await test.step("sockets", async () => {
    const closed = async (path: string, token: string, say?: string | Uint8Array): Promise<number> => {
      const socket = new WebSocket(`${plenum.address.replace("http", "ws")}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      if (say !== undefined) socket.on("open", () => socket.send(say));
      const [code] = (await once(socket, "close")) as [number];
      return code;
    };
    expect(await closed(`/sync/${page}`, "made-up"), "no session").toBe(4401);
    expect(await closed("/sync/nowhere", script.token), "unknown page").toBe(4404);
    expect(await closed(`/sync/${page}`, script.token, "text, not bytes"), "text").toBe(4400);
    expect(await closed(`/sync/${page}`, script.token, Uint8Array.of(0, 2, 255)), "cut short").toBe(4400);
    expect(await closed(`/sync/${page}`, script.token, Uint8Array.of(99, 1)), "unknown type").toBe(4400);
  });

  await test.step("and honest people notice nothing", async () => {
    expect(plenum.isRunning).toBe(true);
    expect(await script.exports(page)).toContain("Wrong calls");
  });
});
