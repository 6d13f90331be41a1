import { lazy, type ComponentType } from "react";
import { Refused } from "../../shared/protocol/refusals.ts";
import * as api from "./api.ts";

/**
 * A part of the program that is fetched when it is first drawn. Where it cannot be had, drawing it throws why: the
 * server is out of reach, or it has a newer version of Plenum and this one's parts no longer.
 */
export function later<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>) {
  return lazy(async () => ({ default: await fetchPart().catch(whyNot) }));
}

async function whyNot(cause: unknown): Promise<never> {
  // A browser does not tell a part that is gone from a server that is: this call does.
  await api.whoAmI();
  throw Object.assign(new Refused("old-version"), { cause });
}
