import { z } from "zod/mini";
import { role } from "../access/roles.ts";
import { limits } from "../base/limits.ts";
import { title } from "../base/title.ts";

/** What the HTTP calls take, as shapes; docs/protocol.md lists the routes. Unknown keys are dropped. */

/** POST /api/session → 201 {person: {id, name}, token}, and the cookie `plenum_session`. */
export const newSession = z.object({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.nameLength)),
});

export const templates = ["problem-survey", "blank"] as const;

/** POST /api/surveys → 201 {id, title, role, pages: [{id, title, path}]} */
export const newSurvey = z.object({ title, template: z.optional(z.enum(templates)) });

/** POST /api/surveys/:id/pages → 201 {id, title, path} */
export const newPage = z.object({
  title,
  markdown: z.optional(z.string().check(z.maxLength(limits.markdownBytes))),
  path: z.optional(z.string().check(z.maxLength(limits.pathLength))),
});

/** POST /api/surveys/:id/links → 201 {url, secret} */
export const newLink = z.object({ role });

export type Session = { person: { id: string; name: string }; token: string };
export type PageSummary = {
  id: string;
  title: string;
  path: string;
  kind: "page" | "group";
  parent: string | null;
};
export type SurveySummary = { id: string; title: string; role: string; pages: PageSummary[] };
/** One of GET /api/surveys → {surveys: […]}, the newest first. */
export type SurveyEntry = { id: string; title: string; role: string; at: number };
/** GET /api/links/:secret: what somebody is invited to, told before they enter a name. */
export type Invitation = { title: string; role: string };
/** POST /api/links/:secret: the survey that the caller now is a member of, and where to begin. */
export type Joined = { survey: SurveySummary; firstPage: PageSummary | null };
/** POST /api/surveys/:id/assets (the bytes of an image) → 201 */
export type AssetSummary = { id: string; path: string; mediaType: string; bytes: number };
