import { z } from "zod/mini";
import type { Action } from "../../shared/access/may.ts";
import type { Role } from "../../shared/access/roles.ts";
import type { SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Person } from "../storage/storage.ts";
import type { Answer } from "./answers.ts";
import type { Upload } from "../surveys/upload.ts";

/** Somebody in a survey, as what they are there: made by `authorize` alone. */
export type Member = { person: Person; survey: SurveyId; role: Role };

/** A call on its way to its route. What a route asks of the caller is there; the body is what it takes. */
export type Call<Body> = {
  params: Readonly<Record<string, string>>;
  query: unknown;
  body: Body;
  /** Where this caller finds Plenum, without a slash at its end. */
  base: string;
};

/** What may come as a body, at most how much of it, and how it is read. */
export type Takes<Body> = {
  as: "json" | "bytes";
  maxBytes: number;
  maxMs: number;
  parse: (body: unknown, mediaType: string) => Body | Promise<Body>;
};

export const nothing: Takes<void> = {
  as: "json",
  maxBytes: limits.askBytes,
  maxMs: limits.requestMs,
  parse: () => {},
};

export function jsonOf<T>(shape: z.ZodMiniType<T>, maxBytes: number): Takes<T> {
  return { as: "json", maxBytes, maxMs: limits.requestMs, parse: (body) => z.parse(shape, body) };
}

export const upload: Takes<Upload> = {
  as: "bytes",
  maxBytes: limits.zipBytes,
  maxMs: limits.uploadMs,
  parse: (body, mediaType) => ({ body: bytesOf(body), mediaType }),
};

export const image: Takes<Uint8Array> = {
  as: "bytes",
  maxBytes: limits.assetBytes,
  maxMs: limits.uploadMs,
  parse: bytesOf,
};

/** One row of the route table. */
export type Route = {
  method: "GET" | "POST";
  path: string;
  /** Anyone, somebody signed in, or a member of the path's survey who may do this there. */
  access: "anyone" | "person" | Action;
  takes: Takes<unknown>;
  /** Whether it holds much for as long as it takes: then one person may have only some under way. */
  isHeavy?: boolean;
  answer: (
    call: Call<unknown>,
    mediaType: string,
    caller: Person | null,
    member: Member | null,
  ) => Promise<Answer>;
};

type Head = Pick<Route, "method" | "path" | "isHeavy">;

export function forAnyone<Body>(
  head: Head,
  takes: Takes<Body>,
  answer: (call: Call<Body>) => Promise<Answer>,
): Route {
  return {
    ...head,
    access: "anyone",
    takes,
    answer: async (call, type) => answer({ ...call, body: await takes.parse(call.body, type) }),
  };
}

export function forPerson<Body>(
  head: Head,
  takes: Takes<Body>,
  answer: (call: Call<Body>, person: Person) => Promise<Answer>,
): Route {
  return {
    ...head,
    access: "person",
    takes,
    answer: async (call, type, person) => {
      if (!person) throw new Refused("no-session");
      return answer({ ...call, body: await takes.parse(call.body, type) }, person);
    },
  };
}

export function forMember<Body>(
  access: Action,
  head: Head,
  takes: Takes<Body>,
  answer: (call: Call<Body>, member: Member) => Promise<Answer>,
): Route {
  return {
    ...head,
    access,
    takes,
    answer: async (call, type, _, member) => {
      if (!member) throw new Refused("not-allowed");
      return answer({ ...call, body: await takes.parse(call.body, type) }, member);
    },
  };
}

function bytesOf(body: unknown): Uint8Array {
  if (!(body instanceof Uint8Array) || body.length === 0)
    throw new Refused("bad-request", "there is no file");
  return body;
}
