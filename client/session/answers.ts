import { z } from "zod/mini";
import type { session, surveyList, SurveySummary, templates } from "../../shared/protocol/http.ts";
import { Refused, refusals, type RefusalCode } from "../../shared/protocol/refusals.ts";

/** What the server answers, as the screens call it. */
export type Person = z.infer<typeof session>["person"];
export type Survey = SurveySummary;
export type SurveyEntry = z.infer<typeof surveyList>["surveys"][number];
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
