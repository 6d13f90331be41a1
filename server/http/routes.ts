import { z } from "zod/mini";
import { assetId, pageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { title } from "../../shared/base/title.ts";
import { flavours } from "../../shared/markdown/flavour.ts";
import { newLink, newPage, newSession, newSurvey } from "../../shared/protocol/http.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Guests } from "../people/guests.ts";
import type { ShareLinks } from "../people/links.ts";
import type { Person, RecordLog } from "../storage/storage.ts";
import { addPage } from "../surveys/add-page.ts";
import { addImage, loadAsset } from "../surveys/assets.ts";
import { completeAsk } from "../surveys/complete-ask.ts";
import { createSurvey } from "../surveys/create.ts";
import { exportPage } from "../surveys/export-page.ts";
import { exportSurvey } from "../surveys/export-survey.ts";
import { imageType } from "../surveys/images.ts";
import { importSurvey } from "../surveys/import.ts";
import { firstPage, summaryOf } from "../surveys/summary.ts";
import type { Tools } from "../surveys/tools.ts";
import { download, json, type Answer } from "./answers.ts";
import { sessionCookie } from "./caller.ts";
import { forAnyone, forMember, forPerson, image, jsonOf, nothing, upload, type Route } from "./route.ts";

/** What the routes are answered with. */
export type RoutesNeed = {
  guests: Guests;
  links: ShareLinks;
  tools: Tools;
  log: Pick<RecordLog, "surveysOf">;
  publicUrl: string | null;
};

const get = (path: string) => ({ method: "GET", path }) as const;
const post = (path: string) => ({ method: "POST", path }) as const;

const heavy = <T extends object>(head: T) => ({ ...head, isHeavy: true });

const recordsAfter = z.object({ after: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0) });
const exportOptions = z.object({
  comments: z._default(z.enum(["none", "endnotes"]), "none"),
  flavour: z._default(z.enum(flavours), "mkdocs"),
});
const importOptions = z.object({ title: z.optional(title) });

/** Every call there is, with who may make it; docs/protocol.md says the same to people. */
export function routeTable({ guests, links, tools, log, publicUrl }: RoutesNeed): Route[] {
  const { records } = tools;
  return [
    forAnyone(post("/api/session"), jsonOf(newSession, limits.askBytes), async ({ body }) => {
      const { person, token } = await guests.signIn(body.name);
      const cookie = { "set-cookie": sessionCookie(token, publicUrl) };
      return json(201, { person: nameOf(person), token }, cookie);
    }),
    forPerson(get("/api/session"), nothing, async (_, person) => json(200, { person: nameOf(person) })),

    forPerson(get("/api/surveys"), nothing, async (_, { id }) => {
      const surveys = await log.surveysOf(id);
      return json(200, { surveys: surveys.map(({ survey, ...entry }) => ({ id: survey, ...entry })) });
    }),
    forPerson(post("/api/surveys"), jsonOf(newSurvey, limits.askBytes), async ({ body }, person) => {
      const survey = await createSurvey(tools, person, body);
      return json(201, summaryOf(survey, await records.state(survey), "owner"));
    }),
    forPerson(heavy(post("/api/surveys/import")), upload, async ({ body, query }, person) => {
      const survey = await importSurvey(tools, person, body, z.parse(importOptions, query).title);
      return json(201, summaryOf(survey, await records.state(survey), "owner"));
    }),
    forMember("survey.read", get("/api/surveys/:survey"), nothing, async (_, { survey, role }) =>
      json(200, summaryOf(survey, await records.state(survey), role)),
    ),
    forMember(
      "page.add",
      heavy(post("/api/surveys/:survey/pages")),
      jsonOf(newPage, limits.jsonBytes),
      async (call, to) => json(201, await addPage(tools, to.survey, to.person, call.body)),
    ),
    forMember(
      "page.export",
      heavy(get("/api/surveys/:survey/export.zip")),
      nothing,
      async (_, { survey }) => {
        const { name, zip } = await exportSurvey(tools, survey);
        return download(`${name}.zip`, "application/zip", zip);
      },
    ),
    forMember(
      "page.export",
      heavy(get("/api/pages/:page/export.md")),
      nothing,
      async ({ params, query }, { survey }) => {
        const page = pageId.parse(params["page"]);
        const { name, markdown } = await exportPage(tools, survey, page, z.parse(exportOptions, query));
        return download(`${name}.md`, "text/markdown; charset=utf-8", markdown);
      },
    ),

    // Which records a role may ask for is for the record log: it is not the same for each type.
    forMember(
      "survey.read",
      post("/api/surveys/:survey/records"),
      jsonOf(z.unknown(), limits.askBytes),
      async (call, to) => {
        const state = await records.state(to.survey);
        const ask = await completeAsk(tools, state, to.role, call.body);
        return json(201, await records.ask(to.survey, to.person.id, ask));
      },
    ),
    forMember("survey.read", get("/api/surveys/:survey/records"), nothing, async ({ query }, { survey }) => {
      const { after } = z.parse(recordsAfter, query);
      const found = await records.read(survey, after);
      return json(200, { records: found, seq: found.at(-1)?.seq ?? (await records.state(survey)).seq });
    }),

    forMember("asset.add", post("/api/surveys/:survey/assets"), image, async ({ body }, { survey, person }) =>
      json(201, await addImage(tools, survey, person, body)),
    ),
    forMember(
      "survey.read",
      get("/api/surveys/:survey/assets/:asset"),
      nothing,
      async ({ params }, { survey }) => {
        const id = assetId.safeParse(params["asset"]);
        if (!id.success) throw new Refused("not-found", "asset");
        const { asset, bytes } = await loadAsset(tools, survey, id.data);
        return assetAnswer(asset.path.split("/").at(-1) ?? "file", bytes);
      },
    ),

    forMember(
      "link.make",
      post("/api/surveys/:survey/links"),
      jsonOf(newLink, limits.askBytes),
      async (call, by) => {
        const secret = await links.make(by.survey, call.body.role, by.person);
        return json(201, { url: `${call.base}/join/${secret}`, secret });
      },
    ),
    forAnyone(get("/api/links/:secret"), nothing, async ({ params }) => {
      const { survey, role } = await links.find(params["secret"] ?? "");
      return json(200, { title: (await records.state(survey)).title, role });
    }),
    forPerson(post("/api/links/:secret"), nothing, async ({ params }, person) => {
      const { survey, role } = await links.join(params["secret"] ?? "", person);
      const state = await records.state(survey);
      return json(200, { survey: summaryOf(survey, state, role), firstPage: firstPage(state) });
    }),
  ];
}

function nameOf({ id, name }: Person): { id: string; name: string } {
  return { id, name };
}

/**
 * An asset's bytes never change under its id, so a browser may keep them for ever. Only pictures are shown in
 * place; all else is to be saved, and even opened by itself it can run nothing and reach nothing.
 */
function assetAnswer(name: string, bytes: Uint8Array): Answer {
  const picture = imageType(bytes);
  const answer = download(name, picture ?? "application/octet-stream", bytes);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(picture ? { "content-disposition": "inline" } : {}),
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, max-age=31536000, immutable",
    },
  };
}
