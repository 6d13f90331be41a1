import type { z } from "zod/mini";
import type { Action } from "../access/may.ts";
import type { Role } from "../access/roles.ts";
import type { PersonId } from "../base/ids.ts";
import type { Refusal } from "../protocol/refusals.ts";
import type { SurveyState } from "./state.ts";

/*
 * The record log: everything people say about a survey's text, one log per survey.
 *
 * A browser (or script) asks: {type, …what the type carries}. The server checks the role, the shape and the
 * rules (decide.ts), numbers and signs it, keeps it and tells everyone. Nothing is changed afterwards; the
 * survey's state is the fold of its records (state.ts), by the same reducers in server and browser. A new
 * feature is a new kind of record: a file here that says its shape, who may ask it, its rules and its reducer,
 * and a line in kinds.ts.
 */

/** What the server adds to an ask that it accepts: its number (from 1, without gaps), time, person. */
export type Signature = { seq: number; at: number; person: PersonId };

/** One kind of record. `Said` is what its asker says; the shape's unknown keys are dropped. */
export type Kind<Type extends string = string, Said = unknown> = {
  type: Type;
  said: z.ZodMiniType<Said>;
  /** The action that the asker's role must allow, or "server": only the server itself says it. */
  action: "server" | Action | ((state: SurveyState, said: Said, asker: Asker) => Action);
  /** The rules beyond role and shape: why this cannot be said now, or null. */
  refuse?: (state: SurveyState, said: Said, asker: Asker) => Refusal | null;
  /** Folds the record into the state: maps are changed in place, what stands in them is replaced. */
  apply: (state: SurveyState, record: Said & Signature) => void;
};

/** Somebody who asks, and as what. */
export type Asker = { person: PersonId; role: Role };

/** Gives a kind its types by inference from its shape. */
export function kind<const Type extends string, Said>(definition: Kind<Type, Said>): Kind<Type, Said> {
  return definition;
}
