import { z } from "zod/mini";
import { role } from "../../shared/access/roles.ts";
import { pageId, personId, surveyId } from "../../shared/base/ids.ts";
import type { templates } from "../../shared/protocol/http.ts";
import { Refused, refusals, type RefusalCode } from "../../shared/protocol/refusals.ts";

/** What the server answers to HTTP calls, as shapes: the other half of shared/protocol/http.ts. */

const person = z.object({ id: personId, name: z.string() });
const title = z.string();

const page = z.object({
  id: pageId,
  title,
  path: z.string(),
  kind: z.enum(["page", "group"]),
  parent: z.nullable(pageId),
});

export const session = z.object({ person });
export const survey = z.object({ id: surveyId, title, role, pages: z.array(page) });
export const surveys = z.object({
  surveys: z.array(z.object({ id: surveyId, title, role, at: z.number() })),
});
export const newPage = z.object({ id: pageId });
export const newAsset = z.object({ id: z.string() });
export const invitation = z.object({ title, role });
export const joined = z.object({ survey });
export const link = z.object({ url: z.string() });

export type Person = z.infer<typeof person>;
export type Survey = z.infer<typeof survey>;
export type SurveyEntry = z.infer<typeof surveys>["surveys"][number];
export type NewPage = z.infer<typeof newPage>;
export type Invitation = z.infer<typeof invitation>;
export type Template = (typeof templates)[number];
/** What becomes of the comments when a page is exported. */
export type CommentsAs = "none" | "endnotes";

const refused = z.object({
  error: z.object({ code: z.string(), details: z.optional(z.string()) }),
});

/**
 * The refusal that an answer with an error's status carries. One without a body that we know (a proxy's page) is
 * read by its status alone.
 */
export function refusalIn(status: number, body: string): Refused {
  const said = refused.safeParse(parsed(body));
  if (said.success && isCode(said.data.error.code))
    return new Refused(said.data.error.code, said.data.error.details);
  const byStatus = Object.keys(refusals).find((code) => isCode(code) && refusals[code].status === status);
  return new Refused(byStatus !== undefined && isCode(byStatus) ? byStatus : "internal");
}

function isCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Whether a file is a zip, as far as its name says. */
export function isZip(name: string): boolean {
  return /\.zip$/i.test(name);
}
