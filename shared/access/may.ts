import { isAtLeast, type Role } from "./roles.ts";

/**
 * What can be done in a survey, and the least role that may do it. This table is the one place that says so:
 * HTTP routes, websocket messages and record types name an action and nothing else.
 */
const leastRole = {
  "survey.read": "reader",
  "page.export": "reader",
  "page.write": "editor",
  "page.add": "editor",
  "page.arrange": "editor",
  "asset.add": "editor",
  "thread.open": "commenter",
  "thread.resolve": "editor",
  "thread.resolve-own": "commenter",
  "words.settle": "reader",
  "link.make": "owner",
  "member.set": "owner",
  "survey.rename": "owner",
} as const satisfies Record<string, Role>;

export type Action = keyof typeof leastRole;

/** Whether this role may do this. Nobody (`null`: not a member) may do nothing. */
export function may(role: Role | null, action: Action): boolean {
  return role !== null && isAtLeast(role, leastRole[action]);
}
