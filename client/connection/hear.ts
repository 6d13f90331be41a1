import { z } from "zod/mini";
import { role } from "../../shared/access/roles.ts";
import { personId, surveyId } from "../../shared/base/ids.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import { refusals, type Refusal, type RefusalCode } from "../../shared/protocol/refusals.ts";
import { kindOf, type SurveyRecord } from "../../shared/records/kinds.ts";

/**
 * One of the server's messages, read from its JSON; throws where it is none. A record of a type that this version
 * does not know is passed on (the fold counts it and changes nothing); one of a known type has that type's shape.
 */
export function parseFromServer(json: string): FromServer {
  return fromServer.parse(JSON.parse(json));
}

const signature = z.looseObject({
  type: z.string(),
  seq: z.number(),
  at: z.number(),
  person: personId,
});

function isRecord(value: unknown): value is SurveyRecord {
  const signed = signature.safeParse(value);
  if (!signed.success) return false;
  const kind = kindOf(signed.data.type);
  return !kind || kind.said.safeParse(value).success;
}

function isRefusalCode(value: unknown): value is RefusalCode {
  return typeof value === "string" && Object.hasOwn(refusals, value);
}

// A code that this version does not know is a newer server's.
const code = z.pipe(
  z.string(),
  z.transform((value): RefusalCode => (isRefusalCode(value) ? value : "old-version")),
);

const refusal = z.pipe(
  z.object({ code, details: z.optional(z.string()) }),
  z.transform((said): Refusal =>
    said.details === undefined ? { code: said.code } : { code: said.code, details: said.details },
  ),
);

const fromServer = z.union([
  z.object({
    say: z.literal("welcome"),
    version: z.number(),
    schema: z.number(),
    survey: surveyId,
    person: personId,
    name: z.string(),
    role,
  }),
  z.object({ say: z.literal("records"), records: z.array(z.custom<SurveyRecord>(isRecord)) }),
  z.object({ say: z.literal("answer"), id: z.string(), seq: z.number() }),
  z.object({ say: z.literal("answer"), id: z.string(), refusal }),
  z.object({ say: z.literal("pong") }),
]);
