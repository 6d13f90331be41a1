import type { Role } from "../access/roles.ts";
import type { PersonId, SurveyId } from "../base/ids.ts";
import type { SurveyRecord } from "../records/kinds.ts";
import type { Refusal } from "./refusals.ts";

/** What a server may say in a `say` frame (frames.ts), only to a browser that said hello. */
export type FromServer =
  /** Answers hello: who you are in this survey. `records` follow at once. */
  | {
      say: "welcome";
      version: number;
      schema: number;
      survey: SurveyId;
      person: PersonId;
      name: string;
      role: Role;
      /** The person's own number in the room's palette, as everybody's presence tells it to the others. */
      color?: number;
    }
  /** Records of this page's survey after the last one you had, in order, without gaps. */
  | { say: "records"; records: SurveyRecord[] }
  /** Answers an ask: the record's number, or why not. The record itself comes with `records`, before this. */
  | { say: "answer"; id: string; seq: number }
  | { say: "answer"; id: string; refusal: Refusal }
  | { say: "pong" };
