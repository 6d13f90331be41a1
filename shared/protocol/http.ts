import { z } from "zod/mini";
import { role } from "../access/roles.ts";
import { assetId, pageId, personId, surveyId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import { title } from "../base/title.ts";

/*
 * What the HTTP calls take, as shapes; docs/protocol.md lists the routes. Unknown keys are dropped.
 */

/** POST /api/session → 201 `session`, and the cookie `plenum_session`. */
export const newSession = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.nameLength)),
});

export const templates = ["problem-survey", "blank"] as const;

/** POST /api/surveys → 201 `surveySummary` */
export const newSurvey = z.object({ title, template: z.optional(z.enum(templates)) });

/** POST /api/surveys/:id/pages → 201 `pageSummary` */
export const newPage = z.object({
  title,
  markdown: z.optional(z.string().check(z.maxLength(limits.markdownBytes))),
  path: z.optional(z.string().check(z.maxLength(limits.pathLength))),
});

/** POST /api/surveys/:id/links → 201 `madeLink` */
export const newLink = z.object({ role });

/*
 * What they answer. The browser reads by these shapes, the server answers with their types.
 */

/** GET /api/session, and POST, which adds the token for programs. */
export const session = z.object({
  person: z.object({ id: personId, name: z.string() }),
  token: z.optional(z.string()),
});

export const pageSummary = z.object({
  id: pageId,
  title: z.string(),
  path: z.string(),
  kind: z.enum(["page", "group"]),
  parent: z.nullable(pageId),
});

export const surveySummary = z.object({
  id: surveyId,
  title: z.string(),
  role,
  pages: z.array(pageSummary),
});

/** GET /api/surveys: the newest first. */
export const surveyList = z.object({
  surveys: z.array(z.object({ id: surveyId, title: z.string(), role, at: z.number() })),
});

/** POST /api/surveys/:id/links */
export const madeLink = z.object({ url: z.string(), secret: z.string() });

/** GET /api/links/:secret: what somebody is invited to, told before they enter a name. */
export const invitation = z.object({ title: z.string(), role });

/** POST /api/links/:secret: the survey that the caller now is a member of, and where to begin. */
export const joined = z.object({ survey: surveySummary, firstPage: z.nullable(pageSummary) });

/** POST /api/surveys/:id/assets (the bytes of an image) → 201 */
export const assetSummary = z.object({
  id: assetId,
  path: z.string(),
  mediaType: z.string(),
  bytes: z.number(),
});

export type PageSummary = z.infer<typeof pageSummary>;
export type SurveySummary = z.infer<typeof surveySummary>;
export type AssetSummary = z.infer<typeof assetSummary>;
