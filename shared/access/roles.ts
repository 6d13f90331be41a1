import { z } from "zod/mini";

/** From least to most: each may do whatever those before it may. */
export const roles = ["reader", "commenter", "suggester", "editor", "owner"] as const;

export type Role = (typeof roles)[number];

export const role = z.enum(roles);

/** True where `a` may do at least what `b` may. */
export function isAtLeast(a: Role, b: Role): boolean {
  return roles.indexOf(a) >= roles.indexOf(b);
}
