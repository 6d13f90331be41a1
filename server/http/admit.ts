import type { IncomingMessage } from "node:http";
import type { Guests } from "../people/guests.ts";
import type { Records } from "../records/records.ts";
import type { Person, RecordLog } from "../storage/storage.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Allowances } from "./allowances.ts";
import { authorize, type Named } from "./authorize.ts";
import { addressOf, assertOwnOrigin, tokenIn } from "./caller.ts";
import type { Member, Route } from "./route.ts";

/** What is looked at to let somebody in. */
export type Admission = {
  guests: Guests;
  records: Records;
  log: Pick<RecordLog, "surveyOf">;
  allowances: Allowances;
  publicUrl: string | null;
  trustedProxies: number;
};

type Headers = IncomingMessage["headers"];

export type Admitted = { person: Person | null; member: Member | null };

/**
 * Who calls, and what they are in the survey that the address names; refuses before a byte of the body is read.
 * In this order, so that a stranger learns nothing: from a foreign page, too often, nobody, not allowed.
 */
export async function admit(
  admission: Admission,
  { method, path, access }: Pick<Route, "method" | "path" | "access">,
  request: IncomingMessage,
  named: Named,
): Promise<Admitted> {
  const { headers } = request;
  if (method !== "GET") assertOwnOrigin(headers, admission.publicUrl);
  const address = addressOf(request, admission.trustedProxies);
  if (path === "/api/session" && method === "POST") await admission.allowances.take("sessions", address);
  const person = await personIn(admission, headers);
  await admission.allowances.take("calls", person?.id ?? address);
  if (access === "anyone") return { person, member: null };
  if (!person) throw new Refused("no-session");
  return { person, member: access === "person" ? null : await authorize(admission, person, access, named) };
}

/** Whose token a request carries, or null: none, or nobody's. */
export async function personIn(
  admission: Pick<Admission, "guests" | "publicUrl">,
  headers: Headers,
): Promise<Person | null> {
  const token = tokenIn(headers, admission.publicUrl);
  return token === null ? null : admission.guests.byToken(token);
}
