import { z } from "zod/mini";
import { may } from "../access/may.ts";
import type { Role } from "../access/roles.ts";
import type { PersonId } from "../base/ids.ts";
import type { Refusal } from "../protocol/refusals.ts";
import { kindOf, type Ask } from "./kinds.ts";
import type { SurveyState } from "./state.ts";

export type Decision = { accepted: Ask } | { refused: Refusal };

/**
 * Whether what somebody asks becomes a record: the one gate of the record log. Pure. Accepted asks hold only
 * what their kind's shape knows; what an asker says about number, time or person is dropped.
 */
export function decide(
  state: SurveyState,
  asker: { person: PersonId; role: Role | null },
  ask: unknown,
): Decision {
  const type = z.object({ type: z.string() }).safeParse(ask);
  if (!type.success) return { refused: { code: "bad-request", details: "a record needs a type" } };
  const kind = kindOf(type.data.type);
  if (!kind)
    return { refused: { code: "bad-request", details: `there is no record type ${type.data.type}` } };
  const { role } = asker;
  if (role === null || kind.action === "server") return { refused: { code: "not-allowed" } };
  const said = kind.said.safeParse(ask);
  if (!said.success) return { refused: { code: "bad-request", details: z.prettifyError(said.error) } };
  const named = { person: asker.person, role };
  const action = typeof kind.action === "function" ? kind.action(state, said.data, named) : kind.action;
  if (!may(role, action)) return { refused: { code: "not-allowed" } };
  const refused = kind.refuse?.(state, said.data, named);
  if (refused) return { refused };
  return { accepted: { type: kind.type, ...(said.data as object) } as Ask };
}
