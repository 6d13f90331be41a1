import { describe, expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { ana, joining, makeSurvey, plenum, refusal, stranger } from "./house.stage.ts";
import { textAt } from "./outside.ts";

describe("a guest", () => {
  test("says a name, and is known from then on by a token or a cookie", async () => {
    const said = await stranger.post("/api/session", { name: "  Ben  " });
    expect(said.status).toBe(201);
    expect(said.json).toEqual({
      person: { id: expect.any(String), name: "Ben" },
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
    const cookie = said.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^plenum_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    const byCookie = await stranger.get("/api/session", { cookie: cookie.split(";")[0] ?? "" });
    const byToken = await stranger.get("/api/session", {
      authorization: `Bearer ${textAt(said.json, "token")}`,
    });
    expect(byCookie.json).toEqual({ person: { id: textAt(said.json, "person", "id"), name: "Ben" } });
    expect(byToken.json).toEqual(byCookie.json);
  });

  test.each(["/api/session", "/api/surveys", "/api/surveys/x", "/api/pages/x/export.md"])(
    "who has said none may not ask for %s",
    async (path) => {
      const said = await stranger.get(path);
      expect([said.status, said.json]).toEqual([401, refusal("no-session")]);
      expect((await stranger.get(path, { authorization: "Bearer made-up" })).status).toBe(401);
    },
  );

  test.each([{}, { name: "" }, { name: " " }, { name: 7 }, { name: "x".repeat(limits.nameLength + 1) }])(
    "cannot be called %j",
    async (body) => {
      const said = await stranger.post("/api/session", body);
      expect([said.status, said.json]).toMatchObject([400, { error: { code: "bad-request" } }]);
      expect(textAt(said.json, "error", "details")).toContain("name");
    },
  );
});

test("who is on this machine may measure it, and who comes through a proxy may not", async () => {
  expect((await stranger.get("/metrics")).text).toContain("plenum_sockets 0");
  expect((await stranger.get("/metrics", { "x-forwarded-for": "10.0.0.1" })).status).toBe(403);
});

describe("a survey", () => {
  test("is made from the template, with its maker as the owner", async () => {
    const made = await ana.post("/api/surveys", { title: "Native code", template: "problem-survey" });
    expect(made.status).toBe(201);
    expect(made.json).toEqual({
      id: expect.any(String),
      title: "Native code",
      role: "owner",
      pages: [{ id: expect.any(String), title: "Native code", path: "index.md", kind: "page", parent: null }],
    });
    const page = await ana.get(`/api/pages/${textAt(made.json, "pages", 0, "id")}/export.md`);
    for (const heading of ["Goal", "Who is affected", "Complaints", "Root causes", "What has been tried"])
      expect(page.text).toContain(`\n## ${heading}\n`);
    expect(page.text).toMatch(/^# Native code\n/);
    expect(page.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(page.headers.get("content-disposition")).toContain('filename="index.md"');
  });

  test("is listed for its members, the newest first, and for nobody else", async () => {
    const ben = await stranger.named("Ben");
    await ben.post("/api/surveys", { title: "First" });
    await ben.post("/api/surveys", { title: "Second" });
    const { json } = await ben.get("/api/surveys");
    expect(json).toEqual({
      surveys: [
        { id: expect.any(String), title: "Second", role: "owner", at: expect.any(Number) },
        { id: expect.any(String), title: "First", role: "owner", at: expect.any(Number) },
      ],
    });
  });

  test("gets further pages: from Markdown, or with their title alone; each at a path of its own", async () => {
    const { survey } = await makeSurvey("blank");
    const add = (body: object) => ana.post(`/api/surveys/${survey}/pages`, body);
    const first = await add({ title: "Key issues" });
    const second = await add({ title: "Key issues" });
    const third = await add({ title: "ABI", path: "key-issues/abi.md", markdown: "# ABI\n\nWhat it is.\n" });
    expect([first, second, third].map(({ status, json }) => [status, textAt(json, "path")])).toEqual([
      [201, "key-issues.md"],
      [201, "key-issues-2.md"],
      [201, "key-issues/abi.md"],
    ]);
    expect((await ana.get(`/api/pages/${textAt(third.json, "id")}/export.md`)).text).toBe(
      "# ABI\n\nWhat it is.\n",
    );
    expect((await ana.get(`/api/pages/${textAt(first.json, "id")}/export.md`)).text).toBe("# Key issues\n");
    const { json } = await ana.get(`/api/surveys/${survey}`);
    expect(json).toMatchObject({ pages: [{}, first.json, second.json, third.json] });
  });

  test.each([
    ["../up.md", 400],
    ["/etc/page.md", 400],
    ["a//b.md", 400],
    ["a\\b.md", 400],
    ["page.html", 400],
    ["index.md", 409],
  ])("takes no page at %s", async (path, status) => {
    const { survey } = await makeSurvey("blank");
    const said = await ana.post(`/api/surveys/${survey}/pages`, { title: "Page", path });
    expect(said.status).toBe(status);
  });
});

describe("a share link", () => {
  test("tells what it opens to anybody, and lets in who has a name", async () => {
    const { survey, page } = await makeSurvey();
    const link = await ana.post(`/api/surveys/${survey}/links`, { role: "commenter" });
    const secret = textAt(link.json, "secret");
    expect(link.status).toBe(201);
    expect(secret).toMatch(/^[\w-]{22}$/);
    expect(textAt(link.json, "url")).toBe(`${plenum.address}/join/${secret}`);

    const invitation = await stranger.get(`/api/links/${secret}`);
    expect([invitation.status, invitation.json]).toEqual([200, { title: "Native code", role: "commenter" }]);
    expect((await stranger.post(`/api/links/${secret}`)).json).toEqual(refusal("no-session"));

    const ben = await stranger.named("Ben");
    const joined = await ben.post(`/api/links/${secret}`);
    expect(joined.status).toBe(200);
    expect(joined.json).toMatchObject({
      survey: { id: survey, role: "commenter", pages: [{ id: page }] },
      firstPage: { id: page },
    });
  });

  test("never takes a higher role away, and being used twice says nothing new", async () => {
    const { survey } = await makeSurvey();
    const link = await ana.post(`/api/surveys/${survey}/links`, { role: "reader" });
    const before = (await ana.get(`/api/surveys/${survey}/records`)).json;
    const joined = await ana.post(`/api/links/${textAt(link.json, "secret")}`);
    expect(joined.json).toMatchObject({ survey: { role: "owner" } });
    expect((await ana.get(`/api/surveys/${survey}/records`)).json).toEqual(before);
  });

  test("raises the role of who had a lower one", async () => {
    const { survey } = await makeSurvey();
    const ben = await joining(survey, "reader");
    const link = await ana.post(`/api/surveys/${survey}/links`, { role: "editor" });
    await ben.post(`/api/links/${textAt(link.json, "secret")}`);
    expect((await ben.get(`/api/surveys/${survey}`)).json).toMatchObject({ role: "editor" });
  });

  test("that nobody made opens nothing; no answer but its maker's holds a secret", async () => {
    for (const secret of ["x", "0".repeat(22), "..%2f..%2fapi"]) {
      const said = await ana.get(`/api/links/${secret}`);
      expect([said.status, said.json]).toMatchObject([404, { error: { code: "not-found" } }]);
    }
    const { survey } = await makeSurvey();
    const link = await ana.post(`/api/surveys/${survey}/links`, { role: "editor" });
    for (const path of ["", "/records"])
      expect((await ana.get(`/api/surveys/${survey}${path}`)).text).not.toContain(
        textAt(link.json, "secret"),
      );
  });
});

describe("the record log", () => {
  const open = (page: string, quote: object, text = "Is that so?") => ({
    type: "thread.opened",
    page,
    quote,
    text,
  });

  test("takes a thread from a script by the words it quotes, and tells it to who asks", async () => {
    const { survey, page } = await makeSurvey();
    const before = (await ana.get(`/api/surveys/${survey}/records`)).json as { seq: number };
    const made = await ana.post(
      `/api/surveys/${survey}/records`,
      open(page, { exact: "it is not yet the problem" }),
    );
    expect([made.status, made.json]).toMatchObject([
      201,
      {
        type: "thread.opened",
        seq: before.seq + 1,
        person: ana.id,
        quote: { exact: "it is not yet the problem", prefix: expect.stringContaining("call for help") },
        place: { start: expect.any(String), end: expect.any(String) },
      },
    ]);
    const reply = { type: "comment.added", thread: textAt(made.json, "thread"), text: "It is." };
    const replied = await ana.post(`/api/surveys/${survey}/records`, reply);
    expect(replied.status).toBe(201);
    const after = await ana.get(`/api/surveys/${survey}/records?after=${before.seq}`);
    expect(after.json).toEqual({ records: [made.json, replied.json], seq: before.seq + 2 });
    expect((await ana.get(`/api/surveys/${survey}/records?after=${before.seq + 2}`)).json).toEqual({
      records: [],
      seq: before.seq + 2,
    });
  });

  test("refuses words that are not on the page, or there twice, or on somebody else's page", async () => {
    const { survey, page } = await makeSurvey();
    const other = await makeSurvey();
    const ask = async (quote: object, on = page) =>
      textAt((await ana.post(`/api/surveys/${survey}/records`, open(on, quote))).json, "error", "code");
    expect(await ask({ exact: "words that nobody wrote" })).toBe("quote-not-found");
    expect(await ask({ exact: "the" })).toBe("ambiguous-quote");
    expect(await ask({ exact: "it is not yet the problem" }, other.page)).toBe("not-found");
    expect(await ask({ exact: "" })).toBe("bad-request");
  });

  test("takes what a record says of itself from nobody", async () => {
    const { survey, page } = await makeSurvey();
    const ben = await joining(survey, "commenter");
    const forged = { ...open(page, { exact: "it is not yet the problem" }), person: ana.id, seq: 1, at: 0 };
    const made = await ben.post(`/api/surveys/${survey}/records`, forged);
    expect(made.json).toMatchObject({ person: ben.id });
    expect(made.json).not.toMatchObject({ seq: 1 });
  });

  test.each([
    [7],
    [null],
    [{}],
    [{ type: "thread.burnt" }],
    [{ type: "__proto__" }],
    [{ type: "page.renamed" }],
  ])("refuses %j", async (ask) => {
    const { survey } = await makeSurvey("blank");
    const said = await ana.post(`/api/surveys/${survey}/records`, ask);
    expect([said.status, said.json]).toMatchObject([400, { error: { code: "bad-request" } }]);
  });

  test("what was said about a page stands behind it when it is asked for", async () => {
    const { survey, page } = await makeSurvey();
    await ana.post(
      `/api/surveys/${survey}/records`,
      open(page, { exact: "it is not yet the problem" }, "Why not?\n<script>alert(1)</script>"),
    );
    const plain = await ana.get(`/api/pages/${page}/export.md`);
    const noted = await ana.get(`/api/pages/${page}/export.md?comments=endnotes`);
    expect(plain.text).not.toContain("Why not?");
    expect(noted.text.startsWith(plain.text)).toBe(true);
    expect(noted.text).toMatch(
      /## Comments\n[^]*“it is not yet the problem”[^]*\*\*Ana\*\*, \d{4}-\d\d-\d\d: Why not\?/,
    );
    expect(noted.text).not.toContain("<script>");
    expect((await ana.get(`/api/pages/${page}/export.md?comments=loud`)).status).toBe(400);
  });
});

describe("an image", () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  const svg = new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`);
  const send = (survey: string, body: Uint8Array<ArrayBuffer>, type = "image/png") =>
    ana.call(`/api/surveys/${survey}/assets`, { method: "POST", body, headers: { "content-type": type } });

  test("is kept once, and shown in place to members alone", async () => {
    const { survey } = await makeSurvey("blank");
    const made = await send(survey, png);
    expect([made.status, made.json]).toMatchObject([201, { mediaType: "image/png", bytes: png.length }]);
    expect((await send(survey, png, "text/html")).json).toEqual(made.json);
    const path = `/api/surveys/${survey}/assets/${textAt(made.json, "id")}`;
    const shown = await ana.get(path);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline",
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
    });
    expect((await (await stranger.named("Eve")).get(path)).status).toBe(403);
    const other = await makeSurvey("blank");
    expect((await ana.get(`/api/surveys/${other.survey}/assets/${textAt(made.json, "id")}`)).status).toBe(
      404,
    );
  });

  test.each([
    ["an SVG", svg, "image/svg+xml", 415, "unsupported-type"],
    ["an SVG that says it is a PNG", svg, "image/png", 415, "unsupported-type"],
    ["nothing", new Uint8Array(), "image/png", 400, "bad-request"],
    ["more than fits", new Uint8Array(limits.assetBytes + 1), "image/png", 413, "too-large"],
  ])("is not %s", async (_, bytes, type, status, code) => {
    const { survey } = await makeSurvey("blank");
    const said = await send(survey, bytes, type);
    expect([said.status, textAt(said.json, "error", "code")]).toEqual([status, code]);
  });
});
