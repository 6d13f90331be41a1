import { z } from "zod/mini";
import { role } from "../access/roles.ts";
import { personId, surveyId } from "../base/ids.ts";
import { kindOf, type SurveyRecord } from "../records/kinds.ts";
import { refusals, type Refusal, type RefusalCode } from "./refusals.ts";

/** A record of a type that this version does not know is passed on: the fold counts it, and changes nothing. */
const record = z.pipe(
  z.looseObject({ type: z.string(), seq: z.number(), at: z.number(), person: personId }),
  z.custom<SurveyRecord>((signed) => hasItsShape(signed)),
);

/** A code that this version does not know is a newer server's. */
const refusal = z.pipe(
  z.object({ code: z.string(), details: z.optional(z.string()) }),
  z.transform(({ code, details }): Refusal => {
    const known = isRefusalCode(code) ? code : "old-version";
    return details === undefined ? { code: known } : { code: known, details };
  }),
);

/** What a server may say in a `say` frame (frames.ts), only to a browser that said hello. */
export const fromServer = z.union([
  /** Answers hello: who you are in this survey. `records` follow at once. */
  z.object({
    say: z.literal("welcome"),
    version: z.number(),
    schema: z.number(),
    survey: surveyId,
    person: personId,
    name: z.string(),
    role,
    /** The person's own number in the room's palette, as everybody's presence tells it to the others. */
    color: z.optional(z.number()),
    /** The page's epoch: text of another one is not this page's, and must not be merged with it. */
    epoch: z.optional(z.number()),
  }),
  /** Records of this page's survey after the last one you had, in order, without gaps. */
  z.object({ say: z.literal("records"), records: z.array(record) }),
  /** Answers an ask: the record's number, or why not. The record itself comes with `records`, before this. */
  z.object({ say: z.literal("answer"), id: z.string(), seq: z.number() }),
  z.object({ say: z.literal("answer"), id: z.string(), refusal }),
  z.object({ say: z.literal("pong") }),
  /** Whoever has this state vector (base64) and has heard all that was said before shows what comes to this hash. */
  z.object({ say: z.literal("beacon"), vector: z.string(), hash: z.string() }),
]);

export type FromServer = z.infer<typeof fromServer>;

function hasItsShape(signed: unknown): boolean {
  const { type } = z.parse(z.looseObject({ type: z.string() }), signed);
  return kindOf(type)?.said.safeParse(signed).success ?? true;
}

function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code);
}
