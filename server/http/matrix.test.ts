import { describe, expect, test } from "vitest";
import { may, type Action } from "../../shared/access/may.ts";
import { roles } from "../../shared/access/roles.ts";
import { ana, joining, makeSurvey, refusal, stranger } from "./house.stage.ts";
import type { Outsider, Said } from "./outside.ts";

describe("who may do what", () => {
  type Row = {
    does: string;
    action: Action;
    call: (who: Outsider, survey: string, page: string) => Promise<Said>;
  };
  const rows: Row[] = [
    { does: "look at it", action: "survey.read", call: (who, survey) => who.get(`/api/surveys/${survey}`) },
    {
      does: "read its records",
      action: "survey.read",
      call: (who, survey) => who.get(`/api/surveys/${survey}/records`),
    },
    {
      does: "export it",
      action: "page.export",
      call: (who, survey) => who.get(`/api/surveys/${survey}/export.zip`),
    },
    {
      does: "export a page",
      action: "page.export",
      call: (who, _, page) => who.get(`/api/pages/${page}/export.md`),
    },
    {
      does: "add a page",
      action: "page.add",
      call: (who, survey) => who.post(`/api/surveys/${survey}/pages`, { title: "x" }),
    },
    {
      does: "rename a page",
      action: "page.arrange",
      call: (who, survey, page) =>
        who.post(`/api/surveys/${survey}/records`, { type: "page.renamed", page, title: "x" }),
    },
    {
      does: "add an image",
      action: "asset.add",
      call: (who, survey) =>
        who.call(`/api/surveys/${survey}/assets`, {
          method: "POST",
          body: Uint8Array.from(Buffer.from("GIF89a")),
          headers: { "content-type": "image/gif" },
        }),
    },
    {
      does: "open a thread",
      action: "thread.open",
      call: (who, survey, page) =>
        who.post(`/api/surveys/${survey}/records`, {
          type: "thread.opened",
          page,
          quote: { exact: "it is not yet the problem" },
          text: "x",
        }),
    },
    {
      does: "make a link",
      action: "link.make",
      call: (who, survey) => who.post(`/api/surveys/${survey}/links`, { role: "reader" }),
    },
    {
      does: "rename it",
      action: "survey.rename",
      call: (who, survey) =>
        who.post(`/api/surveys/${survey}/records`, { type: "survey.renamed", title: "x" }),
    },
  ];

  test.each(roles)("a %s does what the table allows, and nothing else", async (role) => {
    const { survey, page } = await makeSurvey();
    const who = role === "owner" ? ana : await joining(survey, role);
    for (const { does, action, call } of rows) {
      const { status } = await call(who, survey, page);
      expect([does, status < 300 ? "done" : status]).toEqual([does, may(role, action) ? "done" : 403]);
    }
  });

  test("somebody who is no member does nothing, and is told no more than that", async () => {
    const { survey, page } = await makeSurvey();
    const eve = await stranger.named("Eve");
    for (const { does, call } of rows) {
      const said = await call(eve, survey, page);
      expect([does, said.status, said.json]).toEqual([does, 403, refusal("not-allowed")]);
    }
  });

  test("nothing is at a survey, page or asset that does not exist", async () => {
    for (const { does, call } of rows.filter(({ does }) => does !== "export a page")) {
      const said = await call(ana, "nowhere", "nowhere");
      expect([does, said.status]).toEqual([does, 404]);
    }
    expect((await ana.get("/api/pages/nowhere/export.md")).json).toMatchObject(refusal("not-found"));
    expect((await ana.get("/api/pages/%2e%2e%2fx/export.md")).status).toBe(404);
  });
});
